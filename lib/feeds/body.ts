import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { FeedError } from './feed-error.ts';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

export const ACCEPT_ENCODING = 'gzip, br, zstd';

/**
 * Reads a body to its end, undoing at most one content coding. Counts bytes while they stream, before and after
 * decompression, so that neither an endless body nor a bomb is ever held in memory.
 * A body that is gzip without saying so is unpacked, too.
 * @throws FeedError `too-large` beyond `maxBytes`, `encoding` for an unknown, nested or broken coding
 */
export async function readBody(
  source: Readable,
  contentEncoding: string | undefined,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const decoder = decoderFor(contentEncoding);
  const chunks: Buffer[] = [];
  const limit = (stage: AsyncIterable<Buffer>) => limited(stage, maxBytes);
  const collect = async (decoded: AsyncIterable<Buffer>) => {
    for await (const chunk of limit(decoded)) chunks.push(chunk);
  };
  const options = signal ? { signal } : {};
  try {
    if (decoder) await pipeline(source, limit, decoder, collect, options);
    else await pipeline(source, collect, options);
  } catch (cause) {
    throw isZlib(cause) ? broken(contentEncoding, cause) : cause;
  }
  const body = Buffer.concat(chunks);
  const isHiddenGzip = !decoder && body[0] === 0x1f && body[1] === 0x8b;
  return isHiddenGzip ? readBody(Readable.from([body]), 'gzip', maxBytes, signal) : body;
}

async function* limited(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

/** What is told of a body over the bound, whether its length said so or its bytes did. */
export function tooLarge(maxBytes: number): FeedError {
  const size = `${Math.round(maxBytes / 1_048_576)} MiB`;
  return new FeedError('too-large', `It is larger than ${size}.`, 'Ask the publisher for a shorter feed.');
}

function decoderFor(contentEncoding: string | undefined): Transform | undefined {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  const real = codings.filter((coding) => coding && coding !== 'identity');
  const [coding] = real;
  if (!coding) return undefined;
  const create = real.length === 1 && Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (!create) throw broken(contentEncoding);
  return create();
}

function isZlib(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD|ZSTD_|ERR_PADDING)|BROTLI/.test(code);
}

function broken(contentEncoding: string | undefined, cause?: unknown): FeedError {
  const what = `The body is not what its Content-Encoding (${contentEncoding}) says, or that is not supported.`;
  return new FeedError('encoding', what, 'Tell the publisher; supported are gzip, br and zstd.', { cause });
}
