import { readFile } from 'node:fs/promises';
import { InputError } from '../../lib/errors.ts';
import { decode } from '../../lib/feeds/decode.ts';
import { FeedError } from '../../lib/feeds/feed-error.ts';
import { fetchFeed } from '../../lib/feeds/fetch.ts';
import type { ParsedFeed } from '../../lib/feeds/model.ts';
import { parseFeed } from '../../lib/feeds/parse.ts';
import { plainText } from '../../lib/feeds/plain-text.ts';
import { feedSettings } from '../commands/feeds/settings.ts';
import { readPage, type Text } from './page.ts';

export const isAddress = (where: string): boolean => /^https?:\/\//i.test(where);

/**
 * The articles of an address or a file: the one of a web page or a text (title on its first line), all items of a feed.
 * @throws InputError when it cannot be read or says nothing
 */
export async function readArticles(where: string, config: string): Promise<readonly Text[]> {
  const { bytes, contentType } = isAddress(where) ? await fetchPage(where, config) : await readBytes(where);
  const feed = await feedIn(bytes, contentType);
  const articles = feed ? textsOf(feed) : [textOf(decode(bytes, contentType).text)];
  if (articles.length > 0 && articles.every(({ title }) => title)) return articles;
  throw new InputError(
    `${where} holds no article.`,
    'Name a web page, a feed, or a text file with the title on its first line.',
  );
}

/**
 * One article of them.
 * @param number which item of a feed, counted from 1
 * @throws InputError when there are several and none was chosen
 */
export function chooseArticle(articles: readonly Text[], where: string, number?: number): Text {
  const chosen = articles[(number ?? 1) - 1];
  if (chosen && (number !== undefined || articles.length === 1)) return chosen;
  const list = articles.map(({ title }, i) => `  ${i + 1}  ${title}`).join('\n');
  throw new InputError(`${where} is a feed of ${articles.length} items:\n${list}\n`, 'Choose one with --item NUMBER.');
}

interface Page {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
}

async function fetchPage(address: string, config: string): Promise<Page> {
  const { fetcher } = await feedSettings(config);
  const here = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(URL.parse(address)?.hostname ?? '');
  const { bytes, headers } = await fetchFeed(address, {}, { ...fetcher, allowLoopback: fetcher.allowLoopback || here });
  return { bytes: bytes ?? new Uint8Array(), contentType: headers['content-type'] ?? null };
}

async function readBytes(file: string): Promise<Page> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new InputError(`${file} cannot be read.`, 'Name a web address, or a file: a page, a feed or a text.', {
      cause,
    });
  });
  return { bytes, contentType: null };
}

async function feedIn(bytes: Uint8Array, contentType: string | null): Promise<ParsedFeed | undefined> {
  try {
    return await parseFeed(bytes, { contentType });
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}

function textsOf(feed: ParsedFeed): Text[] {
  return feed.items.map(({ title, summary, content }) => {
    const text = plainText(summary ?? content ?? '');
    return { title: title ?? text.slice(0, 100), text };
  });
}

function textOf(document: string): Text {
  if (/<(?:!doctype\s+html|html|head|body|article|p)\b/i.test(document.slice(0, 10_000))) return readPage(document);
  const [title = '', ...rest] = document.trim().split('\n');
  return { title: title.trim(), text: rest.join(' ').replace(/\s+/g, ' ').trim() };
}
