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
    .description(
      'Says what is due, what ran and what is stuck, here or on a stage: feeds, readers, editions and their mails.',
    )
    .addOption(option.json())
    .addHelpText(
      'after',
      '\nExamples:\n  dispatches status\n  dispatches status --stage prod\n  dispatches status --json | jq .editions[0]',
    )
    .action(async ({ json, ...where }: StatusOptions) => {
      const { lookInPlace } = await import('../open-place.ts');
      const status = await lookInPlace(where, ({ stores }) => readStatus(stores, new Date()));
      process.stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : describe(status));
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}

function describe({ sending, feeds, readers, due, missed, editions }: Status): string {
  const when = feeds.lastSuccess ? `, last read ${feeds.lastSuccess}` : '';
  const { sent, bounced, complained } = sending.lately;
  const held = `${style('red', sending.state)}${sending.reason ? ` (${sending.reason})` : ''} since ${sending.since ?? '?'}`;
  return [
    line('Feeds', `${count(feeds.known, 'feed')}, ${feeds.failing.length} failing${when}`),
    ...feeds.failing.map(({ url, problem }) => line('', style('dim', `${url}: ${problem}`))),
    line('Readers', listing(readers)),
    ...labelled(
      'Due',
      due.map(({ at, cadence, hour, zone }) => `${at} ${cadence}, ${hour}:00 ${zone}`),
    ),
    ...(missed.length > 0 ? [line('Missed', style('yellow', away(missed)))] : []),
    ...labelled('Editions', editions.flatMap(edition)),
    line(
      'Mail',
      `${sending.state === 'on' ? 'may leave' : held}; in two days ${sent} sent, ${bounced} bounced, ${complained} complained`,
    ),
  ].join('');
}

function away(missed: Status['missed']): string {
  return `${count(missed.length, 'edition')} of seven days due ${missed[0]}${missed.length > 1 ? ` to ${missed.at(-1)}` : ''}: no edition was made then`;
}

function edition({ id, status, mails, stuck }: Status['editions'][number]): string[] {
  const row = `${id} ${status}; mails: ${listing(mails)}`;
  return stuck ? [row, `  ${style('yellow', `stuck: ${stuck}`)}`] : [row];
}

/** Rows under one label. */
function labelled(label: string, rows: readonly string[]): readonly string[] {
  return (rows.length > 0 ? rows : ['none']).map((text, index) => line(index === 0 ? label : '', text));
}

function listing(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .map(([name, number]) => `${number} ${name}`)
      .join(', ') || 'none'
  );
}
