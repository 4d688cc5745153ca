import { describe, expect, test } from 'vitest';
import type { Profile } from '../../lib/selection/profile.ts';
import { createSelector } from '../../lib/selection/selector.ts';

const selector = createSelector();
const decide = (title: string, summary = '') => selector.decide({ title, summary });

describe('war coverage is picked in every language', () => {
  test.each([
    [
      'nl',
      'Oekraïens leger herovert vijf dorpen bij Cherson',
      'Russische troepen trekken zich terug na dagen van gevechten.',
    ],
    [
      'en',
      'Shelling kills nine civilians in Kharkiv as troops advance',
      'The army said the strikes hit a residential area.',
    ],
    [
      'de',
      'Raketenangriff auf Charkiw: Tote und Verletzte',
      'Die ukrainische Armee meldet schwere Kämpfe an der Front.',
    ],
    ['fr', 'Guerre en Ukraine : des frappes russes font dix morts à Kharkiv', 'L’armée annonce une contre-offensive.'],
    ['es', 'Un bombardeo israelí mata a doce civiles en Gaza', 'El ejército anuncia una ofensiva terrestre.'],
    ['it', 'Raid israeliani su Gaza, uccisi venti civili', 'L’esercito annuncia una nuova offensiva di terra.'],
    ['pt', 'Ataque aéreo russo mata civis em Kharkiv', 'O exército ucraniano fala em combates na linha da frente.'],
    ['pl', 'Rosyjski ostrzał Charkowa, są zabici', 'Wojska ukraińskie odparły szturm na froncie.'],
    ['uk', 'Російські війська обстріляли Херсон, загинули двоє цивільних', 'ЗСУ відбили штурм на фронті.'],
    ['ru', 'Российские войска обстреляли Харьков, погибли мирные жители', 'ВСУ сообщили о боях на линии фронта.'],
    ['sv', 'Ryska robotangrepp mot Charkiv – flera döda', 'Ukrainas armé rapporterar om hårda strider vid fronten.'],
    ['no', 'Russisk rakettangrep mot Kharkiv – flere sivile drept', 'Ukrainas hær melder om harde kamper ved fronten.'],
    [
      'da',
      'Russisk missilangreb mod Kharkiv – flere civile dræbt',
      'Den ukrainske hær melder om hårde kampe, og flere er blevet dræbt af missiler, oplyser myndighederne i aften.',
    ],
    [
      'tr',
      'İsrail ordusu Gazze’ye hava saldırısı düzenledi: 12 ölü',
      'Çatışmalarda çok sayıda sivil hayatını kaybetti.',
    ],
    ['ar', 'مقتل عشرة مدنيين في قصف إسرائيلي على غزة', 'أعلن الجيش بدء عملية عسكرية برية في رفح.'],
    [
      'hu',
      'Orosz rakétatámadás érte Harkivot, többen meghaltak',
      'Az ukrán hadsereg heves harcokról számolt be a frontvonalon.',
    ],
    ['zh', '俄军空袭哈尔科夫 多名平民死亡', '乌军总参谋部称前线激战持续。'],
    ['ja', 'ロシア軍がハルキウを攻撃、民間人9人死亡', 'ウクライナ軍は前線で激しい戦闘が続いていると発表した。'],
  ])('%s: %s', (lang, title, summary) => {
    const decision = decide(title, summary);
    expect(decision.lang).toBe(lang);
    expect(decision.picked).toBe(true);
  });
});

describe('what only sounds like war is left out', () => {
  test.each([
    ['Handelsoorlog met China drukt de beurs', 'Beleggers vrezen nieuwe heffingen op auto’s en chips.'],
    ['Star Wars-serie krijgt tweede seizoen', 'De fans moeten nog een jaar wachten op de nieuwe afleveringen.'],
    ['Feyenoord in de aanval tegen Ajax', 'De spits scoorde twee doelpunten in de tweede helft.'],
    ['Supermarkets in new price war over milk', 'Shoppers benefit as rivals cut prices again this week.'],
    [
      'Der Klassiker: Dortmunds Offensive zerlegt die Bayern-Abwehr',
      'Drei Tore in zwölf Minuten entscheiden das Spiel.',
    ],
    ['La guerre des prix fait rage dans la grande distribution', 'Les enseignes baissent les tarifs avant Noël.'],
    ['Bendeoorlog: politie pakt drie verdachten op na schietpartij', 'Justitie eist celstraf voor drugshandel.'],
  ])('%s', (title, summary) => {
    expect(decide(title, summary).picked).toBe(false);
  });
});

describe('a decision explains itself', () => {
  const decision = decide('Shelling kills nine civilians in Kharkiv', 'The army said the strikes hit a school.');

  test('reasons name readable concepts with the words found, strongest first', () => {
    expect(decision.reasons.map(({ text }) => text).join('\n')).toMatch(/strikes: Shelling/);
    const weights = decision.reasons.map(({ weight }) => Math.abs(weight));
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
  });

  test('wording is told apart from length: a long text of nothing special is a long text', () => {
    const kinds = (summary: string) =>
      decide('Council meets on parking', summary).reasons.map(({ kind, text }) => `${kind}: ${text}`);
    expect(kinds('')).toContain('length: a short text');
    expect(kinds('The members spoke about places, prices and permits for an hour. '.repeat(8))).toContain(
      'length: a long text',
    );
  });

  test('it names the profile that decided, by name and hash', () => {
    expect(decision.profile).toMatch(/^war@[0-9a-f]{8}$/);
    expect(decision.profile).toBe(selector.profile);
  });

  test('the same item is always decided alike', () => {
    expect(decide('Shelling kills nine civilians in Kharkiv', 'The army said the strikes hit a school.')).toEqual(
      decision,
    );
  });

  test('an item without a letter is not picked and has no language', () => {
    expect(decide('123', '')).toMatchObject({ picked: false, lang: 'und' });
  });
});

describe('the address of an item', () => {
  const text = { title: 'De cijfers van vandaag', summary: 'Een overzicht van de redactie.' };
  const at = (link: string | null) => selector.decide({ ...text, link });

  test('speaks by its path: the section and the words that publishers put there', () => {
    const { reasons, score } = at('https://news.example/sport/voetbal/2026');
    expect(reasons).toContainEqual(expect.objectContaining({ kind: 'address', text: 'sport: voetbal' }));
    expect(score).toBeLessThan(at(null).score);
  });

  test.each([
    ['its host', 'https://oorlog.example/1234'],
    ['its query', 'https://news.example/1234?from=oorlog'],
    ['an address that cannot be decoded', 'https://news.example/%E0%A4%A'],
    ['no address', 'not an address'],
  ])('says nothing by %s', (_what, link) => {
    expect(at(link)).toEqual(at(null));
  });
});

describe('a profile is data', () => {
  const floods: Profile = {
    name: 'floods',
    concepts: {
      flood: { kind: 'concept', label: 'flooding', weight: 3 },
      figure: { kind: 'negative', label: 'figure of speech', weight: -4 },
    },
    terms: { nl: { flood: 'overstroming*, dijkdoorbraak', figure: 'stroom aan, overstroming van klachten' } },
    bias: -2,
    threshold: 0.5,
    conflicts: [],
    exemplars: [],
  };

  test('another topic needs no code', () => {
    const own = createSelector(floods);
    expect(own.decide({ title: 'Overstromingen in Limburg na zware regen', summary: '' }).picked).toBe(true);
    expect(own.decide({ title: 'Russische troepen veroveren een dorp in het oosten', summary: '' }).picked).toBe(false);
  });

  test('without a model the weights of the concepts and the bias make the score', () => {
    const decision = createSelector(floods).decide({ title: 'Overstromingen in Limburg na zware regen', summary: '' });
    expect(decision.score).toBeCloseTo(1 / (1 + Math.exp(-1)), 4);
  });

  test('its version changes with its terms', () => {
    const changed = { ...floods, terms: { nl: { flood: 'overstroming*' } } };
    expect(createSelector(changed).profile).not.toBe(createSelector(floods).profile);
  });
});
