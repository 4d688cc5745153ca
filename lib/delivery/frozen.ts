import type { EditionStore, EditionSummary } from '../editions/ports.ts';
import { pages } from '../pages.ts';
import type { Due } from './audience.ts';

/**
 * The editions of a group, when the audience of each is frozen; else undefined. Freezing begins only when every reader
 * of the group is planned, so nobody is left to look for: the readers need not be listed again at every tick.
 */
export async function frozenEditions(deps: FrozenDeps, due: Due): Promise<readonly EditionSummary[] | undefined> {
  const found = await editionsOf(deps, due);
  return found.length > 0 && found.every(({ status }) => status !== 'composed') ? found : undefined;
}

interface FrozenDeps {
  readonly editions: EditionStore;
  readonly config: { readonly publication: { readonly id: string } };
}

/** The editions of a group that are stored. */
export async function editionsOf(deps: FrozenDeps, due: Due): Promise<readonly EditionSummary[]> {
  const series = `${deps.config.publication.id}-${due.cadence}-`;
  const found: EditionSummary[] = [];
  for await (const page of pages((cursor) => deps.editions.list(50, cursor))) {
    found.push(...page.filter(({ id, dueAt }) => dueAt === due.dueAt && id.startsWith(series)));
    if (page.some(({ dueAt }) => dueAt < due.dueAt)) break;
  }
  return found;
}
