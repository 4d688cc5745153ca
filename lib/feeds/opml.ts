import { InputError } from '../errors.ts';
import type { Attributes } from './attributes.ts';
import { decodeEntities, dropForbidden, escapeMarkup } from './entities.ts';
import type { FeedSource } from './model.ts';
import { tokenise } from './tokens.ts';
import { webUrl } from './urls.ts';

/**
 * Reads a feed list (OPML 1.0 or 2.0). Outlines with `xmlUrl` are feeds, at any depth; the others are folders.
 * Attributes: `title` or `text`, `xmlUrl`, `language`, `family`, `control="state"`. A feed listed twice counts once.
 * @throws InputError naming the line when it is no OPML, an address is not http(s) or `control` is unknown.
 */
export function readOpml(text: string): readonly FeedSource[] {
  const sources = new Map<string, FeedSource>();
  let isOpml = false;
  const ignore = () => {};
  const open = (name: string, attributes: Attributes, _selfClosing: boolean, at: number) => {
    if (name.toLowerCase() === 'opml') isOpml = true;
    if (!isOpml || name.toLowerCase() !== 'outline') return;
    const source = sourceOf(attributes, () => lineAt(text, at));
    if (source && !sources.has(source.url)) sources.set(source.url, source);
  };
  tokenise(text, { open, close: ignore, text: ignore, cdata: ignore });
  if (!isOpml) {
    throw new InputError('This is no feed list: line 1 begins no <opml> document.', 'Give an OPML file.');
  }
  return [...sources.values()];
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

function sourceOf(attributes: Attributes, line: () => number): FeedSource | undefined {
  const get = (name: string) => dropForbidden(decodeEntities(attributes.get(name) ?? '')).trim();
  const address = get('xmlUrl') || get('xmlurl');
  if (!address) return undefined;
  const url = webUrl(address);
  if (!url) throw new InputError(`Line ${line()}: "${address}" is no web address.`, 'Write xmlUrl="https://…".');
  const control = get('control');
  if (control && control !== 'state') {
    throw new InputError(`Line ${line()}: control="${control}" is unknown.`, 'Write control="state" or leave it out.');
  }
  return {
    url,
    ...part('title', get('title') || (get('text') === address ? '' : get('text'))),
    ...part('lang', get('language')),
    ...part('family', get('family')),
    ...(control ? { control: 'state' as const } : {}),
  };
}

function part<K extends string>(key: K, value: string): { [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]: string }) : {};
}

/** The same list as OPML 2.0; `readOpml` gives it back unchanged. */
export function writeOpml(sources: readonly FeedSource[]): string {
  const head = '  <head>\n    <title>Feeds</title>\n  </head>\n';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n${head}  <body>\n${outlines(sources)}  </body>\n</opml>\n`;
}

/** An OPML text with these feeds at the end of its body; comments, folders and other attributes stay as they are. */
export function appendToOpml(text: string, sources: readonly FeedSource[]): string {
  const end = text.lastIndexOf('</body>');
  if (end < 0) return writeOpml([...readOpml(text), ...sources]);
  const head = text.slice(0, end).trimEnd();
  return `${head}\n${outlines(sources)}  ${text.slice(end)}`;
}

function outlines(sources: readonly FeedSource[]): string {
  return sources.map((source) => `    <outline ${outlineAttributes(source)}/>\n`).join('');
}

function outlineAttributes(source: FeedSource): string {
  const attributes: [string, string | undefined][] = [
    ['type', 'rss'],
    ['text', source.title ?? source.url],
    ['title', source.title],
    ['xmlUrl', source.url],
    ['language', source.lang],
    ['family', source.family],
    ['control', source.control],
  ];
  return attributes.flatMap(([name, value]) => (value ? [`${name}="${escapeMarkup(value)}"`] : [])).join(' ');
}
