import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '../../lib/errors.ts';
import { explainDecision } from '../../lib/selection/explain.ts';
import { createSelector } from '../../lib/selection/selector.ts';

/** `dispatches explain <file>`: the score of an article or headline, with every reason and its weight. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Explain why an article would be picked or not: every reason with its weight')
    .argument('<file>', 'text file: the title on the first line, the article after it')
    .action(async (file: string) => {
      const article = toArticle(await read(file), file);
      process.stdout.write(`${explainDecision(createSelector().decide(article)).join('\n')}\n`);
    });
}

async function read(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError(`${file} cannot be read.`, 'Name a text file with the title on its first line.', { cause });
  });
}

function toArticle(text: string, file: string): { title: string; summary: string } {
  const [title = '', ...rest] = text.trim().split('\n');
  if (!title) throw new InputError(`${file} is empty.`, 'Put the title on the first line and the article after it.');
  return { title, summary: rest.join(' ').replace(/\s+/g, ' ').trim() };
}
