import { Command } from 'commander';
import { option } from '../options.ts';
import type { PreviewOptions } from '../preview/serve.ts';

const EXAMPLES = `
Examples:
  dispatches preview                                   the editions of this machine
  dispatches preview --feeds my.opml --locale en       what a digest of these feeds would be now
  dispatches preview --feeds recorded/ --since 2020-01-01`;

export function previewCommand(): Command {
  return new Command('preview')
    .description(
      'Serves a page with the digest (HTML, text, source; desktop, phone, dark) beside what was\n' +
        'picked and left out, and why. Mails nobody.',
    )
    .addOption(option.feeds())
    .addOption(option.now())
    .addOption(option.since())
    .addOption(option.locale())
    .addOption(option.port(4103, 'of the page'))
    .addOption(option.config())
    .addOption(option.state())
    .addHelpText('after', EXAMPLES)
    .action(async (options: PreviewOptions) => (await import('../preview/serve.ts')).preview(options));
}
