import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '../../../lib/errors.ts';
import type { FeedSource } from '../../../lib/feeds/model.ts';
import { readOpml, writeOpml } from '../../../lib/feeds/opml.ts';
import { readFeedList } from '../../feed-input.ts';
import { option } from '../../options.ts';
import { count } from '../../terminal.ts';
import { feedSettings } from './settings.ts';

interface ListOptions {
  readonly config: string;
  readonly json?: boolean;
}

/** `dispatches feeds list` */
export function listCommand(): Command {
  return new Command('list')
    .summary('what is in the feed list')
    .description('Shows the feeds of the feed list.')
    .addOption(option.config())
    .addOption(option.json())
    .action(async ({ config, json }: ListOptions) => {
      const sources = await readFeedList((await feedSettings(config)).list);
      process.stdout.write(json ? `${JSON.stringify(sources, null, 2)}\n` : sources.map(describe).join(''));
    });
}

function describe({ url, title, lang, control }: FeedSource): string {
  return `${[title ?? url, lang ?? '--', control ? 'state media' : '', title ? url : ''].filter(Boolean).join('  ')}\n`;
}

/** `dispatches feeds import` */
export function importCommand(): Command {
  return new Command('import')
    .summary('add the feeds of an OPML file')
    .description('Adds the feeds of an OPML file to the feed list; those that are listed already stay as they are.')
    .argument('<file>', 'OPML file of another reader')
    .addOption(option.config())
    .action(async (file: string, { config }: ListOptions) => {
      const { list } = await feedSettings(config);
      const added = await addToList(list, readOpml(await readInput(file)));
      process.stdout.write(`${count(added, 'feed')} added to ${list}.\n`);
    });
}

/** `dispatches feeds export` */
export function exportCommand(): Command {
  return new Command('export')
    .summary('write the feed list as OPML')
    .description('Writes the feed list as OPML 2.0 to standard output, for another reader.')
    .addOption(option.config())
    .action(async ({ config }: ListOptions) => {
      process.stdout.write(writeOpml(await readFeedList((await feedSettings(config)).list)));
    });
}

async function readInput(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError(`There is no file ${file}.`, 'Look at its spelling.', { cause });
  });
}

/** Adds the sources that a feed list lacks, which is made if it is not there; gives their number. */
export async function addToList(list: string, sources: readonly FeedSource[]): Promise<number> {
  const text = await readFile(list, 'utf8').catch(() => undefined);
  const known = text === undefined ? [] : readOpml(text);
  const urls = new Set(known.map(({ url }) => url));
  const added = sources.filter(({ url }) => !urls.has(url));
  if (added.length > 0) await writeFile(list, writeOpml([...known, ...added]));
  return added.length;
}
