import { createHash } from 'node:crypto';
import type { EditionKey } from './model.ts';

/**
 * The name of an edition: `publication-cadence-variant-yyyymmddThhmmZ`. Two triggers that mean the same edition get the
 * same id, whenever they run. Letters, digits, `-` and `_` only, since it travels as an SES message tag.
 */
export function editionId(key: EditionKey): string {
  const due = new Date(key.dueAt).toISOString();
  const stamp = `${due.slice(0, 10).replaceAll('-', '')}T${due.slice(11, 16).replace(':', '')}Z`;
  return `${key.publication}-${key.cadence}-${variantName(key)}-${stamp}`;
}

/** `nl`, or for readers who want to see only some of it `nl_` and 12 hex digits of a hash of what they want. */
export function variantName({ variant, filter }: Pick<EditionKey, 'variant' | 'filter'>): string {
  if (!filter) return variant;
  const { languages, conflicts, maxStories } = filter;
  const wish = JSON.stringify([languages, conflicts, maxStories]);
  return `${variant}_${createHash('sha256').update(wish).digest('hex').slice(0, 12)}`;
}
