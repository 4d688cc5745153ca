import { expect, test } from 'vitest';
import { explainDecision } from '../../lib/selection/explain.ts';
import { createSelector } from '../../lib/selection/selector.ts';

const selector = createSelector();

test('an item that is picked is explained by its reasons and their weights', () => {
  const lines = explainDecision(selector.decide({ title: 'Russische raketaanval op Charkov', summary: '' }));
  expect(lines[0]).toMatch(/^picked: score 0\.\d{3}, language nl, profile war@/);
  expect(lines.join('\n')).toMatch(/\+\d\.\d\d {2}concept {2}strikes: raketaanval/);
});

test('an item that is not picked says what was missing', () => {
  const lines = explainDecision(selector.decide({ title: 'Handelsoorlog drukt de beurs', summary: '' }));
  expect(lines[0]).toMatch(/^not picked/);
  expect(lines.join('\n')).toMatch(/-\d\.\d\d {2}negative {2}war as a figure of speech: Handelsoorlog/);
  expect(lines.at(-1)).toMatch(/^missing: \d+\.\d\d of evidence; it lacks .*a party or place of it/);
});
