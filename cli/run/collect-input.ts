import { adviceFor, UnavailableError } from '../../lib/errors.ts';
import type { CollectResult } from '../../lib/feeds/collect.ts';
import { ingest } from '../../lib/feeds/ingest.ts';
import type { ParsedFeed } from '../../lib/feeds/model.ts';
import { parseFeed } from '../../lib/feeds/parse.ts';
import type { FeedStore } from '../../lib/feeds/ports.ts';
import type { App } from '../../lib/runtime/app.ts';
import type { Clock } from '../../lib/types.ts';
import type { FeedFile, FeedInput } from '../feed-input.ts';

interface Deps {
  readonly app: Pick<App, 'collect'>;
  readonly store: FeedStore;
  readonly clock: Clock;
}

/**
 * Fetches the addresses and takes in the files, old items included: who names feeds by hand wants what is in them.
 * @throws UnavailableError when none could be read
 */
export async function collectInput(deps: Deps, { sources, files }: FeedInput): Promise<CollectResult> {
  let result = sources.length > 0 ? await deps.app.collect({ sources, force: true, keepBacklog: true }) : NOTHING;
  for (const file of files) result = add(result, await takeIn(deps, file));
  checkRead(result);
  return result;
}

/** @throws UnavailableError with every reason when no feed could be read */
export function checkRead({ read, unchanged, notDue, failed }: CollectResult): void {
  if (read + unchanged + notDue > 0) return;
  const reasons = failed.map(({ url, problem }) => `  ${url}: ${problem}`).join('\n');
  throw new UnavailableError(`None of the feeds could be read:\n${reasons}\n`, 'Nothing was mailed.');
}

const COUNTS = { read: 0, unchanged: 0, notDue: 0, failing: 0, newItems: 0, changedItems: 0 };
const NOTHING: CollectResult = { ...COUNTS, failed: [] };

function add(a: CollectResult, b: CollectResult): CollectResult {
  return {
    read: a.read + b.read,
    unchanged: a.unchanged + b.unchanged,
    notDue: a.notDue + b.notDue,
    failed: [...a.failed, ...b.failed],
    failing: a.failing + b.failing,
    newItems: a.newItems + b.newItems,
    changedItems: a.changedItems + b.changedItems,
  };
}

async function takeIn({ store, clock }: Deps, { source, bytes }: FeedFile): Promise<CollectResult> {
  const now = clock().toISOString();
  try {
    const feed = await parseFeed(bytes);
    const { title: file, ...rest } = source;
    const known = { ...rest, ...naming(feed, file ?? source.url) };
    const counts = await ingest({ store, clock }, known, feed, { keepBacklog: true });
    await store.putState({ url: source.url, lastFetch: now, lastSuccess: now, nextFetch: now, failures: 0 });
    return { ...NOTHING, read: 1, ...counts };
  } catch (error) {
    return { ...NOTHING, failing: 1, failed: [{ url: source.url, problem: adviceFor(error) }] };
  }
}

/** A file has no host of its own: the publisher is whoever the items link to. */
function naming(feed: ParsedFeed, file: string): { title: string; family: string } {
  const link = feed.items.find((item) => item.link !== null)?.link;
  const host = link ? new URL(link).hostname.replace(/^www\./, '') : file;
  return { title: feed.title ?? host, family: host };
}
