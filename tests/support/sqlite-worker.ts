/**
 * A process of its own that opens a database and says so; told to go, it plans an edition, delivers what it can claim,
 * takes what it can of a limit, and says how much of both.
 */
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { hexId, NOW } from '../contract/samples.ts';

export const READERS = Array.from({ length: 200 }, (_, number) => hexId(number));
export const LIMIT = { max: 100, seconds: 60 };

export interface Work {
  readonly claimed: number;
  readonly taken: number;
}

async function work(path: string): Promise<void> {
  const { deliveries, limits, close } = openSqlite(path);
  process.send?.('ready');
  await new Promise((go) => process.once('message', go));
  await deliveries.plan('e', READERS, NOW);
  let claimed = 0;
  let taken = 0;
  for (const subscriberId of READERS) {
    if (await limits.take('key', [LIMIT], NOW)) taken += 1;
    const attemptId = `${process.pid}-${claimed}`;
    if (!(await deliveries.claim('e', subscriberId, attemptId, NOW))) continue;
    claimed += 1;
    await deliveries.settle({ editionId: 'e', subscriberId, from: ['sending'], to: 'sent', attemptId, now: NOW });
  }
  close();
  process.send?.({ claimed, taken } satisfies Work);
  process.disconnect?.();
}

if (import.meta.main) await work(process.argv[2] ?? '');
