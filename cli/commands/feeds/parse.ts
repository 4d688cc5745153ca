import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { adviceFor } from '../../../lib/errors.ts';
import { readBody } from '../../../lib/feeds/body.ts';
import { FeedError } from '../../../lib/feeds/feed-error.ts';
import { DEFAULT_MAX_BYTES } from '../../../lib/feeds/fetch.ts';
import type { ParsedFeed } from '../../../lib/feeds/model.ts';
import { parseFeed } from '../../../lib/feeds/parse.ts';

/** One document to parse, by the same path as the deployed function; nothing is fetched. */
export interface ParseRequest {
  readonly id?: string;
  readonly file: string;
  readonly contentType?: string | null;
  readonly contentEncoding?: string | null;
  readonly base?: string | null;
}

export type ParseAnswer = ParsedFeed | { readonly error: string; readonly code: string };

/** The feed, or why it is none. Never throws for the document's sake. */
export async function parseDocument(body: Readable, request: Omit<ParseRequest, 'file'>): Promise<ParseAnswer> {
  try {
    const bytes = await readBody(body, request.contentEncoding ?? undefined, DEFAULT_MAX_BYTES);
    return await parseFeed(bytes, request);
  } catch (error) {
    return { error: adviceFor(error), code: error instanceof FeedError ? error.code : 'bug' };
  }
}

/** One JSON request a line in, one JSON answer a line out, in order, each at once. */
export async function parseBatch(lines: AsyncIterable<string>, write: (line: string) => void): Promise<void> {
  for await (const line of lines) {
    if (line.trim()) write(`${JSON.stringify(await answerLine(line))}\n`);
  }
}

async function answerLine(line: string): Promise<ParseAnswer & { readonly id?: string }> {
  try {
    const request = JSON.parse(line) as ParseRequest;
    const id = request.id === undefined ? {} : { id: request.id };
    return { ...id, ...(await parseDocument(createReadStream(request.file), request)) };
  } catch (error) {
    return { error: adviceFor(error), code: 'request' };
  }
}
