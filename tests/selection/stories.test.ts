import { describe, expect, test } from 'vitest';
import { groupStories } from '../../lib/selection/stories.ts';
import { scored } from './items.ts';

const now = '2026-03-02T12:00:00.000Z';
const bridge = [
  scored('Oekraïense drone raakt brug bij Kertsj', {
    key: 'a',
    family: 'nl.example',
    summary: 'De brug bij Kertsj op de Krim is zwaar beschadigd door een droneaanval, zegt Rusland.',
  }),
  scored('Ukrainian drone hits Kerch bridge', {
    key: 'b',
    family: 'en.example',
    summary: 'The Kerch bridge to Crimea was badly damaged in a drone attack, Russia says.',
  }),
  scored('Ukrainische Drohne trifft Brücke bei Kertsch', {
    key: 'c',
    family: 'de.example',
    summary: 'Die Brücke bei Kertsch auf der Krim wurde bei einem Drohnenangriff schwer beschädigt.',
  }),
];
const famine = scored('UN warns of famine in El Fasher', {
  key: 'd',
  family: 'en.example',
  summary: 'The siege of the city in Darfur has cut off aid for months, Sudan experts say.',
});
const swap = scored('Rosja i Ukraina wymieniły jeńców', {
  key: 'e',
  family: 'pl.example',
  summary: 'Po 150 żołnierzy.',
});
const all = [...bridge, famine, swap];
const keys = (stories: ReturnType<typeof groupStories>) =>
  stories
    .map(({ items }) =>
      items
        .map(({ item }) => item.key)
        .sort()
        .join(''),
    )
    .sort();

describe('stories', () => {
  test('items on one event in three languages are one story, other events stay apart', () => {
    expect(keys(groupStories(all, { now }))).toEqual(['abc', 'd', 'e']);
  });

  test('the order of the items changes nothing', () => {
    expect(groupStories(all.toReversed(), { now })).toEqual(groupStories(all, { now }));
  });

  test('a story keeps its id when a later item joins it', () => {
    const later = scored('Pont de Kertch touché par un drone ukrainien', {
      key: 'z',
      family: 'fr.example',
      firstSeen: '2026-03-02T10:00:00.000Z',
      summary: 'Le pont de Kertch en Crimée a été endommagé par un drone.',
    });
    const before = groupStories(bridge, { now });
    expect(groupStories([...bridge, later], { now })[0]?.id).toBe(before[0]?.id);
  });

  test('the same words a month later are another story', () => {
    const [first] = bridge;
    const again = scored('Oekraïense drone raakt brug bij Kertsj', { key: 'y', published: '2026-04-05T08:00:00.000Z' });
    expect(groupStories(first ? [first, again] : [], { now })).toHaveLength(2);
  });

  test('no items, no stories', () => {
    expect(groupStories([], { now })).toEqual([]);
  });

  test('a story names its places, the precise ones first, without the country around them', () => {
    const story = groupStories(bridge, { now })[0];
    expect(story?.places[0]).toMatchObject({ name: 'Kerch Bridge', country: 'UA', precision: 1 });
    expect(story?.places.map(({ name }) => name)).toContain('Crimea');
  });
});

test('the same kind of event in two towns is two stories', () => {
  const strikes = ['Aleppo', 'Mosul'].map((town) => scored(`Air strike on ${town} kills ten soldiers, army says`));
  expect(groupStories(strikes, { now })).toHaveLength(2);
});

describe('what a publisher writes on every article', () => {
  const live = [
    'le port d’Odessa visé par des drones',
    'une école de Kharkiv touchée dans la nuit',
    'le Danemark promet des chars et des munitions',
  ].map((news, i) => scored(`EN DIRECT, guerre en Ukraine : ${news}`, { key: `l${i}`, family: 'fr.example' }));

  test('makes no story of its live blogs', () => {
    expect(keys(groupStories(live, { now }))).toEqual(['l0', 'l1', 'l2']);
  });

  test('an article that it publishes again and again stays one story', () => {
    const again = ['a', 'b', 'c'].map((key) =>
      scored('Nuova ondata di droni contro il porto di Odessa', { key, family: 'it.example' }),
    );
    expect(keys(groupStories(again, { now }))).toEqual(['abc']);
  });
});

test('a prisoner swap is one story in four languages', () => {
  const tellings = [
    'Oekraïne en Rusland ruilen opnieuw krijgsgevangenen',
    'Ukraine and Russia swap prisoners of war',
    'Україна та Росія провели обмін військовополоненими',
    'Rosja i Ukraina wymieniły jeńców',
  ].map((title, i) => scored(title, { key: `p${i}`, family: `${i}.example` }));
  expect(keys(groupStories([...tellings, ...bridge, famine], { now }))).toEqual(['abc', 'd', 'p0p1p2p3']);
});

describe('sources', () => {
  const text = 'The army said that forty soldiers were freed on Monday near the border after talks in Istanbul.';
  const wire = ['x.example', 'y.example', 'z.example'].map((family, i) =>
    scored('Forty soldiers freed in prisoner swap between Russia and Ukraine', { key: `w${i}`, family, summary: text }),
  );

  test('wire copy reprinted by three families counts as one source', () => {
    const [story] = groupStories(wire, { now });
    expect(story?.items).toHaveLength(3);
    expect(story?.families).toEqual(['x.example']);
    expect(story?.attribution).toBe('official statement');
  });

  test('texts of their own by several families are independent', () => {
    const [story] = groupStories(bridge, { now });
    expect(story?.families).toHaveLength(3);
    expect(story?.attribution).toBe('several independent');
  });

  test('a story told by state-controlled publishers only is labelled so', () => {
    const [story] = groupStories(
      wire.map((one) => ({ ...one, item: { ...one.item, control: 'state' as const } })),
      { now },
    );
    expect(story?.attribution).toBe('state media');
  });

  test('a single report that quotes nobody is one publisher', () => {
    expect(groupStories([famine], { now })[0]?.attribution).toBe('one publisher');
  });
});

describe('ranking', () => {
  test('the score is made of visible parts between 0 and 1', () => {
    const rank = groupStories(bridge, { now })[0]?.rank;
    expect(Object.keys(rank?.parts ?? {})).toEqual(['severity', 'corroboration', 'recency', 'novelty', 'relevance']);
    for (const part of [rank?.score ?? -1, ...Object.values(rank?.parts ?? {})]) {
      expect(part).toBeGreaterThanOrEqual(0);
      expect(part).toBeLessThanOrEqual(1);
    }
  });

  test('more independent families rank a story higher', () => {
    const [one] = bridge;
    const alone = one ? groupStories([one], { now })[0] : undefined;
    expect(groupStories(bridge, { now })[0]?.rank.score).toBeGreaterThan(alone?.rank.score ?? 1);
  });

  test('no family leads more than two of the first stories while another one has a story', () => {
    const places = ['Aleppo', 'Mosul', 'Khartoum', 'Goma', 'Benghazi'];
    const many = places.map((place) =>
      scored(`Air strike on ${place} kills ten soldiers, army says`, { key: place, family: 'big.example' }),
    );
    const other = scored('Waffenruhe in Tigray hält', { key: 'small', family: 'small.example' });
    const leaders = groupStories([...many, other], { now }).map(({ items }) => items[0]?.item.family);
    expect(leaders.slice(0, 3)).toContain('small.example');
    expect(leaders).toHaveLength(6);
  });
});

describe('content warning', () => {
  test.each([
    ['Massagraf gevonden bij Izjoem, lichamen tonen sporen van marteling', true],
    ['Oekraïense leger herovert vijf dorpen bij Cherson', false],
    ['Two children killed in strike on Kharkiv school', true],
    ['Army says it shot down twelve drones near Odesa', false],
    ['Investigators describe torture and rape in occupied Kherson', true],
    ['Folter in besetzten Gebieten: Zeugen berichten aus Cherson', true],
    ['المقابر الجماعية في سوريا: جثث في حمص', true],
    ['Des femmes violées par des soldats témoignent au Soudan', true],
    ['Masowe groby pod Iziumem, ślady gwałtów i tortur', true],
    ['Liban : trois morts dans une frappe, Israël accuse le Hezbollah de violer le cessez-le-feu', false],
    ['Les violences reprennent en Syrie malgré la trêve, dix morts', false],
    ['Denuncian una violación del alto el fuego en Gaza: tres muertos', false],
    ['Gwałtowne walki pod Pokrowskiem, trzech zabitych', false],
    ['Onderhandelingen lijken vast te lopen na luchtaanval met drie doden', false],
    ['Three killed in Israeli air strike in southern Lebanon', false],
    ['Троє загиблих унаслідок обстрілу Харкова', false],
    ['Drei Tote nach Luftangriff auf Waffenlager in Syrien', false],
  ])('%s: %s', (title, warned) => {
    expect(groupStories([scored(title)], { now })[0]?.contentWarning).toBe(warned);
  });
});
