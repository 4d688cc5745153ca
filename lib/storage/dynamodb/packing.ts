import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** A row holds at most 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const PART_BYTES = 350 * 1024;
/** Of 0 to 11: see docs/decisions/051-editions-in-parts.md. */
const QUALITY = 5;

export interface Part {
  /** SHA-256 (hex) of its bytes. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A value as compressed JSON, in parts that each fit a row. The same value gives the same parts. */
export function pack(value: unknown): readonly Part[] {
  const bytes = brotliCompressSync(JSON.stringify(value), { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  const count = Math.ceil(bytes.length / PART_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const part = bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    return { name: createHash('sha256').update(part).digest('hex'), bytes: part };
  });
}

/** What `pack` packed. */
export function unpack<T>(parts: readonly Uint8Array[]): T {
  return JSON.parse(brotliDecompressSync(Buffer.concat(parts)).toString());
}
