/** A process of its own that opens a database, plans an edition and delivers what it can claim; prints how many. */
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { hexId, NOW } from '../contract/samples.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
const { deliveries, close } = openSqlite(path);
const readers = Array.from({ length: Number(count) }, (_, number) => hexId(number));
await deliveries.plan('e', readers, NOW);
let claimed = 0;
for (const subscriberId of readers) {
  const attemptId = `${name}-${claimed}`;
  if (!(await deliveries.claim('e', subscriberId, attemptId, NOW))) continue;
  claimed += 1;
  await deliveries.settle({ editionId: 'e', subscriberId, from: ['sending'], to: 'sent', attemptId, now: NOW });
}
close();
process.stdout.write(String(claimed));
