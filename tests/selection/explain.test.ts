import { describe, expect, test } from 'vitest';
import { makeExemplar } from '../../lib/selection/exemplars/make.ts';
import { explain, explainLines } from '../../lib/selection/explain.ts';
import { war } from '../../lib/selection/profile/war/index.ts';
import type { Profile } from '../../lib/selection/profile.ts';
import { createSelector } from '../../lib/selection/selector.ts';

const tell = (title: string, summary = '', profile: Profile = war) =>
  explain(profile, createSelector(profile), { title, summary });

/** Near the threshold: it names troops, and nobody at war. */
const UNSURE = 'Legereenheden oefenen met tanks langs de grens';

test('an item that is picked is explained by its reasons and their weights', () => {
  const lines = explainLines(tell('Russische raketaanval op Charkov'));
  expect(lines[1]).toMatch(/^picked: score 0\.\d{3}, language nl, profile war@/);
  expect(lines.join('\n')).toMatch(/\+\d\.\d\d {2}concept {2}strikes: raketaanval/);
});

test('start and weights add up to the log-odds of the score', () => {
  const { start, decision } = tell(
    'Shelling kills nine civilians in Kharkiv',
    'The army said the strikes hit a school.',
  );
  const sum = decision.reasons.reduce((all, { weight }) => all + weight, start);
  expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(decision.score, 2);
});

describe('an item that is not picked', () => {
  test('says how much is missing and what spoke against it', () => {
    const lines = explainLines(tell('Handelsoorlog drukt de beurs')).join('\n');
    expect(lines).toMatch(/^not picked/m);
    expect(lines).toMatch(/-\d\.\d\d {2}negative {2}war as a figure of speech: Handelsoorlog/);
    expect(lines).toMatch(/missing: \d+\.\d\d of evidence/);
  });

  test('names the least that would have lifted it, smallest first, in its own letters', () => {
    const { missing } = tell(UNSURE);
    const scores = missing?.ways.map(({ score }) => score) ?? [];
    expect(scores.length).toBeGreaterThan(1);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    for (const { change, score } of missing?.ways ?? []) {
      expect(score).toBeGreaterThanOrEqual(war.threshold);
      expect(change).toMatch(/in the (summary|title), like "[\p{Script=Latin} *]+"$|^without/u);
    }
  });

  test('and the change, made, does what was said', () => {
    const { missing } = tell(UNSURE);
    const [, where, term = ''] = /in the (summary|title), like "(.+)"/.exec(missing?.ways[0]?.change ?? '') ?? [];
    const word = term.replaceAll('*', '');
    const changed = where === 'title' ? tell(`${UNSURE} ${word}`) : tell(UNSURE, `${word}.`);
    expect(changed.decision).toMatchObject({ picked: true, score: missing?.ways[0]?.score });
  });

  test('when no single word would have done, says so', () => {
    const told = tell('Handelsoorlog drukt de beurs', 'Beleggers vrezen nieuwe heffingen.');
    expect(told.missing?.ways).toEqual([]);
    expect(explainLines(told).at(-1)).toMatch(/no single word would have done; most would have: .+: 0\.\d\d$/);
  });
});

test('the nearest exemplar is named with what is shared and how far it moves the score', () => {
  const article = { title: 'Charkov: dorpen bevrijd', text: 'Het leger heroverde Koepjansk na maanden van bezetting.' };
  const exemplars = [makeExemplar(war, article, { negative: false, source: '', name: 'villages' })];
  const { nearest, decision } = tell('Kupiansk after the occupation', '', { ...war, exemplars });
  expect(nearest).toMatchObject({ name: 'villages', negative: false });
  expect(nearest?.shared).toContain('Kupiansk');
  expect(decision.reasons.find(({ kind }) => kind === 'exemplar')?.weight).toBe(nearest?.weight);
});
