import type { RawField } from './canonical.ts';
import { plainText } from './plain-text.ts';
import type { RawRecord } from './raw-item.ts';

const AUTHOR = ['atom:author', 'dc:creator', 'author', 'dc:author', 'itunes:author', 'googleplay:author'];

/** The names of an item's or feed's authors, comma separated; an address only where there is no name. */
export function authorsOf(record: RawRecord): string | null {
  for (const name of AUTHOR) {
    const names = record.all(name).map(personName).filter(Boolean);
    if (names.length > 0) return [...new Set(names)].join(', ');
  }
  const credits = record.all('media:credit').filter(({ attributes }) => /^author$/i.test(attributes.role ?? ''));
  return [...new Set(credits.map(personName).filter(Boolean))].join(', ') || null;
}

function personName({ text, attributes }: RawField): string {
  return readPerson(attributes.name || text || attributes.email || '');
}

/** The name in `ann@example.org (Ann)`, `Ann <ann@example.org>` or plain `Ann`. */
export function readPerson(written: string): string {
  const bracketed = /^\s*[^\s()<>]+@[^\s()<>]+\s*\(([^()]+)\)\s*$/.exec(written)?.[1];
  const angled = /^\s*"?([^<>"]+?)"?\s*<[^<>\s]+@[^<>\s]+>\s*$/.exec(written)?.[1];
  const named = /^\s*([^()]+?)\s*\((?:mailto:)?[^\s()]+@[^\s()]+\)\s*$/.exec(written)?.[1];
  return plainText(bracketed ?? angled ?? named ?? written).replace(/^mailto:/i, '');
}
