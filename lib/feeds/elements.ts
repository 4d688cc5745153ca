import type { Attributes } from './attributes.ts';
import type { CanonicalFeed } from './canonical.ts';
import { decodeEntities } from './entities.ts';
import type { Scope } from './scope.ts';

/** Attributes that are read. */
const ATTRIBUTES = new Set(['href', 'rel', 'type', 'url', 'medium', 'ispermalink', 'role', 'mode']);

/** Attributes that are read, by name in small letters, entities decoded; only names of our own choice. */
export type Picked = Record<string, string>;

/** An element as its start tag says. */
export interface Element {
  /** As written, in small letters: what an end tag must match. */
  readonly written: string;
  /** In our prefixes. */
  readonly name: string;
  readonly scope: Scope;
  readonly attributes: Picked;
}

/** An element that was begun and not yet ended. */
export interface Open extends Element {
  readonly role: 'feed' | 'item' | 'through' | 'skip' | 'record' | 'part';
  text: string;
}

/** Repeated parts (the hours of skipHours) stand side by side. */
export function addPart(attributes: Picked, { name, text }: Open): void {
  const key = name.replace(/^.*:/, '');
  const before = attributes[key];
  attributes[key] = before ? `${before} ${text.trim()}` : text.trim();
}

/** What a root element says the document is; undefined when it is no feed's. */
export function formatOf(name: string): CanonicalFeed['format'] | undefined {
  if (name === 'rss' || name === 'channel') return 'rss';
  if (name === 'rdf:rdf' || name === 'rdf') return 'rdf';
  return name === 'atom:feed' || name === 'feed' ? 'atom' : undefined;
}

/** Those attributes of a tag that are read. */
export function pick(attributes: Attributes): Picked {
  const picked: Picked = {};
  if (attributes.size === 0) return picked;
  for (const [name, value] of attributes) {
    const key = name.toLowerCase();
    if (ATTRIBUTES.has(key)) picked[key] = decodeEntities(value);
  }
  return picked;
}
