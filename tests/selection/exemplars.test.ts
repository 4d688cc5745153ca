import { describe, expect, test } from 'vitest';
import { makeExemplar } from '../../lib/selection/exemplars/make.ts';
import type { Exemplar } from '../../lib/selection/exemplars/model.ts';
import { war } from '../../lib/selection/profile/war/index.ts';
import { createSelector } from '../../lib/selection/selector.ts';

const article = {
  title: 'Dorpen bij Charkov bevrijd, inwoners vertellen over de bezetting',
  text: `Oekraïense militairen hebben dit weekend dorpen in de regio Charkov heroverd. Inwoners van Koepjansk vertellen
    dat Russische soldaten hun huizen plunderden. De bezetting duurde een half jaar; in een kelder vonden rechercheurs
    sporen van marteling. Het offensief gaat verder richting Izjoem, zegt het leger.`,
};
const made = makeExemplar(war, article, { negative: false, source: 'village.txt' });
const selectorWith = (...exemplars: Exemplar[]) => createSelector({ ...war, exemplars });
const plain = createSelector();

const near = { title: 'Дім у Куп’янську: як жили під окупацією', summary: 'Мешканці розповідають про підвали.' };
const far = { title: 'Verkiezingen in Peru: kandidaat wint nipt', summary: 'De stembureaus sloten om acht uur.' };

describe('an exemplar made of an article', () => {
  test('holds concepts, names in one spelling and rare words, and none of its sentences', () => {
    expect(made).toMatchObject({ lang: 'nl', negative: false, strength: 1, source: 'village.txt' });
    expect(Object.keys(made.names)).toEqual(expect.arrayContaining(['Kharkiv', 'Kupiansk', 'Izium']));
    expect(made.concepts.occupation).toBeGreaterThan(0.5);
    expect(Object.keys(made.terms)).toContain('bezett*');
    expect(JSON.stringify(made)).not.toContain('plunderden');
    for (const term of Object.keys(made.terms)) expect(term).not.toMatch(/\s/);
  });

  test('a town weighs more than the country of every day, and the greatest share is 1', () => {
    expect(made.names.Izium ?? 0).toBeGreaterThan(made.names.Russia ?? 0);
    for (const group of [made.concepts, made.names, made.terms]) expect(Math.max(...Object.values(group))).toBe(1);
  });

  test('is named after what it is about, unless a name is given', () => {
    expect(made.name).toMatch(/^[a-z0-9-]+$/);
    expect(makeExemplar(war, article, { negative: true, source: '', name: 'own' }).name).toBe('own');
  });
});

describe('exemplars move scores', () => {
  test('what is like one scores higher, in another language too, by exactly the weight of its reason', () => {
    const [before, after] = [plain.decide(near), selectorWith(made).decide(near)];
    const reason = after.reasons.find(({ kind }) => kind === 'exemplar');
    expect(reason?.text).toMatch(`like ${made.name}: `);
    expect(reason?.weight).toBeGreaterThan(0);
    expect(logOdds(after.score) - logOdds(before.score)).toBeCloseTo(reason?.weight ?? 0, 1);
  });

  test('what is like a negative one scores lower', () => {
    const unwanted = { ...made, negative: true };
    expect(selectorWith(unwanted).decide(near).score).toBeLessThan(plain.decide(near).score);
  });

  test('what is unlike it stays as it was', () => {
    const { profile: _, ...before } = plain.decide(far);
    const { profile: __, ...after } = selectorWith(made).decide(far);
    expect(after).toEqual(before);
  });

  test('many exemplars move a score no further than one, and never by more than 2', () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ ...made, name: `copy-${i}` }));
    expect(selectorWith(...many).decide(near).score).toBe(selectorWith(made).decide(near).score);
    const itself = selectorWith(...many).decide({ title: article.title, summary: article.text });
    const moved = itself.reasons.filter(({ kind }) => kind === 'exemplar').map(({ weight }) => weight);
    expect(moved).toHaveLength(1);
    expect(moved[0]).toBeGreaterThan(0.5);
    expect(moved[0]).toBeLessThanOrEqual(2);
  });

  test('half the strength moves half as far', () => {
    const weight = (strength: number) => {
      return selectorWith({ ...made, strength }).compare({ title: article.title, summary: article.text })[0]?.weight;
    };
    expect(weight(0.5)).toBeCloseTo((weight(1) ?? 0) / 2, 10);
  });

  test('every exemplar can be set beside an item, nearest first', () => {
    const other = { ...made, name: 'other', names: { Goma: 1 }, concepts: { sport: 1 }, terms: {} };
    const likenesses = selectorWith(other, made).compare(near);
    expect(likenesses.map(({ exemplar }) => exemplar.name)).toEqual([made.name, 'other']);
    expect(likenesses[0]?.shared).toContain('Kupiansk');
  });
});

function logOdds(p: number): number {
  return Math.log(p / (1 - p));
}
