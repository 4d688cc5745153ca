import type { Local } from '../../lib/runtime/local.ts';
import { mailsInDoubt } from '../status.ts';
import type { Results } from '../summary.ts';
import { checkRead } from './collect-input.ts';

/** Hours between two digests at the same time of day: one more than usual when clocks go back. */
export const LONGEST_DAY = 25;

/** One round by hand, here: what broke off is repaired, all feeds are read, what is due is published and mailed. */
export async function publishNow(local: Local, now: Date): Promise<Results> {
  await local.app.sweep();
  await local.resume();
  // A time to come is a trial: nothing is deleted for it.
  if (now <= new Date()) await local.app.tidy();
  const collected = await local.app.collect({ force: true });
  checkRead(collected);
  const published = await local.app.publish({ at: now.toISOString(), withinHours: LONGEST_DAY });
  const delivered = await local.idle();
  // Closes what is done, so that nothing looks unfinished.
  await local.app.sweep();
  const ids = published.editions.map(({ id }) => id);
  const again = await local.idle();
  return { collected, published, delivered: [...delivered, ...again], inDoubt: await mailsInDoubt(local.stores, ids) };
}
