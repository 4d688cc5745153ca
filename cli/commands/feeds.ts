import { Command } from 'commander';
import { addCommand } from './feeds/add.ts';
import { checkCommand } from './feeds/check.ts';
import { exportCommand, importCommand, listCommand } from './feeds/lists.ts';
import { parseCommand } from './feeds/parse-command.ts';

/** `dispatches feeds …`: everything an operator does with feeds. */
export function feedsCommand(): Command {
  return new Command('feeds')
    .description('Looks after the feeds: adds, checks and lists them, and shows how a document is read.')
    .addHelpText('after', '\nExamples:\n  dispatches feeds check\n  dispatches feeds add news.example.org')
    .addCommand(checkCommand())
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand())
    .addCommand(parseCommand());
}
