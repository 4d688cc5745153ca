import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { LOCALES } from '../../lib/types.ts';
import { decision, edition, item, SITE, sampleEdition, sampleStory, story } from '../editions/build.ts';
import { fill } from '../support/fill.ts';

const links = { unsubscribeUrl: 'https://x.example/u/t1.abc', preferencesUrl: 'https://x.example/p/t1.abc' };

function rendered(...input: Parameters<typeof renderEdition>) {
  const message = renderEdition(...input);
  return { ...message, html: fill(message.html, links), text: fill(message.text, links) };
}

const hrefs = (html: string) =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
const headings = (html: string) => [...html.matchAll(/<h3[^>]*>(?:<a[^>]*>)?([^<]*)/g)].map(([, title = '']) => title);
const one = (over: Parameters<typeof item>[0], chosen = {}, told = {}) =>
  edition([story([{ item: item(over), decision: decision(chosen) }], told)]);

describe.each(LOCALES)('an edition in %s', (locale) => {
  const mail = rendered(sampleEdition(20, locale), SITE);

  test('leaves no tag, mark or missing value in sight', () => {
    expect(mail.html + mail.text + mail.subject + mail.preheader).not.toMatch(/\{\w*\}|\{\{|undefined|\[object|NaN/);
  });

  test('says the same in text as in HTML, with every link', () => {
    const story = new Set(headings(mail.html));
    const told = mail.text.replace(/\s+/g, ' ');
    expect(story.size).toBe(20);
    for (const title of story) expect(told).toContain(title);
    for (const url of new Set(hrefs(mail.html))) expect(mail.text).toContain(url);
  });

  test('has text lines of at most 78 characters, save for addresses', () => {
    const long = mail.text
      .split('\n')
      .filter((line) => line.length > 78 && !/^(?:\[\d+\] )?https?:\/\/\S+$/.test(line));
    expect(long).toEqual([]);
  });

  test('has a subject and a preheader that fit and differ', () => {
    expect(mail.subject.length).toBeLessThanOrEqual(70);
    expect(mail.preheader.length).toBeGreaterThanOrEqual(35);
    expect(mail.preheader.length).toBeLessThanOrEqual(150);
    expect(mail.preheader).not.toBe(mail.subject);
  });

  test('declares its language on the document and on the wrapper that webmail keeps', () => {
    expect(mail.html).toContain(`<html lang="${locale}" dir="ltr"`);
    expect(mail.html).toMatch(new RegExp(`role="article"[^>]* lang="${locale}"`));
  });

  test('stays under 80 KB with sixty stories', () => {
    expect(Buffer.byteLength(rendered(sampleEdition(60, locale), SITE).html)).toBeLessThan(80_000);
  });
});

describe('an edition', () => {
  test('names another publisher once, with the best of its tellings', () => {
    const [first, best, worse] = [
      item({ title: 'First' }),
      item({ title: 'Best', publisher: 'The Other' }),
      item({ title: 'Worse', publisher: 'The Other' }),
    ];
    const told = [first, best, worse].map((one) => ({ item: one, decision: decision() }));
    const { text } = rendered(edition([story(told)]), SITE);
    expect(text).toContain(best.link);
    expect(text).not.toContain(worse.link);
  });

  test('renders the same bytes every time, also after a round trip through JSON', () => {
    const original = sampleEdition(20, 'uk');
    const again = JSON.parse(JSON.stringify(original)) as typeof original;
    expect(renderEdition(again, SITE)).toEqual(renderEdition(original, SITE));
  });

  test('too long for 80 KB leaves its last stories to the page and says how many', () => {
    const stories = Array.from({ length: 60 }, (_, n) => {
      const title = `${n} ${'Дуже довгий заголовок про події '.repeat(6)}`;
      return story([
        { item: item({ title, summary: `${n} ${'слово '.repeat(80)}` }), decision: decision({ lang: 'uk' }) },
      ]);
    });
    const mail = rendered(edition(stories), SITE);
    const shown = headings(mail.html).length;
    expect(Buffer.byteLength(mail.html)).toBeLessThan(80_000);
    expect(shown).toBeGreaterThan(30);
    expect(mail.html).toContain(`${60 - shown} more stories on the site`);
    expect(mail.text).toContain(`${60 - shown} more stories on the site`);
  });

  test('shows feed text as text: markup, tags and slots of ours included', () => {
    const title = '<b>{{slot unsubscribeUrl}}</b> "x" <mj-raw>{{name}}';
    const message = renderEdition(one({ title, summary: '</p><script>alert(1)</script>' }), SITE);
    expect(message.html.filter((piece) => typeof piece !== 'string')).toHaveLength(2);
    const html = fill(message.html, links);
    expect(html).toContain('&lt;b&gt;{{slot unsubscribeUrl}}&lt;/b&gt; &quot;x&quot;');
    expect(html).not.toContain('<script');
    expect(fill(message.text, links)).toContain(title);
  });

  test('cannot be given headers by a headline', () => {
    const { subject } = renderEdition(one({ title: 'A\r\nBcc: x@example.org\u202e =?utf-8?b?QQ==?=' }), SITE);
    expect(subject).toBe('A Bcc: x@example.org = ?utf-8?b?QQ== ?= · 23 Nov');
  });

  test('has another subject when the same lead comes on another day', () => {
    const on = (day: string) =>
      renderEdition({ ...sampleEdition(3), dueAt: `2026-11-${day}T06:00:00.000Z` }, SITE).subject;
    expect(on('23')).not.toBe(on('24'));
  });

  test('marks stories of another language, right-to-left ones too, and only those', () => {
    const arabic = rendered(one({ title: 'عنوان' }, { lang: 'ar' }), SITE).html;
    expect(arabic).toMatch(/<span[^>]*>Arabic<\/span>/);
    expect(arabic).toMatch(/<h3[^>]* lang="ar" dir="rtl"/);
    expect(rendered(one({}, { lang: 'en' }), SITE).html).not.toContain('>English<');
    expect(rendered(one({}, { lang: 'uk' }), SITE).text).toContain('The Harbour Post (Ukrainian)');
  });

  test('warns before the extract, names reasons and drops an extract that repeats the headline', () => {
    const mail = rendered(one({ title: 'Same words', summary: 'Same words.' }, {}, { contentWarning: true }), SITE);
    expect(mail.html.match(/Same words/g)).toHaveLength(['title', 'label', 'headline'].length);
    expect(mail.text).toContain('! May be distressing');
    expect(mail.text).toMatch(/Picked for: shelling, front\s+line/);
  });

  test('does not link to what is no web address', () => {
    expect(hrefs(rendered(one({ link: null, title: 'Nowhere' }), SITE).html)).toHaveLength(3);
    expect(hrefs(rendered(one({ link: 'javascript:alert(1)' }), SITE).html)).not.toContain('javascript:alert(1)');
  });

  test('shows times in its zone and names it', () => {
    const mail = rendered({ ...one({ published: '2026-11-23T04:14:00.000Z' }), zone: 'Europe/Amsterdam' }, SITE);
    expect(mail.text).toContain('05:14');
    expect(mail.text).toContain('Times are in CET');
  });

  test('dates what is not of the day, with the year when that is long ago', () => {
    const on = (published: string) => rendered(one({ published }), SITE).text;
    expect(on('2026-11-22T21:05:00.000Z')).toContain('· 22 Nov 21:05 ·');
    expect(on('2017-01-06T18:02:00.000Z')).toContain('· 6 Jan 2017 18:02 ·');
  });

  test('says on which day it happened, where that is known and not the day of the report', () => {
    const told = (at: string, precision: 'day' | 'week') =>
      rendered(one({}, {}, { time: { at, precision } }), SITE).text;
    expect(told('2026-11-21T00:00:00.000Z', 'day')).toContain('04:14 · event: 21 Nov · one publisher');
    expect(told('2026-11-23T00:00:00.000Z', 'day')).toContain('04:14 · one publisher');
    expect(told('2026-11-16T00:00:00.000Z', 'week')).toContain('04:14 · one publisher');
  });

  test('names the words found without the concept that they stand for', () => {
    const reasons = ['strikes: обстріл', 'armed forces: army'].map((text) => ({ kind: 'concept', text, weight: 1 }));
    expect(rendered(one({}, { reasons }), SITE).text).toMatch(/Picked for:\s+обстріл, army\./);
  });

  test('breaks long East Asian text anywhere, two columns a letter', () => {
    const { text } = rendered(one({ title: '新闻'.repeat(60), summary: `${'消息'.repeat(40)} ABC` }), SITE);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(78);
    expect(text.split('\n').find((line) => line.startsWith('* 新闻'))).toHaveLength(2 + 38);
  });

  test('tells what is new, grown and ended since the last one', () => {
    const shared = { item: item({ title: 'A siege goes on' }), decision: decision() };
    const ended = { item: item({ title: 'A bridge falls' }), decision: decision() };
    const last = edition([story([shared]), story([ended])]);
    const added = { item: item({ title: 'The siege is lifted' }), decision: decision() };
    const mail = rendered(edition([story([shared, added])], { previous: [last] }), SITE);
    expect(mail.text).toContain('Since the last edition: 1 with new reports, 1 without new reports.');
    expect(mail.text).toContain('No new reports on: A bridge falls.');
    expect(mail.subject).toContain('The siege is lifted');
  });

  test('nests headings without gaps and closes what it opens', () => {
    const { html } = rendered(sampleEdition(20), SITE);
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => index === 0 || level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    expect(parseDocument(html).children.length).toBeGreaterThan(0);
  });
});

describe('the text of an edition', () => {
  const shared = { item: item({ title: 'Shelling of the harbour goes on' }), decision: decision() };
  const added = {
    item: item({ title: 'Harbour shelled for a third day', summary: 'Two cranes burn.', publisher: 'Evening Wire' }),
    decision: decision(),
  };
  const french = {
    item: item({ title: 'Le port bombardé', publisher: 'Le Courrier du Quai' }),
    decision: decision({ lang: 'fr' }),
  };
  const place = { name: 'Port Alba', country: 'UA', lat: 46, lon: 31, precision: 1 } as const;
  const last = edition([story([shared]), story([{ item: item({ title: 'A bridge falls' }), decision: decision() }])]);
  const { text } = rendered(
    edition([story([shared, added, french], { places: [place], contentWarning: true })], {
      previous: [last],
      health: { total: 14, healthy: 2, silent: Array.from({ length: 12 }, (_, n) => `Paper ${n}`) },
    }),
    SITE,
  );
  const line = text.replace(/\s+/g, ' ');

  test.each([
    ['the name and the day', 'DISPATCHES Monday, 23 November 2026 · Daily digest'],
    ['how much there is to read', '1 story from 3 publishers · 1 minute’s read'],
    ['what changed since the last edition', 'Since the last edition: 1 with new reports, 1 without new reports.'],
    [
      'the lead, with a warning and the publisher’s words',
      '* Harbour shelled for a third day ! May be distressing Two cranes burn.',
    ],
    ['who, when, where, how sure', 'Evening Wire · 04:14 · Port Alba, Ukraine · several independent publishers'],
    ['why it was picked', 'Picked for: shelling, front line. [1]'],
    [
      'who else tells it, in which language',
      'Also reported by The Harbour Post [2], Le Courrier du Quai (French) [3].',
    ],
    ['what ended', 'No new reports on: A bridge falls.'],
    [
      'which feeds were silent, the first of them by name',
      '2 of 14 feeds were read. Not read: Paper 0, Paper 1, Paper 2, Paper 3, Paper 4, Paper 5, Paper 6, Paper 7, ….',
    ],
    [
      'where the words and the times come from',
      'Headlines and extracts are the publishers’ own words. Times are in UTC.',
    ],
    [
      'where to read and change it, and how to leave',
      'View in browser: https://digest.example.org/editions/war-daily-en-20261123T0600Z Change preferences: https://x.example/p/t1.abc Unsubscribe: https://x.example/u/t1.abc',
    ],
  ])('says %s', (_what, words) => {
    expect(line).toContain(words);
  });
});

describe('a day without stories', () => {
  const quiet = (health: { total: number; healthy: number; silent: string[] }) =>
    rendered(edition([], { health }), SITE);

  test('is called quiet only when the feeds work', () => {
    const mail = quiet({ total: 14, healthy: 14, silent: [] });
    expect(mail.subject).toBe('Quiet day, 23 Nov: 0 of 412 items');
    expect(mail.text).toContain(
      'Quiet day: 0 of 412 items are about an armed conflict, and all 14 feeds are\nhealthy. No news about armed conflict found this time;',
    );
  });

  test('with news that earlier editions had says so, with how much of it, and does not count it as none', () => {
    const before = sampleEdition(3);
    const told = [0, 1, 2].map((n) => sampleStory(n, n === 0 ? 'en' : undefined));
    const mail = rendered(edition(told, { previous: [before] }), SITE);
    expect(mail.subject).toBe('Nothing new since the last edition, 23 Nov');
    expect(mail.text.replaceAll('\n', ' ')).toContain(
      'Nothing new since the last edition. About an armed conflict: 6 of 412 items, all in earlier editions.',
    );
    expect(mail.html + mail.text).not.toMatch(/Quiet day|: 0 of/);
  });

  test('names the feeds that were silent', () => {
    const mail = quiet({ total: 14, healthy: 12, silent: ['De Dagkoers', 'The Harbour Post'] });
    expect(mail.text).toContain('but not every feed\ncould be read. ');
    expect(mail.text).toContain('12 of 14 feeds were read. Not read: De Dagkoers, The Harbour Post.');
  });

  test('never passes an outage off as peace', () => {
    const mail = quiet({ total: 14, healthy: 3, silent: [] });
    expect(mail.subject).toBe('23 Nov: most feeds could not be read');
    expect(mail.text).toContain('This is not a quiet day: 11 of 14 feeds could not be read');
    expect(mail.html + mail.subject).not.toContain('Quiet day');
  });
});
