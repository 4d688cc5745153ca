import { Command } from 'commander';
import { SAMPLE_STATE } from '../defaults.ts';
import { option } from '../options.ts';
import type { StartOptions } from '../trial/start.ts';

export function startCommand(): Command {
  return new Command('start')
    .description(
      'Runs everything on this machine: reads sample feeds, mails the digest to three sample readers through a local ' +
        'mail service, and serves its inbox and the reader site until Ctrl-C. Nothing leaves this machine.',
    )
    .option('--once', 'do it and exit, without serving')
    .addOption(
      option.port(
        undefined,
        'of the site, inbox and feeds take the next two (default: those of the last time, at first 4100)',
      ),
    )
    .addOption(option.config())
    .addOption(option.state(SAMPLE_STATE))
    .addHelpText('after', '\nExamples:\n  npm start\n  npm start -- --once --state /tmp/trial')
    .action(async (options: StartOptions) => (await import('../trial/start.ts')).start(options));
}
