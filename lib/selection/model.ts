import type { Item } from '../feeds/model.ts';
import type { Instant } from '../types.ts';

/** One thing that spoke for (weight > 0) or against (weight < 0) an item, in words a reader understands. */
export interface Reason {
  /** concept, actor, place, negative, exemplar, model ...: which part of the profile spoke. */
  readonly kind: string;
  /** The word or name found, as found. */
  readonly text: string;
  readonly weight: number;
}

/** Never a bare boolean: what was decided, how sure, why, and by which profile. */
export interface Decision {
  readonly picked: boolean;
  /** 0..1 */
  readonly score: number;
  /** Detected language, ISO 639-1; `und` when nothing could be told. */
  readonly lang: string;
  /** Strongest first. */
  readonly reasons: readonly Reason[];
  /** `name@hash` of the profile that decided. */
  readonly profile: string;
}

export interface ScoredItem {
  readonly item: Item;
  readonly decision: Decision;
}

export interface Place {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
  /** 1 a town or point, 2 a region, 3 a country. */
  readonly precision: 1 | 2 | 3;
}

/** When an event was: the start of the hour, day, week or month that is meant, in UTC. */
export interface EventTime {
  readonly at: Instant;
  readonly precision: 'hour' | 'day' | 'week' | 'month';
}

export type Attribution = 'one publisher' | 'several independent' | 'official statement' | 'state media';

/** Items from one or more publishers about the same event, ranked. */
export interface Story {
  /** Stable while its first item stays: 16 hex digits. */
  readonly id: string;
  /** Best telling first. */
  readonly items: readonly ScoredItem[];
  /** 0..1, with the parts it is made of. */
  readonly rank: { readonly score: number; readonly parts: Readonly<Record<string, number>> };
  /** Where it happened, best known first; empty when no item says. */
  readonly places: readonly Place[];
  /** When it happened, where an item says; relative to its publication. */
  readonly time?: EventTime;
  /** Id of the conflict that it belongs to (`conflicts.json` of the profile); absent for none of them. */
  readonly conflict?: string;
  readonly concepts: readonly string[];
  readonly attribution: Attribution;
  /** Publisher families that reported it independently (wire copy counts once). */
  readonly families: readonly string[];
  readonly contentWarning: boolean;
  /** Newest publication time among its items. */
  readonly latest: Instant;
}
