import { Command } from 'commander';
import { type Profile, profileVersion } from '../../../lib/selection/profile.ts';
import { option } from '../../options.ts';
import { type ByProfile, profileOf, profileOption } from '../../selector-of.ts';
import { line } from '../../summary.ts';
import { count, style } from '../../terminal.ts';
import { describeExemplar } from './describe.ts';
import { readExemplar, removeExemplar } from './folder.ts';

interface ListOptions extends ByProfile {
  readonly json?: boolean;
}

interface FolderOptions {
  readonly config: string;
}

export function listCommand(): Command {
  return new Command('list')
    .summary('the profile and its exemplars')
    .description('Says which profile decides, what it is made of and which exemplars it has.')
    .addOption(option.config())
    .addOption(profileOption())
    .addOption(option.json())
    .addHelpText('after', '\nExamples:\n  dispatches profile list')
    .action(async ({ json, ...by }: ListOptions) => {
      const profile = await profileOf(by);
      process.stdout.write(json ? `${JSON.stringify(inShort(profile), null, 2)}\n` : describe(profile));
    });
}

export function showCommand(): Command {
  return new Command('show')
    .summary('one exemplar, as it is stored')
    .description('Shows the file of an exemplar: concepts, names and words with their shares.')
    .addHelpText('after', '\nExamples:\n  dispatches profile show NAME')
    .argument('<name>', 'the exemplar')
    .addOption(option.config())
    .action(async (name: string, { config }: FolderOptions) => {
      process.stdout.write(await readExemplar(await folderOf(config), name));
    });
}

export function removeCommand(): Command {
  return new Command('remove')
    .summary('forget an exemplar')
    .description('Removes the file of an exemplar. What was decided with it stays as it was mailed.')
    .addHelpText('after', '\nExamples:\n  dispatches profile remove NAME')
    .argument('<name>', 'the exemplar')
    .addOption(option.config())
    .action(async (name: string, { config }: FolderOptions) => {
      await removeExemplar(await folderOf(config), name);
      process.stdout.write(`${name} is removed.\n`);
    });
}

async function folderOf(config: string): Promise<string> {
  const { profileFolderOf } = await import('../../../lib/config/load.ts');
  return profileFolderOf(config);
}

function inShort(profile: Profile): object {
  const { concepts, terms, threshold, conflicts, exemplars, model } = profile;
  const languages = Object.keys(terms).filter((lang) => lang !== 'any');
  return {
    version: profileVersion(profile),
    threshold,
    trained: model !== undefined,
    concepts,
    languages,
    conflicts,
    exemplars,
  };
}

function describe(profile: Profile): string {
  const { concepts, terms, threshold, exemplars, model } = profile;
  const labels = (negative: boolean) =>
    Object.values(concepts)
      .flatMap(({ kind, label }) => ((kind === 'negative') === negative ? [label] : []))
      .join(', ');
  return [
    `${style('bold', profileVersion(profile))}  picks from a score of ${threshold}, ${model ? 'weights trained' : 'weights as written'}\n`,
    line('For', labels(false)),
    line('Against', labels(true) || 'nothing'),
    line(
      'Words in',
      Object.keys(terms)
        .filter((lang) => lang !== 'any')
        .sort()
        .join(' '),
    ),
    line(
      'Examples',
      exemplars.length === 0 ? 'none: dispatches profile add ARTICLE' : count(exemplars.length, 'exemplar'),
    ),
    ...exemplars.map(describeExemplar),
  ].join('');
}
