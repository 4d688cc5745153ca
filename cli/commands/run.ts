import { Command, Option } from 'commander';
import { option } from '../options.ts';
import type { RunOptions } from '../run/run.ts';

const EXAMPLES = `
Three ways:
  --feeds WHERE...   these feeds, in a store that is forgotten afterwards: mail to --to, as files in --outbox
  --stage NAME       the deployed publication: collects and publishes on AWS, now
  neither            the configured publication with the readers of this machine: mail through the service of "serve",
                     or without one as files in its outbox

Examples:
  dispatches run --feeds my.opml --to me@example.org --outbox mails
  dispatches run --feeds recorded/ --since 2020-01-01 --now 2020-06-01 --locale nl --dry-run
  dispatches run --stage dev`;

export function runCommand(): Command {
  return new Command('run')
    .description('Collects, picks, groups, composes and mails one edition now.')
    .addOption(option.feeds())
    .addOption(option.to())
    .option('--outbox <dir>', 'folder that gets each message as .eml and edition.json')
    .addOption(option.now())
    .addOption(option.since())
    .addOption(option.locale())
    .option('--dry-run', 'say what would be mailed; write and mail nothing')
    .addOption(
      new Option('--stage <name>', 'the deployed publication').conflicts(['feeds', 'to', 'outbox', 'dryRun', 'state']),
    )
    .addOption(option.yes('before real mail leaves'))
    .addOption(option.json())
    .addOption(option.config())
    .addOption(option.state())
    .addHelpText('after', EXAMPLES)
    .action(async (options: RunOptions) => (await import('../run/run.ts')).run(options));
}
