import type { Command } from 'commander';
import { type EditionReport, editionReport } from '../../../lib/delivery/report.ts';
import type { EditionSummary } from '../../../lib/editions/ports.ts';
import { pages } from '../../../lib/pages.ts';
import type { Stores } from '../../../lib/storage/stores.ts';
import { option } from '../../options.ts';
import { line } from '../../summary.ts';
import { count, style } from '../../terminal.ts';
import { answer, type EditionOptions, grouped } from './open.ts';

export function listCommand(): Command {
  return grouped('list', 'the editions, newest first', '--limit 5')
    .addOption(option.limit(20))
    .action((options: EditionOptions & { limit: number }) =>
      answer(options, (stores) => newest(stores, options.limit), list),
    );
}

export function reportCommand(): Command {
  return grouped('report', 'what became of the mails of one edition', 'war-daily-nl-20261123T0600Z --stage prod')
    .argument('<id>', 'the edition')
    .action((id: string, options: EditionOptions) => answer(options, (stores) => editionReport(stores, id), books));
}

async function newest({ editions }: Pick<Stores, 'editions'>, limit: number): Promise<readonly EditionSummary[]> {
  const found: EditionSummary[] = [];
  for await (const page of pages((cursor) => editions.list(limit - found.length, cursor))) {
    found.push(...page);
    if (found.length >= limit) break;
  }
  return found;
}

function list(editions: readonly EditionSummary[]): string {
  if (editions.length === 0) return 'No edition yet: "dispatches run" makes one.\n';
  const width = Math.max(...editions.map(({ id }) => id.length));
  const rows = editions.map(({ id, status, stories, audience, subject }) => {
    const readers = audience === undefined ? 'no audience yet' : count(audience, 'reader');
    const about = `${status.padEnd(8)}  ${count(stories, 'story', 'stories')}, ${readers}`;
    return `${id.padEnd(width)}  ${about.padEnd(34)}  ${style('dim', subject)}\n`;
  });
  return rows.join('');
}

function books(report: EditionReport): string {
  const { id, subject, dueAt, sendBy, status, audience, counts, balanced } = report;
  const among = [`${report.bounced} bounced`, `${report.complained} complained`, `${report.resent} sent once more`];
  const mails = Object.entries(counts).flatMap(([name, number]) => (number > 0 ? [`${number} ${name}`] : []));
  const sum = balanced ? 'every reader is accounted for' : 'the rows do not add up to it';
  return [
    `${style('bold', subject)}\n`,
    line('Edition', `${id}, ${status}`),
    line('Due', `${dueAt}, no mail after ${sendBy}`),
    line('Audience', audience === undefined ? 'not frozen yet' : `${count(audience, 'reader')}: ${sum}`),
    line('Mails', mails.join(', ') || 'none yet'),
    line('Of these', among.join(', ')),
  ].join('');
}
