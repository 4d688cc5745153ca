import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../lib/log.ts';
import type { Keys } from '../../lib/subscriptions/identity.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { checkKeys, createToken, type Purpose, readToken } from '../../lib/subscriptions/token.ts';
import { HOUR } from '../../lib/time.ts';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const KEYS: Keys = { current: 'signing-key-number-one', previous: [], identity: 'identity-key-of-the-tests' };
const PURPOSES: readonly Purpose[] = ['confirm', 'unsubscribe', 'preferences', 'undo', 'form'];
const ID = '0123456789abcdef0123456789abcdef';

const claims = fc.record({
  purpose: fc.constantFrom(...PURPOSES),
  subject: fc.stringMatching(/^[0-9a-f]{32}$/),
  nonce: fc.stringMatching(/^[\w-]{1,24}$/),
  until: fc.integer({ min: 1, max: 10 ** 9 }).map((seconds) => new Date(NOW.getTime() + seconds * 1000)),
});

describe('a token', () => {
  test('says what was signed, for its purpose only', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom(...PURPOSES), (claim, purpose) => {
        const read = readToken(KEYS, purpose, createToken(KEYS, claim), NOW);
        expect(read).toEqual(purpose === claim.purpose ? claim : undefined);
      }),
    );
  });

  test('is refused with any single bit flipped', () => {
    const token = createToken(KEYS, { purpose: 'confirm', subject: ID, nonce: 'n', until: new Date('2030-01-01') });
    const bytes = Buffer.from(token, 'latin1');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      for (const purpose of PURPOSES) {
        expect(readToken(KEYS, purpose, flipped.toString('latin1'), NOW), `bit ${bit}`).toBeUndefined();
      }
    }
  });

  test('is refused when cut off, lengthened, doubled, empty, huge or not ASCII', () => {
    const token = createToken(KEYS, { purpose: 'unsubscribe', subject: ID });
    const cut = Array.from(token, (_, length) => token.slice(0, length));
    const odd = [
      `${token}0`,
      ` ${token}`,
      `${token}\n`,
      token + token,
      'x'.repeat(10_000),
      `${token}é`,
      '💣',
      token.toUpperCase(),
    ];
    for (const text of [...cut, ...odd]) expect(readToken(KEYS, 'unsubscribe', text, NOW), text).toBeUndefined();
  });

  test('is refused for any text at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `t1.${text}`),
        ),
        (text) => {
          expect(readToken(KEYS, 'unsubscribe', text, NOW)).toBeUndefined();
        },
      ),
    );
  });

  test('ends exactly at its end', () => {
    const until = new Date(NOW.getTime() + 48 * HOUR);
    const token = createToken(KEYS, { purpose: 'confirm', subject: ID, until });
    expect(readToken(KEYS, 'confirm', token, new Date(until.getTime() - 1))).toBeDefined();
    expect(readToken(KEYS, 'confirm', token, until)).toBeUndefined();
  });

  test('works through two rotations of the key and not a third', () => {
    const token = createToken(KEYS, { purpose: 'unsubscribe', subject: ID });
    const rotated = (current: string, ...previous: string[]) => ({ ...KEYS, current, previous });
    const first = KEYS.current;
    const read = (keys: Keys) => readToken(keys, 'unsubscribe', token, NOW);
    expect(read(rotated('signing-key-number-two', first))).toBeDefined();
    expect(read(rotated('signing-key-number-three', 'signing-key-number-two', first))).toBeDefined();
    expect(read(rotated('signing-key-number-four', 'key-three-0000000', 'key-two-000000000', first))).toBeUndefined();
    expect(read(rotated('signing-key-number-two'))).toBeUndefined();
  });

  test('is not one that an older format or another key signed', () => {
    const other = createToken({ ...KEYS, current: 'a-key-that-is-not-ours' }, { purpose: 'confirm', subject: ID });
    expect(readToken(KEYS, 'confirm', other, NOW)).toBeUndefined();
    expect(readToken(KEYS, 'confirm', other.replace('t1.', 't0.'), NOW)).toBeUndefined();
  });
});

test('links hold no address, only characters that need no escaping, and are blotted out in logs', () => {
  const links = createLinks({ siteUrl: 'https://news.example.org', keys: KEYS, clock: () => NOW });
  for (const link of [links.unsubscribe(ID), links.preferences(ID), links.confirm(ID, 'n-_1')]) {
    expect(link).toMatch(/^https:\/\/news\.example\.org\/\w+\/t1\.[\w.-]+[0-9a-f]$/);
    expect(redact(JSON.stringify({ link }))).toMatch(/\/\w+\/\[token\]"/);
  }
});

test('an unsubscribe link never ends; settings end after 90 days and confirmations after 48 hours', () => {
  const links = createLinks({ siteUrl: 'https://news.example.org', keys: KEYS, clock: () => NOW });
  const token = (link: string) => link.split('/').at(-1) ?? '';
  const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
  expect(readToken(KEYS, 'unsubscribe', token(links.unsubscribe(ID)), later(24 * 365 * 20))).toBeDefined();
  expect(readToken(KEYS, 'preferences', token(links.preferences(ID)), later(90 * 24 - 1))).toBeDefined();
  expect(readToken(KEYS, 'preferences', token(links.preferences(ID)), later(90 * 24))).toBeUndefined();
  expect(readToken(KEYS, 'confirm', token(links.confirm(ID, 'n')), later(47))).toMatchObject({ nonce: 'n' });
  expect(readToken(KEYS, 'confirm', token(links.confirm(ID, 'n')), later(48))).toBeUndefined();
});

test('a key that protects nothing is refused before anything is signed', () => {
  expect(() => checkKeys({ ...KEYS, current: '' })).toThrow('shorter than 16');
  expect(() => createLinks({ siteUrl: '', keys: { ...KEYS, identity: 'short' } })).toThrow('shorter than 16');
});
