import { readFileSync } from 'node:fs';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';

/** A line of `news/<language>.json`: what an invented publisher reports, with holes that the day fills. */
interface Draft {
  readonly hoursAgo: number;
  readonly title: string;
  readonly summary: string;
}

export type Format = 'rss' | 'rdf' | 'atom' | 'json';

interface Desk {
  readonly slug: string;
  readonly title: string;
  readonly format: Format;
  /** Same house as others with this name. */
  readonly family?: string;
  readonly encoding?: 'windows-1251';
  /** Its documents are not well-formed, as happens. */
  readonly broken?: boolean;
  readonly items: readonly Draft[];
}

export interface Publisher extends Desk {
  readonly lang: string;
}

export interface Article {
  /** Holds the day, so that tomorrow's news is new. */
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly published: Date;
}

const LANGUAGES = ['nl', 'en', 'de', 'fr', 'es', 'uk', 'ru', 'pl', 'it'] as const;

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`news/${name}.json`, import.meta.url), 'utf8'));
}

/** The sample publishers, Dutch ones first. All names and news are invented. */
export function publishers(): readonly Publisher[] {
  return LANGUAGES.flatMap((lang) => read<Desk[]>(lang).map((desk) => ({ ...desk, lang })));
}

/** What a publisher reports on the day of `now`: the same all day, something else tomorrow. Newest first. */
export function articles(publisher: Publisher, now: Date): readonly Article[] {
  const day = now.toISOString().slice(0, 10);
  const hour = Math.floor(now.getTime() / HOUR) * HOUR;
  return publisher.items
    .map((draft, index) => ({
      path: `/articles/${publisher.slug}/${day}/${index + 1}`,
      title: fill(draft.title, publisher.lang, now),
      summary: fill(draft.summary, publisher.lang, now),
      published: new Date(hour - draft.hoursAgo * HOUR - index * MINUTE),
    }))
    .sort((a, b) => b.published.getTime() - a.published.getTime());
}

/**
 * Places and numbers change with the day, and are the same for all publishers, who report on one world. Numbers end in 0
 * or 5: those take the same form of the noun in every language here.
 */
function fill(text: string, lang: string, now: Date): string {
  const words = read<Record<string, Record<string, readonly string[]>>>('words');
  const day = Math.floor(now.getTime() / DAY);
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    if (name === 'n') return String(45 + 5 * (day % 11));
    if (name === 'few') return String(50 + 5 * (day % 9));
    const choice = words[name]?.[lang] ?? [];
    return choice[day % choice.length] ?? hole;
  });
}
