import type { Item } from '../../lib/feeds/model.ts';
import type { ScoredItem } from '../../lib/selection/model.ts';
import { groupStories } from '../../lib/selection/stories.ts';

/**
 * How long grouping takes, and how it grows: 2,500, 5,000 and 10,000 items of two days in six languages, in one run.
 * Run: npm run bench -- stories. Absolute times depend on the machine; read the ratios. Texts are made up of invented words.
 */
const SIZES = [2_500, 5_000, 10_000] as const;
const ROUNDS = 3;
const SUMMARY_WORDS = 70;
const WORDS = 9_000;
/** Items that tell one event. */
const TELLINGS = 4;
const NEWS: Readonly<Record<string, readonly string[]>> = {
  en: ['Air strike on', 'soldiers killed', 'ceasefire talks', 'drone hits depot', 'says'],
  nl: ['Luchtaanval op', 'militairen gedood', 'overleg over bestand', 'drone raakt opslag', 'meldt'],
  de: ['Luftangriff auf', 'Soldaten getötet', 'Gespräche über Waffenruhe', 'Drohne trifft Lager', 'meldet'],
  fr: ['Frappe sur', 'soldats tués', 'pourparlers de trêve', 'un drone touche un dépôt', 'selon'],
  pl: ['Nalot na', 'żołnierzy zginęło', 'rozmowy o rozejmie', 'dron trafił skład', 'podaje'],
  uk: ['Удар по місту', 'військових загинуло', 'переговори про перемирʼя', 'дрон влучив у склад', 'повідомляє'],
};
const TOWNS = ['Kharkiv', 'Odesa', 'Aleppo', 'Homs', 'Khartoum', 'Goma', 'Gaza', 'Beirut', 'Sanaa', 'Kabul', 'Mosul'];
const now = '2026-03-03T00:00:00.000Z';

const random = createRandom(11);
const syllables = 'ba ke li mo ru sa te vi no da ger stan lor mik pol dra hel tun'.split(' ');
const vocabulary = Array.from({ length: WORDS }, () =>
  Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join(''),
);
const items = Array.from({ length: SIZES[2] }, (_, n) => makeItem(n));

groupStories(items.slice(0, 500), { now });
let last: number | undefined;
for (const size of SIZES) {
  const batch = items.slice(0, size);
  const rounds = Array.from({ length: ROUNDS }, () => measure(() => groupStories(batch, { now })));
  const best = rounds.reduce((a, b) => (a.cpu < b.cpu ? a : b));
  const growth = last === undefined ? '' : `, ${(best.cpu / last).toFixed(2)} times the half`;
  const stories = best.result.length.toLocaleString('en');
  console.log(
    `${size.toLocaleString('en').padStart(6)} items, ${stories} stories: ${best.wall.toFixed(2)} s, ${best.cpu.toFixed(2)} s of processor time${growth}`,
  );
  last = best.cpu;
}

function measure<T>(work: () => T): { readonly result: T; readonly wall: number; readonly cpu: number } {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function makeItem(n: number): ScoredItem {
  const event = Math.floor(n / TELLINGS);
  const langs = Object.keys(NEWS);
  const lang = langs[n % langs.length] ?? 'en';
  const phrases = NEWS[lang] ?? [];
  const theme = Array.from({ length: 6 }, (_, k) => vocabulary[(event * 31 + k * 977) % WORDS] ?? '');
  const title = `${phrases[event % 4]} ${TOWNS[event % TOWNS.length]}: ${event % 90} ${theme.slice(0, 3).join(' ')}`;
  const summary = Array.from({ length: SUMMARY_WORDS }, (_, k) => (k % 9 === 0 ? theme[k % 6] : zipf())).join(' ');
  const published = new Date(Date.parse(now) - 172_800_000 + ((event * 7_919) % 172_800) * 1000).toISOString();
  const item: Item = {
    key: `item${n}`,
    feedUrl: 'https://news.example/feed',
    publisher: `Paper ${n % 60}`,
    family: `paper${n % 60}.example`,
    title,
    link: `https://paper${n % 60}.example/${theme.join('-')}`,
    summary: `${phrases[4]} ${summary}`.slice(0, 600),
    author: null,
    image: null,
    published,
    firstSeen: published,
    hash: '',
    backlog: false,
  };
  return { item, decision: { picked: true, score: 0.9, lang, reasons: [], profile: 'bench' } };
}

/** A word as common as words are: the second half as often as the first. */
function zipf(): string {
  return vocabulary[Math.floor(WORDS ** random()) - 1] ?? '';
}

function pick(from: readonly string[]): string {
  return from[Math.floor(random() * from.length)] ?? '';
}

/** Linear congruential generator (Numerical Recipes): 0 <= x < 1. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
