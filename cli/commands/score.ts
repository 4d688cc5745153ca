import { createInterface } from 'node:readline';
import { Command } from 'commander';
import type { Selector } from '../../lib/selection/selector.ts';
import { option } from '../options.ts';
import { type ByProfile, profileOption, selectorOf } from '../selector-of.ts';
import { readInputItem } from './input-item.ts';

/** `dispatches score --batch`: one decision per line of NDJSON, in order. */
export function scoreCommand(): Command {
  return new Command('score')
    .description('Score items: NDJSON {id, title, summary} in, one decision a line out')
    .requiredOption('--batch', 'read items from standard input until it ends')
    .addOption(option.config())
    .addOption(profileOption())
    .addHelpText('after', '\nExample:\n  dispatches score --batch < items.ndjson')
    .action(async (by: ByProfile) => {
      const selector = await selectorOf(by);
      for await (const line of createInterface({ input: process.stdin }))
        if (line.trim()) process.stdout.write(`${JSON.stringify(scoreLine(selector, line))}\n`);
    });
}

function scoreLine(selector: Selector, line: string): object {
  const input = readInputItem(line);
  if ('error' in input) return input;
  const { picked, score, lang, reasons } = selector.decide({ ...input, link: input.url });
  return { id: input.id, score, picked, lang, reasons };
}
