import { Command } from 'commander';
import { listCommand, reportCommand } from './edition/books.ts';
import { diffCommand, replayCommand, showCommand } from './edition/content.ts';
import { resendFailedCommand } from './edition/resend.ts';

/** `dispatches edition ...`: what was composed and what became of it, here or on a stage. */
export function editionCommand(): Command {
  return new Command('edition')
    .description(
      'Looks at editions: what they tell, how they differ, whether all their mails left; sends again what did not.',
    )
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(diffCommand())
    .addCommand(replayCommand())
    .addCommand(reportCommand())
    .addCommand(resendFailedCommand())
    .addHelpText(
      'after',
      '\nExamples:\n  dispatches edition list\n  dispatches edition report sample-daily-en-20261123T0600Z',
    );
}
