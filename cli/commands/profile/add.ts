import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Exemplar } from '../../../lib/selection/exemplars/model.ts';
import { chooseArticle, isAddress, readArticles } from '../../article/read.ts';
import { option } from '../../options.ts';
import { profileOf } from '../../selector-of.ts';
import { describeExemplar } from './describe.ts';
import { writeExemplar } from './folder.ts';

interface AddOptions {
  readonly config: string;
  readonly negative?: boolean;
  readonly name?: string;
  readonly item?: number;
}

/** `dispatches profile add`: an example article becomes an exemplar in the profile's folder. */
export function addCommand(): Command {
  return new Command('add')
    .summary('more like this article (or, with --negative, less)')
    .description(
      'Turns an example article into an exemplar: its concepts, names and rare words, not its text. Items like it score higher.',
    )
    .argument('<where>', 'web address or file: an article, or a feed with --item')
    .option('--negative', 'items like it score lower')
    .option('--name <name>', 'name of the exemplar (default: what it is about)')
    .option('--item <number>', 'which item of a feed', itemNumber)
    .addOption(option.config())
    .addHelpText(
      'after',
      '\nExample:\n  dispatches profile add https://example.org/2026/liberated-town --name liberated-town',
    )
    .action(async (where: string, options: AddOptions) => {
      const { makeExemplar } = await import('../../../lib/selection/exemplars/make.ts');
      const { profileFolderOf } = await import('../../../lib/config/load.ts');
      const folder = await profileFolderOf(options.config);
      await mkdir(folder, { recursive: true });
      const article = chooseArticle(await readArticles(where, options.config), where, options.item);
      const exemplar: Exemplar = makeExemplar(await profileOf(options), article, {
        negative: options.negative ?? false,
        source: isAddress(where) ? where : basename(where),
        ...(options.name && { name: options.name }),
      });
      const file = await writeExemplar(folder, exemplar);
      process.stdout.write(`${describeExemplar(exemplar)}Written to ${file}: read it, edit it, keep it in git.\n`);
    });
}

export function itemNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('Write a number from 1.');
}
