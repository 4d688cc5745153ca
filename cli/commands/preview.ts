import { Command } from 'commander';
import { option, whereOptions } from '../options.ts';
import type { PreviewOptions } from '../preview/serve.ts';

const EXAMPLES = `
Examples:
  dispatches preview                                   the studio: the next edition, and those sent
  dispatches preview --stage prod                      the same for what is deployed
  dispatches preview --feeds my.opml --locale en       what a digest of these feeds would be now
  dispatches preview --feeds recorded/ --since 2020-01-01`;

export function previewCommand(): Command {
  const command = new Command('preview')
    .description(
      'Serves the studio, a page for this machine only: the next edition as it would be (desktop, phone, dark, ' +
        'text, source), every candidate with score and reasons, and what an editor may change before it is ' +
        'composed: pin, hide, reorder, the threshold. Follows changes of templates/. Mails nobody.',
    )
    .addOption(option.feeds())
    .addOption(option.now())
    .addOption(option.since())
    .addOption(option.locale())
    .addOption(option.port(4103, 'of the page'))
    .addHelpText('after', EXAMPLES)
    .action(async (options: PreviewOptions) => (await import('../preview/serve.ts')).preview(options));
  for (const one of whereOptions()) command.addOption(one);
  return command;
}
