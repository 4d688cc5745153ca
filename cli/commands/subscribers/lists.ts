import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { InputError } from '../../../lib/errors.ts';
import { formatCsv } from '../../../lib/subscriptions/csv.ts';
import { exportList } from '../../../lib/subscriptions/export-list.ts';
import { type ImportResult, importList } from '../../../lib/subscriptions/import-list.ts';
import { tidy } from '../../../lib/subscriptions/tidy.ts';
import { count, createProgress } from '../../terminal.ts';
import type { Where, WithReaders } from './open.ts';
import { grouped } from './people.ts';

interface Evidence {
  readonly source?: string;
  readonly confirmedAt?: string;
}

const EVIDENCE = [
  ['--source <text>', 'where these people agreed, e.g. "paper form, fair of May 2026"'],
  ['--confirmed-at <time>', 'when, for rows without a column confirmed_at'],
] as const;

const EXAMPLE = 'list.csv --source "sign-up sheet" --confirmed-at 2026-05-01';

export function importCommand(withReaders: WithReaders): Command {
  const command = withEvidence(grouped('import', 'bring in readers who agreed elsewhere, from CSV', EXAMPLE));
  return command
    .argument('<file>', 'CSV with a header; it needs a column email')
    .addHelpText(
      'after',
      `
Every row needs the time at which that person agreed, in a column confirmed_at or by --confirmed-at. Whoever left,
bounced, complained or was erased here stays out. Running it again continues where it stopped. Exit code 1 when a row
was rejected; each is told with its line and reason.`,
    )
    .action(async (file: string, options: Where & Evidence) => {
      const csv = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new InputError(`${file} cannot be read.`, 'Check its name.', { cause });
      });
      report(await take(withReaders, csv, options, true));
    });
}

export function addCommand(withReaders: WithReaders): Command {
  const command = withEvidence(
    grouped(
      'add',
      'bring in one reader who agreed elsewhere',
      'reader@example.org --source "by letter" --confirmed-at 2026-05-01',
    ),
  );
  return command.argument('<address>', 'e-mail address').action(async (address: string, options: Where & Evidence) => {
    const result = await take(withReaders, formatCsv(['email']) + formatCsv([address]), options, false);
    const [refused] = result.rejected;
    if (refused) throw new InputError(refused.reason, 'Nobody was added.');
    report(result);
  });
}

export function exportCommand(withReaders: WithReaders): Command {
  return grouped('export', 'all readers as CSV, safe to open in a spreadsheet', '> readers.csv').action(
    (where: Where) =>
      withReaders(where, async ({ subscribers }) => {
        for await (const record of exportList(subscribers)) process.stdout.write(record);
      }),
  );
}

export function tidyCommand(withReaders: WithReaders): Command {
  return grouped('tidy', 'remove what is not needed any more', '').action((where: Where) =>
    withReaders(where, async (readers) => {
      const { expired, forgotten, trimmed } = await tidy(readers);
      const done = [`${count(expired, 'request')} expired`, `${count(forgotten, 'address', 'addresses')} forgotten`];
      process.stdout.write(`${[...done, `${count(trimmed, 'network')} removed`].join(', ')}.\n`);
    }),
  );
}

function withEvidence(command: Command): Command {
  for (const [flags, text] of EVIDENCE) command.option(flags, text);
  return command;
}

function take(
  withReaders: WithReaders,
  csv: string,
  options: Where & Evidence,
  isLong: boolean,
): Promise<ImportResult> {
  const { source, confirmedAt } = options;
  return withReaders(options, (readers) =>
    importList(
      { ...readers, ...(isLong && { progress: createProgress() }) },
      {
        csv,
        defaults: {
          preferences: readers.standard,
          ...(source && { consentSource: source }),
          ...(confirmedAt && { confirmedAt }),
        },
      },
    ),
  );
}

function report({ added, unchanged, keptOut, rejected }: ImportResult): void {
  for (const { line, reason } of rejected) process.stderr.write(`line ${line}: ${reason}\n`);
  const kept = keptOut > 0 ? `, ${keptOut} kept out as the list says` : '';
  process.stdout.write(
    `${count(added, 'reader')} added, ${unchanged} already in${kept}, ${rejected.length} rejected.\n`,
  );
  if (rejected.length > 0) process.exitCode = 1;
}
