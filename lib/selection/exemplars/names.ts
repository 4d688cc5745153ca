import events from '../stories/events.json' with { type: 'json' };
import gazetteer from '../stories/gazetteer.json' with { type: 'json' };
import { addTerms, createTermIndex, findTerms, type TermIndex } from '../terms.ts';

let index: TermIndex | undefined;

/** Made when first asked for: only profiles with exemplars need it. */
function nameIndex(): TermIndex {
  const made = createTermIndex();
  for (const [name, , , , , terms] of gazetteer) addTerms(made, String(name), String(terms));
  for (const [name, terms] of Object.entries(events.people)) addTerms(made, name, terms);
  return made;
}

/** The places and people that a folded text names, by the name that they have in every language, once per mention. */
export function namesIn(text: string): string[] {
  index ??= nameIndex();
  return findTerms(index, text).map(({ id }) => id);
}
