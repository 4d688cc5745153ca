export const LESS = 0x3c;
export const GREATER = 0x3e;
export const SLASH = 0x2f;
const SPACES = [9, 10, 12, 13, 32];

/** For each character of ASCII whether it ends a run of characters; those beyond end nothing but white space. */
export interface Ending {
  readonly ascii: Uint8Array;
  readonly beyond: boolean;
}

function endedBy(...codes: readonly number[]): Ending {
  const ascii = new Uint8Array(128);
  for (const code of codes) ascii[code] = 1;
  return { ascii, beyond: false };
}

function endedByAllBut(...codes: readonly number[]): Ending {
  return { ascii: new Uint8Array(128).map((_, code) => (codes.includes(code) ? 0 : 1)), beyond: true };
}

export const NAME_END = endedBy(...SPACES, SLASH, LESS, GREATER, 0x3d, 0x22, 0x27);
export const UNQUOTED_END = endedBy(...SPACES, LESS, GREATER);
export const TAG_END = endedBy(LESS, GREATER);
export const SPACE_END = endedByAllBut(...SPACES);
/** Between attributes a slash counts as white space. */
export const GAP_END = endedByAllBut(...SPACES, SLASH);

/** A place in a text that moves on. */
export class Cursor {
  readonly text: string;
  at = 0;
  readonly #found = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
  }

  /** The character code here, NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  skip({ ascii, beyond }: Ending): void {
    const { text } = this;
    let { at } = this;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 128 ? ascii[code] === 1 : beyond) break;
    }
    this.at = at;
  }

  /** What stands from here to the end of the run. */
  take(ending: Ending): string {
    const start = this.at;
    this.skip(ending);
    return this.text.slice(start, this.at);
  }

  /** Like indexOf, but a search that went far, or to the end, is not made again: floods would make it quadratic. */
  find(needle: string, from: number): number {
    const before = this.#found.get(needle);
    if (before !== undefined && (before < 0 || before >= from)) return before;
    const found = this.text.indexOf(needle, from);
    this.#found.set(needle, found);
    return found;
  }

  /** The same for what is near if it is there at all: only that it is nowhere is remembered. */
  findNear(needle: string, from: number): number {
    if (this.#found.get(needle) === -1) return -1;
    const found = this.text.indexOf(needle, from);
    if (found < 0) this.#found.set(needle, -1);
    return found;
  }
}
