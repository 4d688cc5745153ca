import { InputError } from '../errors.ts';
import type { Progress } from '../types.ts';
import { type CsvRecord, parseCsv } from './csv.ts';
import { type Outcome, type TakeDeps, takeRows } from './import-rows.ts';
import { COLUMNS, type Column, type ListDefaults, type ListRow } from './list-columns.ts';

export interface ImportDeps extends TakeDeps {
  readonly progress?: Progress;
}

export interface ImportResult {
  readonly added: number;
  /** Readers that were in already, and people that were out already. */
  readonly unchanged: number;
  /** Rows of the list that say `unsubscribed` or `suppressed`: stored so that nobody else imports them. */
  readonly keptOut: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

/** Rows written together: few enough to be asked for at once, many enough that a disk's wait for each lot is short. */
const AT_ONCE = 200;

/**
 * Brings a list of readers in who agreed elsewhere. Every row that cannot be taken is told with its line and reason,
 * and the others go in. Whoever left, bounced, complained or was erased here stays out, whatever the list says. Running
 * it again continues where it stopped: what is in already is left as it is.
 * @throws InputError when the first line is no header with a column `email`
 */
export async function importList(
  deps: ImportDeps,
  input: { csv: string; defaults: ListDefaults },
): Promise<ImportResult> {
  const [header, ...records] = [...parseCsv(input.csv)];
  const columns = columnsOf(header);
  const counts: Record<Outcome, number> = { added: 0, unchanged: 0, keptOut: 0 };
  const rejected: { line: number; reason: string }[] = [];
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE);
    const rows = some.map((record) => rowOf(columns, record));
    for (const [index, outcome] of (await takeRows(deps, rows, input.defaults)).entries()) {
      if (typeof outcome === 'string') counts[outcome] += 1;
      else rejected.push({ line: some[index]?.line ?? 0, reason: outcome.reason });
    }
    deps.progress?.('readers', at + some.length, records.length);
  }
  return { ...counts, rejected };
}

function columnsOf(header: CsvRecord | undefined): readonly (Column | undefined)[] {
  const names = (header?.cells ?? []).map((cell) =>
    cell
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_')
      .replace('e_mail', 'email'),
  );
  if (names.includes('email')) return names.map((name) => COLUMNS.find((column) => column === name));
  throw new InputError('The first line of the list has no column "email".', `Known columns: ${COLUMNS.join(', ')}.`);
}

function rowOf(columns: readonly (Column | undefined)[], { cells }: CsvRecord): ListRow {
  return Object.fromEntries(columns.flatMap((column, index) => (column ? [[column, cells[index] ?? '']] : [])));
}
