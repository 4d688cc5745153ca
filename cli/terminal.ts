import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import type { Progress } from '../lib/types.ts';

type Stream = NodeJS.WriteStream;
type Format = Parameters<typeof styleText>[0];

/** Coloured text for a terminal; plain for a pipe, a file, or when NO_COLOR is set. */
export function style(format: Format, text: string, stream: Stream = process.stdout): string {
  return styleText(format, text, { stream });
}

/** `1 feed`, `3 feeds`; the plural is given when it is not the word with an s. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/**
 * Shows how far a long job is on `stream`: one line rewritten in place on a terminal, otherwise one line per step when
 * it is complete, so that a log stays readable.
 */
export function createProgress(stream: Stream = process.stderr): Progress {
  let open = false;
  return (step, done, total) => {
    const complete = done >= total;
    if (!stream.isTTY) {
      if (complete) stream.write(`${step} ${done}/${total}\n`);
      return;
    }
    const filled = total === 0 ? 20 : Math.round((Math.min(done, total) / total) * 20);
    const bar = style('cyan', '━'.repeat(filled), stream) + style('dim', '━'.repeat(20 - filled), stream);
    stream.write(`${open ? '\r\u001b[2K' : ''}${bar} ${step} ${done}/${total}${complete ? '\n' : ''}`);
    open = !complete;
  };
}

/** Asks a yes-or-no question; no when nobody is there to answer. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    process.stderr.write(`${question}\n`);
    return false;
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}
