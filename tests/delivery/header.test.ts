import { describe, expect, test } from 'vitest';
import { mailAddress } from '../../lib/delivery/header.ts';

describe('an address for SES', () => {
  test.each([
    ['reader@example.org', 'reader@example.org'],
    ["o'neil+news@sub.example.org", "o'neil+news@sub.example.org"],
    ['reader@münchen.example', 'reader@xn--mnchen-3ya.example'],
  ])('%s is written %s', (given, written) => {
    expect(mailAddress(given)).toBe(written);
  });

  test.each([
    '',
    'reader',
    'a@example.org, b@example.org',
    'a@b@example.org',
    'rèader@example.org',
    'a@example.org\r\nBcc: b@example.org',
    '<a@example.org>',
    'a b@example.org',
    'a@exa mple.org',
  ])('%j is not one', (given) => {
    expect(mailAddress(given)).toBeUndefined();
  });
});
