import { expect, test } from 'vitest';
import { mailboxKey, maskEmail, normaliseEmail, subscriberId } from '../../lib/subscriptions/identity.ts';

const KEY = 'identity-key-of-the-tests';

test.each([
  [' Ada@Example.ORG ', 'ada@example.org'],
  ["o'neil+news@example.org", "o'neil+news@example.org"],
  ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
  ['ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
  ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
])('%j is stored as %s', (typed, stored) => {
  expect(normaliseEmail(typed)).toBe(stored);
});

test.each([
  '',
  'ada',
  '@example.org',
  'ada@',
  'ada@localhost',
  'ada@example.123',
  'ada@127.0.0.1',
  'ada@[127.0.0.1]',
  'ada@-example.org',
  'a b@example.org',
  '.ada@example.org',
  'ada.@example.org',
  'a..da@example.org',
  '"ada"@example.org',
  'ада@example.org',
  'ada@example.org\r\nBcc: eve@example.org',
  'ada\n@example.org',
  'ada@exam\0ple.org',
  'ada@example.org,eve@example.org',
  '<ada@example.org>',
  `${'a'.repeat(65)}@example.org`,
  `ada@${'a'.repeat(64)}.org`,
  `ada@${'a.'.repeat(130)}org`,
])('%j is refused', (typed) => {
  expect(() => normaliseEmail(typed)).toThrow('not a usable e-mail address');
});

test('different people stay different rows, and spellings of one mailbox are one', () => {
  expect(subscriberId('ada+x@example.org', KEY)).not.toBe(subscriberId('ada@example.org', KEY));
  expect(subscriberId('a.da@gmail.com', KEY)).not.toBe(subscriberId('ada@gmail.com', KEY));
  expect(subscriberId('ADA@example.org', KEY)).toBe(subscriberId('ada@Example.org', KEY));
});

test('an id is 32 hex digits that depend on the key', () => {
  expect(subscriberId('ada@example.org', KEY)).toMatch(/^[0-9a-f]{32}$/);
  expect(subscriberId('ada@example.org', 'another-identity-key')).not.toBe(subscriberId('ada@example.org', KEY));
});

test('limits count the spellings that reach one person together', () => {
  const same = ['ada@gmail.com', 'a.d.a+1@gmail.com', 'ADA+2@googlemail.com'].map((email) => mailboxKey(email, KEY));
  expect(new Set(same).size).toBe(1);
  expect(mailboxKey('a.da@example.org', KEY)).not.toBe(mailboxKey('ada@example.org', KEY));
  expect(mailboxKey('+ada@example.org', KEY)).not.toBe(mailboxKey('+eve@example.org', KEY));
});

test('a masked address shows its owner enough and others nothing to write to', () => {
  expect(maskEmail('ada.lovelace@example.org')).toBe('a•••@example.org');
});
