import { Command } from 'commander';
import { addCommand, exportCommand, importCommand, tidyCommand } from './subscribers/lists.ts';
import { type WithReaders, withReadersOf } from './subscribers/open.ts';
import { eraseCommand, listCommand, showCommand, suppressCommand, unsuppressCommand } from './subscribers/people.ts';

/** `dispatches subscribers ...`: the readers by hand. @param open where they are; this machine's state by default */
export function subscribersCommand(withReaders: WithReaders = withReadersOf): Command {
  const command = new Command('subscribers').description('The readers by hand: who is in, lists in and out, erasure.');
  for (const make of [
    listCommand,
    addCommand,
    importCommand,
    exportCommand,
    showCommand,
    eraseCommand,
    suppressCommand,
    unsuppressCommand,
    tidyCommand,
  ]) {
    command.addCommand(make(withReaders));
  }
  return command.addHelpText(
    'after',
    '\nExamples:\n  dispatches subscribers list --status active\n  dispatches subscribers export > readers.csv',
  );
}
