import { Command } from 'commander';
import { addCommand } from './profile/add.ts';
import { listCommand, removeCommand, showCommand } from './profile/look.ts';

/** `dispatches profile ...`: what the digest is about, as data that an operator can read and add to. */
export function profileCommand(): Command {
  return new Command('profile')
    .description('What is picked: the profile, and the example articles that more or less is wanted of.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(removeCommand())
    .addHelpText(
      'after',
      '\nExamples:\n  dispatches profile list\n  dispatches profile add article.txt --negative --name airshow',
    );
}
