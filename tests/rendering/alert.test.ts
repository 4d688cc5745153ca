import { describe, expect, test } from 'vitest';
import { renderAlert } from '../../lib/rendering/alert.ts';
import { SITE } from '../editions/build.ts';
import { fill } from '../support/fill.ts';

const alert = renderAlert({
  site: SITE,
  title: '9 of 14 feeds could not be read for six hours',
  paragraphs: ['The last one was read at 04:14 UTC.', 'De Dagkoers answers <404>.'],
  advice: ['Run `dispatches feeds check` to see what each of them answers.'],
  url: 'https://docs.example.org/alarms?a=1&b=2#feeds',
});

const links = { unsubscribeUrl: '', preferencesUrl: '' };

describe('a mail to the operator', () => {
  test('says what is wrong in its subject and what was seen before it is opened', () => {
    expect(alert.subject).toBe('Dispatches: 9 of 14 feeds could not be read for six hours');
    expect(alert.preheader).toMatch(/^The last one was read at 04:14 UTC\. /);
  });

  test('says the same in text as in HTML, with the link, and nothing of it is markup', () => {
    const html = fill(alert.html, links);
    expect(html).toContain('De Dagkoers answers &lt;404&gt;.');
    expect(html).toContain('href="https://docs.example.org/alarms?a=1&amp;b=2#feeds"');
    expect(fill(alert.text, links)).toBe(`9 of 14 feeds could not be read for six hours

The last one was read at 04:14 UTC.

De Dagkoers answers <404>.

What to do:

Run \`dispatches feeds check\` to see what each of them answers.

More about it:
https://docs.example.org/alarms?a=1&b=2#feeds

You receive this because the settings of Dispatches name you as its operator.
`);
  });

  test('cannot be given header fields or a link that is none', () => {
    const { subject, html } = renderAlert({
      site: SITE,
      title: 'A\r\nBcc: x',
      paragraphs: [],
      advice: [],
      url: 'javascript:x',
    });
    expect(subject).toBe('Dispatches: A Bcc: x');
    expect(fill(html, links)).not.toContain('javascript:');
  });
});
