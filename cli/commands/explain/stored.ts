import { type Kept, keptDecisions } from '../../../lib/editions/kept.ts';
import { InputError } from '../../../lib/errors.ts';
import type { Item } from '../../../lib/feeds/model.ts';
import { pages } from '../../../lib/pages.ts';
import type { Stores } from '../../../lib/storage/stores.ts';
import { DAY } from '../../../lib/time.ts';
import { isAddress } from '../../article/read.ts';

export interface Stored {
  readonly item: Item;
  /** What an edition decided, if one saw it. */
  readonly kept?: Kept;
}

const KEY = /^[0-9a-f]{32}$/;
/** An edition sees an item within days of its coming, or never. */
const SEEN_WITHIN = 9 * DAY;

export const isKey = (what: string): boolean => KEY.test(what);

/**
 * A stored item by its key or its address; undefined for an address that no stored item has.
 * @throws InputError for an unknown key
 */
export async function findStored(
  { feeds, editions }: Pick<Stores, 'feeds' | 'editions'>,
  what: string,
): Promise<Stored | undefined> {
  const item = isKey(what) ? await feeds.getItem(what) : await byAddress(feeds, what);
  if (!item && isKey(what))
    throw new InputError(`No stored item has the key ${what}.`, 'Keys stand in "dispatches edition show ID --json".');
  if (!item) return undefined;
  const since = new Date(Date.parse(item.firstSeen) - SEEN_WITHIN).toISOString();
  const kept = (await keptDecisions(editions, since)).get(item.key);
  return { item, ...(kept && { kept }) };
}

async function byAddress(feeds: Stores['feeds'], what: string): Promise<Item | undefined> {
  if (!isAddress(what)) return undefined;
  const address = new URL(what).href;
  for await (const page of pages((cursor) => feeds.itemsSince('', cursor))) {
    const found = page.find(({ link }) => link === address);
    if (found) return found;
  }
  return undefined;
}

/** What became of it in its edition, as a line. */
export function keptLine({ decision, edition, why }: Kept): string {
  const verdict = `${decision.picked ? 'picked' : 'not picked'}, score ${decision.score.toFixed(3)} by ${decision.profile}`;
  return `edition ${edition}: ${verdict}; ${why ? `left out, ${why}` : 'told'}`;
}
