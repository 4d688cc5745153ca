import { describe, expect, test } from 'vitest';
import { say, texts } from '../../lib/rendering/texts.ts';
import { LOCALES } from '../../lib/types.ts';

type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]];
  return Object.entries(tree).flatMap(([key, inner]) => leaves(inner as Tree, `${path}.${key}`));
}

/** Paths without the plural form, since languages differ in those. */
const shapeOf = (tree: Tree) =>
  [...new Set(leaves(tree).map(([path]) => path.replace(/\.(one|few|many|other)$/, '')))].sort();

const KNOWN = [
  'picked',
  'n',
  'stories',
  'publishers',
  'minutes',
  'changes',
  'titles',
  'reasons',
  'date',
  'items',
  'feeds',
  'total',
  'healthy',
  'failed',
  'names',
  'zone',
  'name',
  'publisher',
];

describe.each(LOCALES)('the texts in %s', (locale) => {
  const own = texts(locale) as unknown as Tree;

  test('say as much as the English ones', () => {
    expect(shapeOf(own)).toEqual(shapeOf(texts('en') as unknown as Tree));
  });

  test('have every plural form of the language', () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const plurals = leaves(own).filter(([path]) => path.endsWith('.other'));
    for (const [path] of plurals) {
      const forms = leaves(own).filter(([other]) => other.startsWith(path.replace(/other$/, '')));
      expect(forms.map(([other]) => other.split('.').at(-1)).sort(), path).toEqual([...categories].sort());
    }
  });

  test('use only marks that are filled in, and no stray ones', () => {
    for (const [, text] of leaves(own)) {
      const values = Object.fromEntries(KNOWN.map((name) => [name, 'x']));
      expect(say(text, values)).not.toMatch(/[{}]/);
    }
  });
});
