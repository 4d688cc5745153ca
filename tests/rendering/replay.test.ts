import { describe, expect, test } from 'vitest';
import type { Edition } from '../../lib/editions/model.ts';
import type { EditionWords } from '../../lib/editions/words.ts';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { editionView, inWords } from '../../lib/rendering/edition-view.ts';
import { replay } from '../../lib/rendering/replay.ts';
import { toRss } from '../../lib/rendering/syndication.ts';
import { LOCALES } from '../../lib/types.ts';
import { SITE, sampleEdition } from '../editions/build.ts';

/** An edition with its message, after the round trip of a store. */
const stored = (edition: Edition): { edition: Edition; message: ReturnType<typeof renderEdition> } =>
  JSON.parse(JSON.stringify({ edition, message: renderEdition(edition, SITE) }));

describe.each(LOCALES)('an edition in %s', (locale) => {
  test.each([0, 1, 5, 20, 60])('of %d stories replays byte for byte, with words and without', (count) => {
    const draft = sampleEdition(count, locale);
    const [frozen, older] = [stored(inWords(draft)), stored(draft)];
    expect(replay(frozen, SITE).differs).toEqual([]);
    expect(replay(older, SITE).differs).toEqual([]);
    expect(frozen.message).toEqual(older.message);
  });
});

test('a replay names the parts that differ', () => {
  const record = stored(inWords(sampleEdition(20, 'uk')));
  expect(replay(record, { ...SITE, name: 'Another name' }).differs).toEqual(['html', 'text']);
});

describe('an edition that was frozen where dates and names are written otherwise', () => {
  /** As if by other texts and another platform: `23 Nov` and `Ukrainian` are written in ways of which this one knows nothing. */
  const otherwise = (edition: Edition): Edition => {
    const words = JSON.stringify(edition.words).replaceAll('23 Nov', '23rd Nov.').replaceAll('Ukrainian', 'Ukr.');
    return { ...edition, words: JSON.parse(words) as EditionWords };
  };
  const record = stored(otherwise(inWords(sampleEdition(20))));

  test('replays byte for byte', () => {
    expect(record.message.subject).toMatch(/ · 23rd Nov\.$/);
    expect(replay(record, SITE).differs).toEqual([]);
  });

  test('says so in its mail, in the view that its page shows, and in the feeds', () => {
    const { edition, message } = record;
    const moved = { ...edition, zone: 'Asia/Tokyo' };
    expect(JSON.stringify(message.html)).toContain('>Ukr.<');
    expect(JSON.stringify(message.text)).toContain('(Ukr.)');
    expect(editionView(moved, SITE)).toEqual(editionView(edition, SITE));
    const feed = { editions: [moved], site: SITE, locale: 'en', self: `${SITE.url}/feeds/en.rss` } as const;
    expect(toRss(feed)).toContain(edition.words?.lead[0]?.facts);
  });
});
