import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edition } from '../../lib/editions/model.ts';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { LOCALES } from '../../lib/types.ts';
import { decision, edition, item, SITE, story } from '../editions/build.ts';

/** Headlines of any kind, with what an attacker would put into one. */
const trick = fc.constantFrom(
  '\r\nBcc: all@example.org',
  '=?utf-8?q?=0d=0aBcc?=',
  '=?=?x?b?QQ==?=?=',
  '\u202egpj.exe',
  '\u2066\u2067',
  '\u200b',
  '\u{e0041}',
  '\u0000',
  '\u2028',
  ' ',
);
const headline = fc
  .array(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }), trick),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const variant = fc.constantFrom(...LOCALES);
const told = (title: string, summary: string) => story([{ item: item({ title, summary }), decision: decision() }]);
const of = (stories: Parameters<typeof edition>[0], key: Partial<Edition> = {}) =>
  renderEdition({ ...edition(stories), ...key }, SITE);

/** What RFC 5322 and 2047, or a reader's eye, could take for something else than text. */
const HARMFUL = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff\u{e0000}-\u{e007f}]|=\?/u;

describe('subject and preheader', () => {
  test('are one harmless line each, and differ, whatever the feeds say', () => {
    fc.assert(
      fc.property(fc.array(headline, { minLength: 1, maxLength: 5 }), headline, variant, (titles, summary, locale) => {
        const { subject, preheader } = of(
          titles.map((title) => told(title, summary)),
          { variant: locale },
        );
        expect(`${subject} ${preheader}`).not.toMatch(HARMFUL);
        expect(subject.length).toBeLessThanOrEqual(70);
        expect(preheader.length).toBeLessThanOrEqual(120);
        expect(subject.trim()).not.toBe('');
        expect(preheader.trim()).not.toBe('');
        expect(preheader).not.toBe(subject);
      }),
      { numRuns: 500 },
    );
  });

  test('take no trick from the name of a publisher that leads most of the edition', () => {
    const { preheader, html } = of([told('Short', '')], { dominant: 'Wire\r\nBcc: x =?utf-8?q?x?= \u202e' });
    expect(`${preheader} ${html.join('')}`).toContain('Wire Bcc: x = ?utf-8?q?x?=');
    expect(preheader).not.toMatch(HARMFUL);
  });

  test('name the publisher where a headline shows nothing', () => {
    const { subject, html } = of([told('\u200b\u2060', '')]);
    expect(subject).toBe('The Harbour Post · 23 Nov');
    expect(html.join('')).toMatch(/<h3[^>]*><a[^>]*>The Harbour Post</);
  });

  test('carry the news: the lead, then other headlines', () => {
    const { subject, preheader } = of([
      told('The bridge holds', ''),
      told('A convoy arrives in the north', ''),
      told('Talks go on', ''),
    ]);
    expect(subject).toBe('The bridge holds · 23 Nov');
    expect(preheader).toMatch(/^A convoy arrives in the north · Talks go on/);
  });

  test('differ when the publisher has only one headline for everything', () => {
    const { subject, preheader } = of([told('Live · 23 Nov', 'Live · 23 Nov'), told('Live · 23 Nov', '')]);
    expect(preheader).not.toBe(subject);
  });

  test('a quiet edition and an outage differ from each other in both, in every language', () => {
    for (const locale of LOCALES) {
      const quiet = of([], { variant: locale });
      const outage = of([], { variant: locale, health: { total: 14, healthy: 2, silent: [] } });
      expect(quiet.subject).not.toBe(outage.subject);
      expect(quiet.preheader).not.toBe(outage.preheader);
      expect(quiet.subject).not.toBe(quiet.preheader);
      expect(outage.subject).not.toBe(outage.preheader);
    }
  });

  test.each([
    ['daily', 24 * 3_600_000],
    ['weekly', 7 * 24 * 3_600_000],
    ['breaking', 3_600_000],
  ] as const)('no two %s editions of a month have one subject, with the same lead or none', (cadence, period) => {
    for (const stories of [[told('The siege goes on', '')], []]) {
      const subjects = Array.from({ length: Math.min(200, (28 * 24 * 3_600_000) / period) }, (_, n) => {
        const dueAt = new Date(Date.parse('2026-11-01T05:00:00Z') + n * period).toISOString();
        return of(stories, { cadence, dueAt, zone: 'Europe/Kyiv' }).subject;
      });
      expect(new Set(subjects).size).toBe(subjects.length);
    }
  });
});
