import { Command } from 'commander';
import { option } from '../options.ts';
import { readStatus, type Status } from '../status.ts';
import { line } from '../summary.ts';
import { count, style } from '../terminal.ts';

interface StatusOptions {
  readonly state: string;
  readonly json?: boolean;
}

export function statusCommand(): Command {
  return new Command('status')
    .description('Says how things stand on this machine: feeds, readers, the last editions and their mails.')
    .addOption(option.state())
    .addOption(option.json())
    .addHelpText('after', '\nExamples:\n  dispatches status\n  dispatches status --json | jq .editions[0]')
    .action(async ({ state, json }: StatusOptions) => {
      const { openState } = await import('../open-state.ts');
      const stores = openState(state);
      try {
        const status = await readStatus(stores);
        process.stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : describe(status));
      } finally {
        stores.close();
      }
    });
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
