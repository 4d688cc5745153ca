/** Namespace addresses without protocol, letter case and trailing `/` or `#`: publishers vary in all of these. */
const PREFIX_OF_NAMESPACE: Readonly<Record<string, string>> = {
  '': '',
  'purl.org/rss/1.0': '',
  'purl.org/net/rss1.1': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'backend.userland.com/rss091': '',
  'backend.userland.com/rss092': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'my.netscape.com/publish/formats/rss-0.91.dtd': '',
  'www.w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'search.yahoo.com/mrss': 'media',
  'search.yahoo.com/mrss/1.0': 'media',
  'video.search.yahoo.com/mrss': 'media',
  'tools.search.yahoo.com/mrss': 'media',
  'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'www.google.com/schemas/play-podcasts/1.0': 'googleplay',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'www.w3.org/1999/xhtml': 'xhtml',
  'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
};

const KNOWN_PREFIXES = new Set(Object.values(PREFIX_OF_NAMESPACE).filter(Boolean));

/** The prefix this code uses for a namespace, or undefined when it does not know it. */
export function prefixOf(namespace: string): string | undefined {
  const address = namespace
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]+$/, '');
  return Object.hasOwn(PREFIX_OF_NAMESPACE, address) ? PREFIX_OF_NAMESPACE[address] : undefined;
}

/** A prefix that has one meaning here: it counts without a declaration too. */
export function isKnownPrefix(prefix: string): boolean {
  return KNOWN_PREFIXES.has(prefix);
}

/**
 * How an element of a feed or item is read: `markup` may hold HTML, `record` is attributes, text and simple children
 * (an author's name), `through` is only a wrapper (its attributes count, its children belong to the item).
 */
export type Kind = 'markup' | 'record' | 'through';

const names = (kind: Kind, list: string): [string, Kind][] => list.split(' ').map((name) => [name, kind]);

/** Every element that is read, by its name in our prefixes, in small letters. */
export const FIELDS: ReadonlyMap<string, Kind> = new Map([
  ...names('markup', 'title atom:title dc:title media:title itunes:title'),
  ...names('markup', 'description atom:summary atom:content content:encoded encoded summary content'),
  ...names('markup', 'dc:description dcterms:abstract media:description itunes:summary itunes:subtitle'),
  ...names('markup', 'googleplay:description xhtml:body xhtml:div body fullitem'),
  ...names(
    'record',
    'link atom:link feedburner:origlink feedburner:origenclosurelink guid atom:id id dc:identifier enclosure',
  ),
  ...names('record', 'pubdate atom:published atom:updated atom:issued atom:modified atom:created date published'),
  ...names('record', 'updated dc:date dcterms:issued dcterms:created dcterms:modified'),
  ...names('record', 'author atom:author dc:creator dc:author itunes:author googleplay:author media:credit'),
  ...names('record', 'managingeditor image media:thumbnail itunes:image googleplay:image ttl skiphours'),
  ...names('through', 'media:group media:content'),
]);

/** Names that also occur inside HTML, so that they never end a body. */
const ALSO_HTML = /^(?:atom:)?(?:title|link|summary|content|author|id|image|body|date|source|description)$|^xhtml:/;

/** Whether the start of `name` inside an open `field` shows that the field's end was forgotten. */
export function endsField(field: string, name: string): boolean {
  if (isItem(name)) return true;
  if (!FIELDS.has(name) || name.startsWith('xhtml:')) return false;
  return isTitle(field) || FIELDS.get(field) === 'record' || !ALSO_HTML.test(name);
}

/** Of any vocabulary. */
export function isTitle(name: string): boolean {
  return name === 'title' || name.endsWith(':title');
}

/** An item of RSS or an entry of Atom, with or without its namespace. */
export function isItem(name: string): boolean {
  return name === 'item' || name === 'atom:entry' || name === 'entry';
}

/** A child of a record that becomes an attribute of it. */
export function isPart(name: string): boolean {
  return /(?:^|:)(?:name|email|url|hour)$/.test(name);
}

/** Unescaped HTML between the elements of an item: it has no end tag and holds nothing. */
export function isStray(name: string): boolean {
  return /^(?:br|hr|img|wbr)$/.test(name);
}
