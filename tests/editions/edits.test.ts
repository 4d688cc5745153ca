import { describe, expect, test } from 'vitest';
import type { Edits } from '../../lib/editions/edits.ts';
import { editionId, slotName } from '../../lib/editions/key.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import type { Item } from '../../lib/feeds/model.ts';
import { DUE, decision, item } from './build.ts';
import { type ComposeInput, composeEdition } from './compose.ts';

const told = [
  ['Drones hit the depot at Kharkiv', 0.95],
  ['Ceasefire talks on Sudan collapse in Port Sudan', 0.8],
  ['Artillery duel reported along the Litani river in Lebanon', 0.7],
  ['Museum opens an exhibition of helmets', 0.3],
  ['Baker wins a prize for bread', 0.1],
] as const;
const items = told.map(([title], at) =>
  item({ title, publisher: `Paper ${at}`, published: '2026-11-23T04:00:00.000Z' }),
);
const keyOf = (start: string): string => items.find(({ title }) => title.startsWith(start))?.key ?? '';
const score = (one: Item): number => told.find(([title]) => title === one.title)?.[1] ?? 0;

const key = { publication: 'war', cadence: 'daily', variant: 'en', dueAt: DUE } as const;
const input: ComposeInput = {
  ...{ key, items, composedAt: DUE, sendBy: DUE, since: '2026-11-22T06:00:00.000Z', previous: [], maxStories: 10 },
  selector: { decide: (one) => decision({ score: score(one), picked: score(one) >= 0.5 }) },
  health: { total: 5, healthy: 5, silent: [] },
  versions: { profile: 'war@test', config: 'c', code: '1' },
};
const compose = (edits?: Partial<Edits>) =>
  composeEdition({ ...input, ...(edits && { edits: { pinned: [], hidden: [], ...edits } }) });
const first = (edits?: Partial<Edits>) =>
  storiesOf(compose(edits)).map(({ items: [best] }) => best?.item.title.split(' ')[0]);

describe('what an editor decides before an edition is composed', () => {
  test('a pinned story leads, the others stay in their order', () => {
    const [lead, ...rest] = first();
    const pinned = first({ pinned: [keyOf('Artillery')] });
    expect(lead).not.toBe('Artillery');
    expect(pinned[0]).toBe('Artillery');
    expect(pinned.slice(1)).toEqual([lead, ...rest].filter((word) => word !== 'Artillery'));
  });

  test('several pinned stories come in the order of the pins', () => {
    expect(first({ pinned: [keyOf('Ceasefire'), keyOf('Artillery')] }).slice(0, 2)).toEqual(['Ceasefire', 'Artillery']);
    expect(first({ pinned: [keyOf('Artillery'), keyOf('Ceasefire')] }).slice(0, 2)).toEqual(['Artillery', 'Ceasefire']);
  });

  test('a pin brings in what was not picked, and leaves its score and reasons as they were', () => {
    const made = compose({ pinned: [keyOf('Museum')] });
    expect(made.lead?.items[0]).toMatchObject({ item: { title: told[3][0] }, decision: { score: 0.3, picked: false } });
    expect(made.considered.map(({ title }) => title)).toEqual([told[4][0]]);
  });

  test('what is hidden is left out and says so', () => {
    const made = compose({ hidden: [keyOf('Drones'), keyOf('Baker')] });
    expect(first({ hidden: [keyOf('Drones')] })).not.toContain('Drones');
    const hidden = made.considered.filter(({ why }) => why === 'hidden by the editor');
    expect(hidden.map(({ title }) => title).toSorted()).toEqual([told[4][0], told[0][0]]);
    expect(made.counts.stories).toBe(2);
  });

  test('another threshold picks more or less', () => {
    expect(first({ threshold: 0.2 })).toHaveLength(4);
    expect(first({ threshold: 0.9 })).toEqual(['Drones']);
    expect(first({ threshold: 0.9, pinned: [keyOf('Baker')] })).toEqual(['Baker', 'Drones']);
  });

  test('is kept in the edition; without a decision the edition is what it always was', () => {
    const edits = { pinned: [keyOf('Museum')], hidden: [keyOf('Drones')], threshold: 0.6 };
    expect(compose(edits).edits).toEqual(edits);
    expect('edits' in compose()).toBe(false);
    const { edits: _kept, ...nothing } = compose({});
    expect(nothing).toEqual(compose());
  });

  test('a story that only the editor left out has not ended', () => {
    const yesterday = compose();
    const titles = (edits: Partial<Edits>, gone: string[] = []) =>
      composeEdition({
        ...input,
        ...{ previous: [yesterday], edits: { pinned: [], hidden: [], ...edits } },
        items: items.filter(({ key: one }) => !gone.includes(one)),
      }).ended.map(({ title }) => title);
    expect(titles({}, [keyOf('Drones')])).toEqual([told[0][0]]);
    expect(titles({ hidden: [keyOf('Drones')] })).toEqual([]);
    expect(titles({ threshold: 0.9 })).toEqual([]);
  });

  test('names items that are there no more without harm', () => {
    expect(first({ pinned: ['gone'], hidden: ['gone too'] })).toEqual(first());
  });

  test('is about all languages of a slot', () => {
    expect(slotName(key)).toBe('war-daily-20261123T0600Z');
    expect(slotName({ ...key, dueAt: '2026-11-23T07:00:00.000Z' })).not.toBe(slotName(key));
    expect(editionId(key)).toBe('war-daily-en-20261123T0600Z');
  });
});
