import { join } from 'node:path';
import { Command } from 'commander';
import { agree } from '../agree.ts';
import { option } from '../options.ts';

const CONSEQUENCES = `Nobody knows what was mailed after the backup. So what was under way when it was made is not mailed any more: its
editions are closed, mails that waited expire, mails that were being sent become uncertain.
Readers are as they were: who left or complained since is in again, so take them out before the next edition
(dispatches subscribers suppress ADDRESS). Nothing at all is mailed from it until you say: dispatches resume.
`;

interface RestoreOptions {
  readonly state: string;
  readonly yes?: boolean;
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Puts a backup in the place of a database that is gone or was moved away.')
    .argument('<file>', 'made by dispatches backup')
    .addOption(option.state())
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `\n${CONSEQUENCES}\nExamples:\n  dispatches restore monday.sqlite\n  dispatches restore monday.sqlite --state other`,
    )
    .action(async (file: string, { state, yes }: RestoreOptions) => {
      const { restore } = await import('../../lib/storage/sqlite/backup.ts');
      process.stderr.write(CONSEQUENCES);
      await agree(`Restore ${file} into ${state}?`, yes);
      restore(file, join(state, 'dispatches.sqlite'), new Date().toISOString());
      process.stdout.write(
        `Restored into ${state}. Put back the keys.json that belongs to it, when it is not there.\n`,
      );
    });
}
