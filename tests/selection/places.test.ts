import { describe, expect, test } from 'vitest';
import { groupStories } from '../../lib/selection/stories.ts';
import { scored } from './items.ts';

const placesOf = (title: string, summary = '') =>
  groupStories([scored(title, { summary })], { now: '2026-03-02T12:00:00.000Z' })[0]?.places.map(({ name }) => name);

describe('a people or an adjective is who acts, not where', () => {
  test.each([
    ['Обстріл прифронтового села: поранено двох людей', 'Російські війська вдарили артилерією по житлових будинках.'],
    ['Russian forces shell a village, two wounded', ''],
    ['Russische troepen beschieten een dorp', ''],
    ['Les forces israéliennes annoncent une offensive terrestre', ''],
    ['俄军空袭 多名平民死亡', ''],
    ['الجيش الإسرائيلي يعلن عملية برية', ''],
  ])('%s', (title, summary) => {
    expect(placesOf(title, summary)).toEqual([]);
  });
});

describe('the place is where it happened', () => {
  test.each([
    ['Tres muertos en un bombardeo israelí en el sur del Líbano', 'Lebanon'],
    ['Drei Tote nach israelischem Luftangriff im Südlibanon', 'Lebanon'],
    ['Israel strikes weapons depot in southern Lebanon', 'Lebanon'],
    ['Liban : trois morts dans une frappe israélienne dans le sud', 'Lebanon'],
    ['Израиль нанёс удар на юге Ливана', 'Lebanon'],
    ['İsrail Lübnan’da bir depoyu vurdu', 'Lebanon'],
    ['Rosja zaatakowała Ukrainę: nalot na Charków', 'Kharkiv'],
    ['Росія завдала удару по Харкову', 'Kharkiv'],
    ['Russland greift Ziele in der Ukraine an', 'Ukraine'],
    ['Fighting spreads in South Sudan, aid workers say', 'South Sudan'],
    ['Moscow says drones hit a depot in Belgorod', 'Belgorod'],
    ['Drone hits building in Moscow', 'Moscow'],
    ['以色列空袭黎巴嫩南部', 'Lebanon'],
  ])('%s: %s', (title, place) => {
    expect(placesOf(title)?.[0]).toBe(place);
  });

  test('a country is not named beside a town in it', () => {
    expect(placesOf('Ukraine: strike on Odesa kills two', 'Ukraine says the port was hit.')).toEqual(['Odesa']);
  });
});
