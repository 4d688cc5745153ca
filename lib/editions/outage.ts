import type { FeedHealth } from './model.ts';

/** Most feeds, or all, were silent: then no news is no news about the world, and no quiet day. */
export function isOutage({ healthy, total }: FeedHealth): boolean {
  return healthy === 0 || healthy * 2 < total;
}
