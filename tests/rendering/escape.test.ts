import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLine, cleanSubject, shorten } from '../../lib/rendering/escape.ts';

const anything = fc.string({ unit: 'binary', maxLength: 200 });

describe('text of feeds', () => {
  test('becomes one line of visible characters, whatever it was', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u);
        expect(line).toBe(line.trim());
        expect(cleanLine(line)).toBe(line);
      }),
      { numRuns: 1000 },
    );
  });

  test('is in NFC and without double spaces, whichever letters it is made of', () => {
    const points = Array.from({ length: 0x30000 - 0x20 }, (_, index) => String.fromCodePoint(index + 0x20));
    const wrong = points.filter((point) => {
      const line = cleanLine(`a${point}${point}b`);
      return line !== line.normalize('NFC') || line.includes('  ');
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    ['a header of its own', 'News\r\nBcc: all@example.org', 'News Bcc: all@example.org'],
    ['an encoded word', '=?utf-8?q?x?=', '= ?utf-8?q?x?='],
    ['text turned round', 'safe\u202efdp.exe', 'safefdp.exe'],
    ['letters in parts', 'Zu\u0308rich', 'Z\u00fcrich'],
  ])('%s is harmless in a subject', (_what, text, clean) => {
    expect(cleanSubject(text)).toBe(clean);
  });

  test('keeps the joiners that words of some languages need', () => {
    expect(cleanLine('می\u200cشود')).toBe('می\u200cشود');
  });

  test('is cut between words and never inside a character', () => {
    expect(shorten('One two three four five', 16)).toBe('One two three…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 5, max: 60 }), (text, max) => {
        expect(shorten(text, max).length).toBeLessThanOrEqual(max);
        expect(shorten(text, max)).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
