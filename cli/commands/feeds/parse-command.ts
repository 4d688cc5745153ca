import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { parseBatch, parseDocument } from './parse.ts';

interface ParseOptions {
  readonly batch?: boolean;
  readonly json?: boolean;
  readonly contentType?: string;
  readonly base?: string;
}

/** `dispatches feeds parse`: how a document is read, from standard input, without the network. */
export function parseCommand(): Command {
  return new Command('parse')
    .summary('show how a feed document is read')
    .description(
      'Reads a feed document from standard input by the same path as the deployed function. Fetches nothing.',
    )
    .option('--json', 'write the feed as JSON (the default)')
    .option('--batch', 'read requests instead: one {"file", "contentType", "base", "contentEncoding"} a line')
    .option('--content-type <value>', 'the Content-Type header that the document came with')
    .option('--base <address>', 'the address that the document came from')
    .addHelpText('after', '\nExample:\n  dispatches feeds parse --base https://example.org/news.xml < news.xml')
    .action(async ({ batch, contentType, base }: ParseOptions) => {
      const write = (line: string) => process.stdout.write(line);
      if (batch) {
        await parseBatch(createInterface({ input: process.stdin }), write);
        return;
      }
      const answer = await parseDocument(Readable.from(process.stdin), {
        contentType: contentType ?? null,
        base: base ?? null,
      });
      write(`${JSON.stringify(answer, null, 2)}\n`);
      if ('error' in answer) process.exitCode = 1;
    });
}
