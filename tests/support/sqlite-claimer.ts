/** A process of its own that claims deliveries one after the other, says each that it has won, and never ends. */
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { hexId, NOW } from '../contract/samples.ts';

const { deliveries } = openSqlite(process.argv[2] ?? '');
for (let number = 0; ; number += 1) {
  await deliveries.plan('e', [hexId(number)], NOW);
  if (!(await deliveries.claim('e', hexId(number), `a${number}`, NOW))) throw new Error('lost to nobody');
  await new Promise((sent) => process.send?.(number, sent));
}
