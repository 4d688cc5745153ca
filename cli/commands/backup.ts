import { join } from 'node:path';
import { Command } from 'commander';
import { option } from '../options.ts';

export function backupCommand(): Command {
  return new Command('backup')
    .description(
      'Copies the database of this machine, as it is at one moment, into a new file. Others may go on working.',
    )
    .argument('<file>', 'the copy; it must not exist yet')
    .addOption(option.state())
    .addHelpText('after', '\nExamples:\n  dispatches backup monday.sqlite')
    .action(async (file: string, { state }: { state: string }) => {
      const { backup } = await import('../../lib/storage/sqlite/backup.ts');
      backup(join(state, 'dispatches.sqlite'), file);
      process.stdout.write(
        `Copied into ${file}. It holds the addresses of readers: keep it private.\n` +
          `Keep ${join(state, 'keys.json')} too: without it the links in mails that were sent lead nowhere.\n`,
      );
    });
}
