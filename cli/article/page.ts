import { decodeEntities } from '../../lib/feeds/entities.ts';
import { plainText } from '../../lib/feeds/plain-text.ts';
import { tokenise } from '../../lib/feeds/tokens.ts';

export interface Text {
  readonly title: string;
  readonly text: string;
}

/** Shorter paragraphs are captions, names and buttons. */
const PARAGRAPH = 40;

/** The title and the paragraphs of an article's web page; empty strings where there are none. */
export function readPage(html: string): Text {
  const named = nameOf(html);
  const body = /<article\b[\s\S]*<\/article>/i.exec(html)?.[0] ?? html;
  const paragraphs = [...body.matchAll(/<p\b[^>]*>([\s\S]*?)<\/p>/gi)].map(([, inner = '']) => plainText(inner));
  const text = paragraphs.filter(({ length }) => length >= PARAGRAPH).join(' ');
  return { title: named.title, text: text || named.description || plainText(body) };
}

/** What a page says of itself to those that link to it, else its `title` or first heading. */
function nameOf(html: string): { readonly title: string; readonly description: string } {
  const meta = new Map<string, string>();
  tokenise(html, {
    open: (name, attributes) => {
      const key = attributes.get('property') ?? attributes.get('name');
      if (/^meta$/i.test(name) && key) meta.set(key.toLowerCase(), decodeEntities(attributes.get('content') ?? ''));
    },
    close: () => {},
    text: () => {},
    cdata: () => {},
  });
  const within = (tag: string) =>
    plainText(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}>`, 'i').exec(html)?.[1] ?? '');
  return {
    title: meta.get('og:title')?.trim() || within('h1') || within('title'),
    description: meta.get('og:description') ?? meta.get('description') ?? '',
  };
}
