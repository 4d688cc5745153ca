import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '../../../lib/errors.ts';
import type { FeedSource, FeedState } from '../../../lib/feeds/model.ts';
import { appendToOpml, readOpml, writeOpml } from '../../../lib/feeds/opml.ts';
import { readFeedList } from '../../feed-input.ts';
import type { Where } from '../../open-place.ts';
import { hasState } from '../../open-state.ts';
import { option, whereOptions } from '../../options.ts';
import { count, style } from '../../terminal.ts';
import { feedSettings } from './settings.ts';

interface ListOptions extends Where {
  readonly json?: boolean;
}

/** A feed of the list, with what this machine or the stage remembers of reading it. */
interface Listed extends FeedSource {
  readonly health?: Pick<FeedState, 'lastSuccess' | 'nextFetch' | 'failures' | 'problem' | 'retired'>;
}

/** `dispatches feeds list` */
export function listCommand(): Command {
  const command = new Command('list')
    .summary('what is in the feed list, and how each feed is')
    .description('Shows the feeds of the feed list, with what this machine, or a stage, remembers of reading them.')
    .addOption(option.json())
    .addHelpText('after', '\nExamples:\n  dispatches feeds list\n  dispatches feeds list --stage prod --json')
    .action(async ({ json, ...where }: ListOptions) => {
      const sources = await readFeedList((await feedSettings(where.config)).list);
      const listed = await withHealth(sources, where);
      process.stdout.write(json ? `${JSON.stringify(listed, null, 2)}\n` : listed.map(describe).join(''));
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}

/** A machine that has read nothing yet has no state: then there is only the list. */
async function withHealth(sources: readonly FeedSource[], where: Where): Promise<readonly Listed[]> {
  if (where.stage === undefined && !hasState(where.state)) return sources;
  const { inPlace } = await import('../../open-place.ts');
  const known = await inPlace(where, ({ stores }) => stores.feeds.listStates());
  const states = new Map(known.map((state) => [state.url, state]));
  return sources.map((source) => ({ ...source, ...healthOf(states.get(source.url)) }));
}

function healthOf(state: FeedState | undefined): Pick<Listed, 'health'> {
  if (!state) return {};
  const { lastSuccess, nextFetch, failures, problem, retired } = state;
  const said = { ...(lastSuccess && { lastSuccess }), ...(problem && { problem }), ...(retired && { retired }) };
  return { health: { ...said, nextFetch, failures } };
}

function describe({ url, title, lang, control, health }: Listed): string {
  const first = [title ?? url, lang ?? '--', control ? 'state media' : '', title ? url : ''].filter(Boolean).join('  ');
  return [first, ...(health ? healthLines(health) : [])].map((line) => `${line}\n`).join('');
}

function healthLines({ lastSuccess, nextFetch, failures, problem, retired }: NonNullable<Listed['health']>): string[] {
  const read = lastSuccess ? `read ${lastSuccess}` : 'never read';
  const next = `${retired ? 'retired, once more ' : 'next '}${nextFetch}`;
  const facts = [read, ...(failures > 0 ? [`${count(failures, 'failure')} in a row`] : []), next].join(', ');
  return [facts, ...(problem ? [problem] : [])].map((line) => `     ${style('dim', line)}`);
}

/** `dispatches feeds import` */
export function importCommand(): Command {
  return new Command('import')
    .summary('add the feeds of an OPML file')
    .description('Adds the feeds of an OPML file to the feed list; those that are listed already stay as they are.')
    .argument('<file>', 'OPML file of another reader')
    .addHelpText('after', '\nExamples:\n  dispatches feeds import reader.opml')
    .addOption(option.config())
    .action(async (file: string, { config }: ListOptions) => {
      const { list } = await feedSettings(config);
      const added = await addToList(list, readOpml(await readInput(file)));
      process.stdout.write(`${addedTo(list, added)}\n`);
    });
}

/** `dispatches feeds export` */
export function exportCommand(): Command {
  return new Command('export')
    .summary('write the feed list as OPML')
    .description('Writes the feed list as OPML 2.0 to standard output, for another reader.')
    .addHelpText('after', '\nExamples:\n  dispatches feeds export > feeds.opml')
    .addOption(option.config())
    .action(async ({ config }: ListOptions) => {
      process.stdout.write(writeOpml(await readFeedList((await feedSettings(config)).list)));
    });
}

/** What became of feeds that were to be added. */
export function addedTo(list: string, added: number): string {
  return added === 0 ? `Nothing to add: ${list} has it already.` : `${count(added, 'feed')} added to ${list}.`;
}

async function readInput(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError(`There is no file ${file}.`, 'Look at its spelling.', { cause });
  });
}

/** Adds the sources that a feed list lacks, at its end; the list is made if it is not there. Gives their number. */
export async function addToList(list: string, sources: readonly FeedSource[]): Promise<number> {
  const text = await readFile(list, 'utf8').catch(() => undefined);
  const known = text === undefined ? [] : readOpml(text);
  const urls = new Set(known.map(({ url }) => url));
  const added = sources.filter(({ url }) => !urls.has(url));
  if (added.length > 0) await writeFile(list, text === undefined ? writeOpml(added) : appendToOpml(text, added));
  return added.length;
}
