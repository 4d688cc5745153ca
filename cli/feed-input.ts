import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError, InputError } from '../lib/errors.ts';
import type { FeedSource } from '../lib/feeds/model.ts';
import { readOpml } from '../lib/feeds/opml.ts';

/** A feed document that lies on this machine. */
export interface FeedFile {
  readonly source: FeedSource;
  readonly bytes: Uint8Array;
}

/** What `--feeds` names: addresses to fetch and documents that are here already. */
export interface FeedInput {
  readonly sources: readonly FeedSource[];
  readonly files: readonly FeedFile[];
}

const FEED_NAME = /\.(xml|rss|atom|rdf|json|feed)$/i;

/**
 * Reads the arguments of `--feeds`.
 * @throws InputError when one is not there or nothing in them is a feed
 */
export async function readFeedInput(places: readonly string[]): Promise<FeedInput> {
  const parts = await Promise.all(places.map(readPlace));
  const input = { sources: parts.flatMap((part) => part.sources), files: parts.flatMap((part) => part.files) };
  if (input.sources.length + input.files.length > 0) return input;
  throw new InputError(
    `There are no feeds in ${places.join(', ')}.`,
    'Give an OPML file, feed files or web addresses.',
  );
}

/**
 * The feeds of the publication.
 * @throws ConfigError when the list is missing or empty
 */
export async function readFeedList(file: string): Promise<readonly FeedSource[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`There is no feed list ${file}.`, 'Correct "feeds" in the configuration.', { cause });
  });
  const sources = readOpml(text);
  if (sources.length > 0) return sources;
  throw new ConfigError(`${file} lists no feeds.`, 'Add outlines like <outline text="News" xmlUrl="https://…"/>.');
}

async function readPlace(place: string): Promise<FeedInput> {
  if (/^https?:\/\//i.test(place)) return { sources: [{ url: webAddress(place) }], files: [] };
  const found = await stat(place).catch((cause: unknown) => {
    throw new InputError(`${place} is neither a file, a folder nor a web address.`, 'Look at its spelling.', { cause });
  });
  if (found.isDirectory()) return { sources: [], files: await readFolder(place) };
  const bytes = await readFile(place);
  if (bytes.subarray(0, 2048).includes('<opml')) return { sources: readOpml(bytes.toString('utf8')), files: [] };
  return { sources: [], files: [feedFile(place, basename(place), bytes)] };
}

async function readFolder(folder: string): Promise<readonly FeedFile[]> {
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => FEED_NAME.test(name)).sort();
  return Promise.all(
    paths.map(async (name) => {
      const path = join(folder, name);
      return feedFile(path, relative(folder, path), await readFile(path));
    }),
  );
}

function feedFile(path: string, title: string, bytes: Uint8Array): FeedFile {
  return { source: { url: pathToFileURL(path).href, title }, bytes };
}

function webAddress(text: string): string {
  if (!URL.canParse(text))
    throw new InputError(`"${text}" is no web address.`, 'Write one like https://example.org/feed.');
  return new URL(text).href;
}
