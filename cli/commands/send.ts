import { Command } from 'commander';
import { option, whereOptions } from '../options.ts';
import type { SendOptions } from '../send/send.ts';

const EXAMPLES = `
Through the mail service of the stage or of "serve"; without either, as a file in the outbox. Its subject begins with [Test].
The ledger and the readers know nothing of it. Asks first, unless --yes.

Examples:
  dispatches send --test you@example.org
  dispatches send --test you@example.org --edition war-daily-nl-20261123T0600Z --stage prod --yes`;

export function sendCommand(): Command {
  const command = new Command('send')
    .description('Mails the newest edition, or the one named, to one address.')
    .addOption(option.test().makeOptionMandatory())
    .option('--edition <id>', 'another edition than the newest')
    .addOption(option.yes('before the mail leaves'))
    .addHelpText('after', EXAMPLES)
    .action(async (options: SendOptions) => (await import('../send/send.ts')).sendTest(options));
  for (const each of whereOptions()) command.addOption(each);
  return command;
}
