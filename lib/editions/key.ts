import { sha256 } from '../sha256.ts';
import type { Instant } from '../types.ts';
import type { EditionKey } from './model.ts';

/**
 * The name of an edition: `publication-cadence-variant-yyyymmddThhmmZ`; an alert ends in `yyyymmddn0`. Two triggers that
 * mean the same edition get the same id, whenever they run. Letters, digits, `-` and `_` only, since it travels as an SES message tag.
 */
export function editionId(key: EditionKey): string {
  const { publication, cadence, dueAt, serial } = key;
  const when = serial === undefined ? stamp(dueAt) : `${dayOf(dueAt)}n${serial}`;
  return `${publication}-${cadence}-${variantName(key)}-${when}`;
}

/** The name of all editions of a cadence that are due together, in whatever language: what an editor decides about. */
export function slotName(key: Pick<EditionKey, 'publication' | 'cadence' | 'dueAt'>): string {
  return `${key.publication}-${key.cadence}-${stamp(key.dueAt)}`;
}

function stamp(dueAt: Instant): string {
  return `${dayOf(dueAt)}T${new Date(dueAt).toISOString().slice(11, 16).replace(':', '')}Z`;
}

function dayOf(dueAt: Instant): string {
  return new Date(dueAt).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Whether an edition is for readers with a wish of their own: left out of everything public. */
export function isForWish(id: string): boolean {
  return id.includes('_');
}

/** `nl`, or for readers who want to see only some of it `nl_` and 12 hex digits of a hash of what they want. */
export function variantName({ variant, filter }: Pick<EditionKey, 'variant' | 'filter'>): string {
  if (!filter) return variant;
  const { languages, conflicts, maxStories } = filter;
  const wish = JSON.stringify([languages, conflicts, maxStories]);
  return `${variant}_${sha256(wish).slice(0, 12)}`;
}
