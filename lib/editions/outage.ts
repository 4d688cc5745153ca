import type { FeedSource, FeedState } from '../feeds/model.ts';
import { HOUR } from '../time.ts';
import type { FeedHealth } from './model.ts';

/** Most feeds, or all, were silent: then no news is no news about the world, and no quiet day. */
export function isOutage({ healthy, total }: FeedHealth): boolean {
  return healthy === 0 || healthy * 2 < total;
}

const HALF_DAY = 12 * HOUR;

/** A publisher is silent when its last success is more than half a day old, or there was none. */
export function healthOf(sources: readonly FeedSource[], states: readonly FeedState[], now: number): FeedHealth {
  const known = new Map(states.map((state) => [state.url, state]));
  const silent = sources.filter(({ url }) => {
    const last = known.get(url)?.lastSuccess;
    return last === undefined || now - Date.parse(last) > HALF_DAY;
  });
  const name = ({ url, title }: FeedSource) => title ?? known.get(url)?.title ?? new URL(url).hostname;
  return { total: sources.length, healthy: sources.length - silent.length, silent: [...new Set(silent.map(name))] };
}
