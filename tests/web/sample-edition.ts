import type { Edition, EditionStory } from '../../lib/editions/model.ts';
import type { Item } from '../../lib/feeds/model.ts';
import type { Locale } from '../../lib/types.ts';

const AT = '2026-11-23T06:00:00.000Z';

function item(title: string, publisher: string, index: number): Item {
  return {
    key: index.toString(16).padStart(32, '0'),
    feedUrl: 'https://feeds.example.org/world.xml',
    publisher,
    family: publisher.toLowerCase().replaceAll(' ', '-'),
    title,
    link: `https://papers.example.org/${index}`,
    summary: '',
    author: null,
    image: null,
    published: AT,
    firstSeen: AT,
    hash: index.toString(16).padStart(64, '0'),
    backlog: false,
  };
}

function story(title: string, publishers: readonly string[], index: number, lang: string): EditionStory {
  const items = publishers.map((publisher, at) => ({
    item: item(title, publisher, index * 10 + at),
    decision: { picked: true, score: 0.9, lang, reasons: [], profile: 'war@test' },
  }));
  return {
    id: index.toString(16).padStart(16, '0'),
    items,
    rank: { score: 1 - index / 10, parts: {} },
    places: [],
    concepts: [],
    attribution: publishers.length > 1 ? 'several independent' : 'one publisher',
    families: publishers,
    contentWarning: false,
    latest: AT,
    change: 'new',
  };
}

const TITLES: Partial<Record<Locale, readonly [string, string, string]>> = {
  en: [
    'Shelling resumes along the Varna river hours after the truce was signed',
    'Convoy with grain reaches the besieged port of Ellis',
    'Both armies accuse each other of striking the bridge at Korr',
  ],
  nl: [
    'Beschietingen langs de Varna hervat, uren na het tekenen van het bestand',
    'Konvooi met graan bereikt de belegerde haven van Ellis',
    'Beide legers beschuldigen elkaar van de aanval op de brug bij Korr',
  ],
};

/** An invented edition with three stories: places and papers that do not exist. */
export function sampleEdition(variant: Locale = 'en', dueAt = AT): Edition {
  const [first, second, third] = TITLES[variant] ?? ['One', 'Two', 'Three'];
  const compact = `${dueAt.replace(/[-:]/g, '').slice(0, 13)}Z`;
  return {
    publication: 'war',
    cadence: 'daily',
    variant,
    dueAt,
    id: `war-daily-${variant}-${compact}`,
    composedAt: dueAt,
    sendBy: dueAt,
    lead: story(first, ['The Harbour Times', 'Nieuwsblad Noord', 'Radio Meridian'], 1, variant),
    sections: [
      {
        title: 'Varna',
        stories: [
          story(second, ['Radio Meridian'], 2, variant),
          story(third, ['The Harbour Times', 'Courrier du Littoral'], 3, variant),
        ],
      },
    ],
    considered: [],
    ended: [],
    counts: { items: 120, picked: 9, stories: 3, publishers: 4, readMinutes: 3 },
    health: { total: 12, healthy: 12, silent: [] },
    quiet: false,
    versions: { profile: 'war@test', config: 'test', code: 'test' },
  };
}

export const SAMPLE_MESSAGE = { subject: 'Varna: shelling resumes', preheader: '', lang: 'en', html: [''], text: [''] };
