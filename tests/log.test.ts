import { describe, expect, test } from 'vitest';
import { createLogger, redact } from '../lib/log.ts';

describe('logs', () => {
  test('are one JSON object a line', () => {
    const lines: string[] = [];
    createLogger((line) => lines.push(line)).warn('feed failed', { url: 'https://example.org/feed', status: 503 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'warn', message: 'feed failed', url: 'https://example.org/feed', status: 503 },
    ]);
  });

  test('never hold an address or a link token, wherever it came from', () => {
    const lines: string[] = [];
    const cause = new Error('rejected for reader+tag@example.org');
    createLogger((line) => lines.push(line)).error('mail to a@b.example failed', {
      cause,
      deep: { link: 'https://example.org/unsubscribe/t1.k1.unsubscribe.abcdefghijklmnop.XYZ_-1234' },
    });
    expect(lines.join()).not.toMatch(/reader\+tag|a@b|abcdefghijklmnop/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ cause: { message: 'rejected for [address]' } });
  });

  test.each([
    'bounce for reader%40example.org',
    '"a b"@example.org bounced',
    'jan@m\u00fcnchen.example',
    'reader@localhost',
  ])('nor one that is quoted or percent-encoded: %s', (text) =>
    expect(redact(text)).toMatch(/^(bounce for )?\[address\]( bounced)?$/),
  );

  test('redacting leaves other text alone', () => {
    expect(redact('12 of 14 feeds read @ 07:00')).toBe('12 of 14 feeds read @ 07:00');
  });
});
