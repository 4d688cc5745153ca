import { Command } from 'commander';
import { option } from '../options.ts';
import type { ServeOptions } from '../serve/serve.ts';

const EXAMPLES = `
The configuration's "serve" says where the site is and which service takes the mail; docs/self-hosting.md has an example, a
Dockerfile and a systemd unit. Safe to stop, kill and start again at any moment: nobody is mailed twice.

Examples:
  dispatches serve
  DISPATCHES_SMTP_PASSWORD_FILE=/run/secrets/smtp dispatches serve --config my.config.ts --state /var/lib/dispatches`;

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'Publishes by its own clock, mails through SMTP or SES, and serves the reader site, until it is stopped.',
    )
    .addOption(option.config())
    .addOption(option.state())
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions) => (await import('../serve/serve.ts')).serveCommandLine(options));
}
