import { describe, expect, test } from 'vitest';
import { renderLetter } from '../../lib/rendering/letter.ts';
import { LOCALES } from '../../lib/types.ts';
import { SITE } from '../editions/build.ts';
import { fill } from '../support/fill.ts';

const links = { unsubscribeUrl: 'https://x.example/u/t1.abc', preferencesUrl: 'https://x.example/p/t1.abc' };
const confirmUrl = 'https://x.example/confirm/t1.abc';

describe.each(LOCALES)('letters in %s', (locale) => {
  test('ask, welcome and say goodbye with subjects of their own', () => {
    const letters = (['confirm', 'welcome', 'goodbye'] as const).map((name) =>
      renderLetter(name, { locale, site: SITE }),
    );
    expect(new Set(letters.map(({ subject }) => subject)).size).toBe(3);
    for (const { subject, preheader, html, text } of letters) {
      expect(subject.length).toBeLessThanOrEqual(70);
      expect(preheader).not.toBe(subject);
      expect(fill(html, links) + fill(text, links) + subject).not.toMatch(/\{\w*\}|undefined/);
      expect(fill(text, links)).toContain(links.unsubscribeUrl);
    }
  });

  test('the confirmation link stands in both parts', () => {
    const { html, text } = renderLetter('confirm', { locale, site: SITE, confirmUrl });
    expect(fill(html, links)).toContain(`href="${confirmUrl}"`);
    expect(fill(text, links)).toContain(`\n${confirmUrl}\n`);
  });

  test('only the welcome leads to the preferences', () => {
    const has = (name: 'confirm' | 'welcome' | 'goodbye') =>
      fill(renderLetter(name, { locale, site: SITE }).html, links).includes(links.preferencesUrl);
    expect([has('confirm'), has('welcome'), has('goodbye')]).toEqual([false, true, false]);
  });
});
