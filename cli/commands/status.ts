import { Command } from 'commander';
import type { Where } from '../open-place.ts';
import { option, whereOptions } from '../options.ts';
import { readStatus, type Status } from '../status.ts';
import { line } from '../summary.ts';
import { count, style } from '../terminal.ts';

interface StatusOptions extends Where {
  readonly json?: boolean;
}

export function statusCommand(): Command {
  const command = new Command('status')
    .description('Says how things stand, here or on a stage: feeds, readers, the last editions and their mails.')
    .addOption(option.json())
    .addHelpText(
      'after',
      '\nExamples:\n  dispatches status\n  dispatches status --stage prod\n  dispatches status --json | jq .editions[0]',
    )
    .action(async ({ json, ...where }: StatusOptions) => {
      const { inPlace } = await import('../open-place.ts');
      const status = await inPlace(where, ({ stores }) => readStatus(stores));
      process.stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : describe(status));
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}

function describe({ feeds, readers, editions }: Status): string {
  const when = feeds.lastSuccess ? `, last read ${feeds.lastSuccess}` : '';
  return [
    line('Feeds', `${count(feeds.known, 'feed')}, ${feeds.failing.length} failing${when}`),
    ...feeds.failing.map(({ url, problem }) => line('', style('dim', `${url}: ${problem}`))),
    line('Readers', listing(readers)),
    ...editions.map(({ id, status, mails }, index) =>
      line(index === 0 ? 'Editions' : '', `${id} ${status}; mails: ${listing(mails)}`),
    ),
  ].join('');
}

function listing(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .map(([name, number]) => `${number} ${name}`)
      .join(', ') || 'none'
  );
}
