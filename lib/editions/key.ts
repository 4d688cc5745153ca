import type { EditionKey } from './model.ts';

/**
 * The name of an edition: `publication-cadence-variant-yyyymmddThhmmZ`. Two triggers that mean the same edition get the
 * same id, whenever they run. Letters, digits, `-` and `_` only, since it travels as an SES message tag.
 */
export function editionId(key: EditionKey): string {
  const due = new Date(key.dueAt).toISOString();
  const stamp = `${due.slice(0, 10).replaceAll('-', '')}T${due.slice(11, 16).replace(':', '')}Z`;
  return `${key.publication}-${key.cadence}-${key.variant}-${stamp}`;
}
