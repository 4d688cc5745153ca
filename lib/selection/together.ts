import type { Finding } from './features.ts';
import type { Profile } from './profile.ts';

/** Concept -> the different words found, folded, each as first written. */
export type Found = Map<string, Map<string, string>>;

/** Pairs of kinds: fighting words weigh more beside the name of a party or place at war. */
export function together(profile: Profile, title: Found, body: Found): Finding[] {
  const inTitle = kinds(profile, title.keys());
  const anywhere = kinds(profile, [...title.keys(), ...body.keys()]);
  const named = (set: Map<string, string>) => set.get('actor') ?? set.get('place');
  const made: Finding[] = [];
  const add = (feature: string, a: string | undefined, b: string | undefined) => {
    if (a && b) made.push({ feature, text: `${word(title, body, a)} + ${word(title, body, b)}` });
  };
  add('title:named+concept', named(inTitle), inTitle.get('concept'));
  add('any:named+concept', named(anywhere), anywhere.get('concept'));
  add('any:negative+concept', inTitle.get('negative'), anywhere.get('concept'));
  add('any:negative+named', inTitle.get('negative'), named(anywhere));
  return made;
}

/** How many different concepts speak for an item and against it: each more says less than the first, and none says much. */
export function amounts(profile: Profile, title: Found, body: Found): Finding[] {
  const number = (kind: string, ids: Iterable<string>) =>
    new Set([...ids].filter((id) => profile.concepts[id]?.kind === kind)).size;
  const all = [...title.keys(), ...body.keys()];
  const [concepts, inTitle, negatives] = [
    number('concept', all),
    number('concept', title.keys()),
    number('negative', all),
  ];
  const made: Finding[] = [];
  if (concepts === 0) made.push({ feature: 'any:concepts0', text: 'nothing of the topic but names' });
  if (concepts >= 3) made.push({ feature: 'any:concepts3', text: 'three or more different concepts' });
  if (concepts >= 5) made.push({ feature: 'any:concepts5', text: 'five or more different concepts' });
  if (inTitle >= 2) made.push({ feature: 'title:concepts2', text: 'two or more concepts in the title' });
  if (negatives >= 3) made.push({ feature: 'any:negatives3', text: 'three or more contexts of something else' });
  return made;
}

function kinds(profile: Profile, ids: Iterable<string>): Map<string, string> {
  const first = new Map<string, string>();
  for (const id of ids) {
    const kind = profile.concepts[id]?.kind;
    if (kind && !first.has(kind)) first.set(kind, id);
  }
  return first;
}

function word(title: Found, body: Found, id: string): string {
  const [text = id] = (title.get(id) ?? body.get(id))?.values() ?? [];
  return text;
}
