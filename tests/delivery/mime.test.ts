import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { buildMime, type Sender } from '../../lib/delivery/mime.ts';
import type { Message, Slotted } from '../../lib/editions/message.ts';
import { fill } from '../support/fill.ts';
import { links, rendered } from '../support/rendered.ts';

const sender: Sender = {
  name: 'Dispatches',
  from: 'digest@dispatches.example',
  listId: 'war.dispatches.example',
};
const date = new Date('2026-11-23T06:00:00.000Z');
const to = 'reader@example.org';

const build = (message: Partial<Message> = {}, from: Partial<Sender> = {}) =>
  buildMime(rendered(message), { ...sender, ...from }, date)({ to, links }).toString('latin1');

const filled = (slotted: Slotted) => fill(slotted, links);

/** Field names of the top header, by a reader that shares nothing with the writer. */
function fieldNames(raw: string): string[] {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  return head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));
}

describe('a message', () => {
  test('has exactly these header fields in this order', () => {
    expect(fieldNames(build())).toEqual([
      'From',
      'To',
      'Subject',
      'Date',
      'List-Unsubscribe',
      'List-Unsubscribe-Post',
      'List-Id',
      'MIME-Version',
      'Content-Language',
      'Content-Type',
    ]);
    expect(fieldNames(build({}, { replyTo: 'editors@dispatches.example' }))[1]).toBe('Reply-To');
  });

  test('of no list says that a program wrote it, and nothing of a list', () => {
    const raw = buildMime(
      rendered(),
      { name: 'Dispatches', from: sender.from },
      date,
    )({ to, links }).toString('latin1');
    expect(fieldNames(raw).filter((name) => /^(List|Auto)/.test(name))).toEqual(['Auto-Submitted']);
  });

  test('is 7-bit with CRLF only and no line over 76 characters, save the one-click field', () => {
    const raw = build();
    expect(raw).toMatch(/^[\t\r\n\x20-\x7e]+$/);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const long = raw.split('\r\n').filter((line) => line.length > 76);
    expect(long).toEqual([`List-Unsubscribe: <${links.unsubscribeUrl}>`]);
  });

  test('offers one-click unsubscribe on one unfolded line (RFC 8058)', () => {
    expect(build()).toContain(
      `\r\nList-Unsubscribe: <${links.unsubscribeUrl}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`,
    );
  });

  test('comes out of an independent parser as it went in', async () => {
    const message = rendered();
    const mail = await PostalMime.parse(build());
    expect(mail.subject).toBe(message.subject);
    expect(mail.from).toMatchObject({ name: 'Dispatches', address: 'digest@dispatches.example' });
    expect(mail.to?.map((each) => each.address)).toEqual([to]);
    expect(mail.html?.trimEnd()).toBe(filled(message.html).trimEnd());
    expect(mail.text?.trimEnd()).toBe(filled(message.text).trimEnd());
    expect(mail.date).toBe(date.toISOString());
    expect(mail.attachments).toEqual([]);
  });

  test('keeps any text whatever it holds', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).filter((s) => !/[\r\0]/.test(s));
    await fc.assert(
      fc.asyncProperty(text, async (body) => {
        const message = { html: [`<pre>${body}</pre>`, { slot: 'unsubscribeUrl' }, `${body}|`] as const };
        const mail = await PostalMime.parse(build(message));
        expect(mail.html?.trimEnd()).toBe(filled(message.html));
      }),
      { numRuns: 200 },
    );
  });

  test('puts the list id on its own line when the name needs encoding', async () => {
    const raw = build({}, { name: 'Депеші з України, щоденно вранці' });
    expect(raw).toContain('?=\r\n <war.dispatches.example>\r\n');
    expect((await PostalMime.parse(raw)).from?.name).toBe('Депеші з України, щоденно вранці');
  });
});

describe('a hostile title', () => {
  const hostile = [
    'Nieuws\r\nBcc: victim@example.org',
    'Nieuws\n\n<html>body</html>',
    'Nieuws\u2028Bcc: victim@example.org',
    'Nieuws =?utf-8?q?=0D=0ABcc:_victim=40example.org?=',
    '=?utf-8?q?=0D=0ABcc:_victim=40example.org?= — dreiging',
    'Nieuws\u0000\u0007\u009b',
    `Nieuws${'\u0301'.repeat(5000)}`,
    ...[0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069].map(
      (point) => `aan${String.fromCodePoint(point)}val`,
    ),
  ];

  test.each(hostile)('adds no header field and hides nothing (%#)', async (subject) => {
    const raw = build({ subject });
    const mail = await PostalMime.parse(raw);
    expect(fieldNames(raw)).toEqual(fieldNames(build()));
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b\u2028\u2029]/u);
    expect(mail.subject).not.toMatch(/=\?/);
    expect([...(mail.subject ?? '')].length).toBeLessThanOrEqual(150);
  });

  test('keeps joiners that letters and emoji need', async () => {
    const subject = 'می‌خواهم 👩‍🚒 bij brand';
    expect((await PostalMime.parse(build({ subject }))).subject).toBe(subject);
  });

  test('folds a long ASCII subject and gives it back unchanged', async () => {
    const subject =
      'Shelling of the harbour went on through the night while talks about grain exports were put off again';
    const raw = build({ subject });
    expect(raw).toContain('\r\n ');
    expect((await PostalMime.parse(raw)).subject).toBe(subject);
  });
});

describe('what differs per reader', () => {
  const fill = buildMime(rendered(), sender, date);

  test('cannot break out of its field', () => {
    expect(() => fill({ to: 'a@example.org\r\nBcc: b@example.org', links })).toThrow(TypeError);
    expect(() =>
      fill({ to, links: { ...links, unsubscribeUrl: 'https://x.example/>\r\nBcc: b@example.org' } }),
    ).toThrow(TypeError);
  });

  test('is all that differs between two readers', () => {
    const other = {
      unsubscribeUrl: 'https://dispatches.example/unsubscribe/t1.other',
      preferencesUrl: 'https://x.example/p',
    };
    const one = fill({ to, links }).toString('latin1');
    const two = fill({ to: 'other@example.org', links: other }).toString('latin1');
    const neutral = (raw: string, who: string, urls: typeof links) =>
      [urls.unsubscribeUrl, urls.preferencesUrl].reduce(
        (text, url) => text.replaceAll(url, 'URL').replaceAll(url.replaceAll('=', '=3D'), 'URL'),
        raw.replaceAll('=\r\n', '').replaceAll(who, 'WHO'),
      );
    expect(neutral(two, 'other@example.org', other)).toBe(neutral(one, to, links));
  });
});
