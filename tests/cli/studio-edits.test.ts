import { describe, expect, test } from 'vitest';
import { edit, inOrder, NO_EDITS, nameOf, pinnedIn } from '../../cli/preview/edit.ts';
import type { Edits } from '../../lib/editions/edits.ts';
import { decision, edition, item, story } from '../editions/build.ts';

const told = ['A', 'B', 'C', 'D'].map((title, at) =>
  story([{ item: item({ title, key: title }), decision: decision() }], { rank: { score: 1 - at / 10, parts: {} } }),
);
const twice = story(
  ['E', 'F'].map((title) => ({ item: item({ title, key: title }), decision: decision() })),
  { rank: { score: 0.5, parts: {} } },
);
const draft = (edits: Partial<Edits> = {}) => edition([...told, twice], { edits: { ...NO_EDITS, ...edits } });
const decided = (command: string, edits: Partial<Edits> = {}, threshold = '') => edit(draft(edits), command, threshold);

describe('a button of the studio', () => {
  test('moves a story, and what stands before it stays there', () => {
    expect(decided('place C 1').pinned).toEqual(['A', 'C', 'B']);
    expect(decided('place A 1').pinned).toEqual(['B', 'A']);
    expect(decided('place D 0').pinned).toEqual(['D', 'A', 'B', 'C']);
    expect(decided('place A 99').pinned).toEqual(['B', 'C', 'D', 'E', 'A']);
  });

  test('keeps what was fixed before when another story moves', () => {
    const fixed = { pinned: ['C', 'A', 'B'] };
    expect(inOrder(draft(fixed)).map(nameOf)).toEqual(['C', 'A', 'B', 'D', 'E']);
    expect(decided('place A 0', fixed).pinned).toEqual(['A', 'C', 'B']);
    expect(pinnedIn(draft(fixed))).toBe(3);
  });

  test('pins what was left out behind the other pins, and takes back a pin', () => {
    expect(decided('pin X', { pinned: ['B'], hidden: ['X'] })).toEqual({ pinned: ['B', 'X'], hidden: [] });
    expect(decided('unpin B', { pinned: ['B', 'C'] }).pinned).toEqual(['C']);
  });

  test('hides a story with all its reports, and shows one of them again', () => {
    const hidden = decided('hide E', { pinned: ['F'] });
    expect(hidden).toEqual({ pinned: [], hidden: ['E', 'F'] });
    expect(decided('show X', { hidden: ['X', 'Y'] }).hidden).toEqual(['Y']);
  });

  test('moves the threshold, back to the profile’s too, and forgets everything', () => {
    expect(decided('threshold', { pinned: ['A'] }, '0.25')).toEqual({ pinned: ['A'], hidden: [], threshold: 0.25 });
    expect(decided('standard', { threshold: 0.25 })).toEqual(NO_EDITS);
    expect(decided('reset', { pinned: ['A'], hidden: ['B'], threshold: 0.1 })).toEqual(NO_EDITS);
  });

  test.each(['', 'drop A', 'place X 0', 'place A one', 'place A 0.5'])(
    'that says "%s" is refused with a sentence',
    (command) => {
      expect(() => decided(command)).toThrow(/nothing that an editor can do|not in the draft/);
    },
  );

  test.each(['', '2', '-0.1', 'NaN', 'x'])('with threshold "%s" is refused with a sentence', (threshold) => {
    expect(() => decided('threshold', {}, threshold)).toThrow(/is no threshold/);
  });
});
