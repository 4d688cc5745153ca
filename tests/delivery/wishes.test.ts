import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver } from '../../lib/delivery/deliver.ts';
import type { Job, OutgoingMail } from '../../lib/delivery/model.ts';
import { type PublishDeps, publish } from '../../lib/delivery/publish.ts';
import { editionReport } from '../../lib/delivery/report.ts';
import { MOST_WISHES } from '../../lib/delivery/wishes.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import type { Item } from '../../lib/feeds/model.ts';
import { createLogger } from '../../lib/log.ts';
import { replay } from '../../lib/rendering/replay.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { updatePreferences } from '../../lib/subscriptions/preferences.ts';
import type { Filter } from '../../lib/types.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';

const at = '2026-11-23T06:05:00.000Z';

let stores: ReturnType<typeof openSqlite>;
let jobs: Job[];
let lines: string[];
let now: string;
let deps: PublishDeps;

beforeEach(async () => {
  stores = openSqlite(':memory:');
  [jobs, lines, now] = [[], [], at];
  const enqueue = async (more: readonly Job[]) => {
    jobs.push(...more);
    return [];
  };
  // Item 1 is told in Dutch, item 2 in English, item 3 in French.
  const decide = ({ title }: Item) => ({
    ...pickAll.decide(),
    lang: ['nl', 'en', 'fr'][Number(/\d+/.exec(title)?.[0]) - 1] ?? 'de',
  });
  deps = {
    ...{ ...stores, queue: { enqueue }, site, config, clock: () => new Date(now), sources: [] },
    ...{ selector: { ...pickAll, decide }, versions: { config: 'c', code: '1' } },
    log: createLogger((line) => lines.push(line)),
  };
  for (const n of [1, 2, 3]) await stores.feeds.putItem(item(n, '2026-11-23T04:00:00.000Z'));
});
afterEach(() => stores.close());

function wishing(n: number, filter?: Filter, more: { textOnly?: true } = {}) {
  const plain = reader(n, 'nl');
  return { ...plain, preferences: { ...plain.preferences, ...(filter && { filter }), ...more } };
}

const subscribeAll = async (...readers: ReturnType<typeof wishing>[]) => {
  for (const each of readers) await stores.subscribers.put(each, 0);
};

/** Ids of the editions in whose ledger each reader stands. */
async function ledger(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id } of (await stores.editions.list(500)).items)
    for (const row of (await stores.deliveries.page(id)).items)
      found.set(row.subscriberId, [...(found.get(row.subscriberId) ?? []), id]);
  return found;
}

test('readers with the same wish share an edition, and each reader stands in one', async () => {
  await subscribeAll(
    wishing(1),
    wishing(2, { languages: ['en'] }),
    wishing(3, { languages: ['en'] }),
    wishing(4, { languages: ['de'] }),
    wishing(5, { maxStories: 1 }),
  );
  const { editions } = await publish(deps, { at, withinHours: 3 });
  expect(editions.map(({ audience, stories }) => [audience, stories])).toEqual([
    [1, 1],
    [2, 1],
    [0, 0],
    [1, 1],
  ]);
  for (const { id } of editions) {
    const record = await stores.editions.get(id);
    if (!record) throw new Error('no edition');
    const { edition } = record;
    const shown = storiesOf(edition).flatMap(({ items }) => items);
    expect(shown.length + edition.considered.length).toBe(edition.counts.items);
    expect(replay(record, site).differs).toEqual([]);
    expect(record.edition.words?.subject).toBe(record.message.subject);
    expect(await editionReport(stores, id)).toMatchObject({ balanced: true });
  }
  const titles = (await stores.editions.get(editions[1]?.id ?? ''))?.edition.lead?.items.map((entry) => entry.item.key);
  expect(titles).toEqual([item(2, at).key]);
});

test('a reader who changes their mind while publishing is broken off gets one mail, of the choice at the due time', async () => {
  const readers = [wishing(1), wishing(2), wishing(3, { languages: ['en'] })];
  await subscribeAll(...readers);
  // The editions are there and readers planned, and then the process dies before an audience is frozen.
  const advance = () => Promise.reject(new Error('died'));
  await expect(publish({ ...deps, editions: { ...stores.editions, advance } }, { at, withinHours: 3 })).rejects.toThrow(
    'died',
  );
  const wishes: readonly [Filter, 'de' | 'nl'][] = [
    [{ languages: ['fr'] }, 'nl'],
    [{ maxStories: 1 }, 'de'],
    [{ languages: ['nl'] }, 'nl'],
  ];
  for (const [index, [filter, locale]] of wishes.entries()) {
    const each = readers[index];
    if (each)
      await updatePreferences(
        { subscribers: stores.subscribers, clock: deps.clock },
        { id: each.id, preferences: { ...each.preferences, locale, filter } },
      );
  }
  now = '2026-11-23T06:20:00.000Z';
  await publish(deps, { at: now, withinHours: 3 });
  const found = await ledger();
  expect(readers.map(({ id }) => found.get(id)?.length)).toEqual([1, 1, 1]);
  expect(readers.map(({ id }) => found.get(id)?.[0]?.split('-')[2])).toEqual([
    'nl',
    'nl',
    expect.stringMatching(/^nl_/),
  ]);
  const mailed = jobs.flatMap((job) => (job.kind === 'edition' ? job.subscriberIds : []));
  expect(mailed.toSorted()).toEqual(readers.map(({ id }) => id).toSorted());
});

test('wishes beyond the most get the whole edition, also when asked again, and the log says so', async () => {
  const readers = Array.from({ length: MOST_WISHES + 3 }, (_, n) => wishing(n + 1, { maxStories: n + 1 }));
  await subscribeAll(...readers);
  const first = await publish(deps, { at, withinHours: 3 });
  expect(first.editions).toHaveLength(MOST_WISHES + 1);
  expect(first.editions.find(({ id }) => id.includes('-nl-'))?.audience).toBe(3);
  const before = await ledger();
  expect([...before.values()].every((ids) => ids.length === 1)).toBe(true);
  expect(before.size).toBe(readers.length);
  expect(lines.filter((line) => line.includes('too many different wishes'))).toHaveLength(3);
  await publish(deps, { at: '2026-11-23T06:20:00.000Z', withinHours: 3 });
  expect(await ledger()).toEqual(before);
});

test('who wants plain text gets the same words without a layout', async () => {
  await subscribeAll(wishing(1), wishing(2, undefined, { textOnly: true }));
  await publish(deps, { at, withinHours: 3 });
  const mails: OutgoingMail[] = [];
  const send = async (mail: OutgoingMail) => ({ kind: 'sent', messageId: `m${mails.push(mail)}` }) as const;
  const links = createLinks({ siteUrl: site.url, keys, clock: deps.clock });
  for (const job of jobs) await deliver({ ...deps, ...stores, transport: { send }, links }, job);
  const raw = mails.map((mail) => Buffer.from(mail.raw).toString('latin1'));
  const [full, plain] = await Promise.all(raw.map((text) => PostalMime.parse(text)));
  expect(full?.html).toContain('<html');
  // Readers cannot switch images off because there are none.
  expect(full?.html).not.toMatch(/<img|<picture|background=|url\(/i);
  expect(full?.attachments).toEqual([]);
  expect(plain?.html).toBeUndefined();
  expect(raw[1]).toMatch(/\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
  expect(raw[1]).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  const words = (text = '') => text.replaceAll(/https?:\S+/g, '').trim();
  expect(words(plain?.text)).toBe(words(full?.text));
});
