import { InputError } from '../errors.ts';
import type { Progress } from '../types.ts';
import { type ChangeDeps, change } from './change.ts';
import { type CsvRecord, parseCsv } from './csv.ts';
import { forgotten } from './erase.ts';
import { type Keys, normaliseEmail, subscriberId } from './identity.ts';
import { COLUMNS, type Column, consentOf, type ListDefaults, type ListRow, preferencesOf } from './list-columns.ts';
import { suppress } from './suppress.ts';

export interface ImportDeps extends ChangeDeps {
  readonly keys: Keys;
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

type Outcome = 'added' | 'unchanged' | 'keptOut';

const AT_ONCE = 50;

/**
 * Brings a list of readers in who agreed elsewhere. Every row that cannot be taken is told with its line and reason, and
 * the others go in. Whoever left, bounced, complained or was erased here stays out, whatever the list says. Running it
 * again continues where it stopped: what is in already is left as it is.
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
    const outcomes = await Promise.all(some.map((record) => take(deps, rowOf(columns, record), input.defaults)));
    for (const [index, outcome] of outcomes.entries()) {
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

async function take(deps: ImportDeps, row: ListRow, defaults: ListDefaults): Promise<Outcome | { reason: string }> {
  try {
    return await takeRow(deps, row, defaults);
  } catch (error) {
    if (error instanceof InputError) return { reason: error.message };
    throw error;
  }
}

async function takeRow(deps: ImportDeps, row: ListRow, defaults: ListDefaults): Promise<Outcome> {
  const email = normaliseEmail(row.email ?? '');
  const id = subscriberId(email, deps.keys.identity);
  if (row.status === 'suppressed' || row.status === 'unsubscribed') {
    await (row.status === 'suppressed' ? suppress : keepOut)(deps, id, row.reason || 'operator');
    return 'keptOut';
  }
  if (row.status === 'pending') throw new InputError('This reader never confirmed.', '');
  const now = deps.clock().toISOString();
  const given = { preferences: preferencesOf(row, defaults), consent: consentOf(row, defaults) };
  const reader = { id, email, status: 'active', ...given, createdAt: now, updatedAt: now, version: 1 } as const;
  if (await deps.subscribers.put(reader, 0)) return 'added';
  const known = await deps.subscribers.get(id);
  if (known?.status === 'active' || known?.status === 'paused') return 'unchanged';
  throw new InputError(reasonToStayOut(known?.status), '');
}

/** Somebody who left elsewhere leaves here too; of people we do not know only the keyed hash is stored. */
async function keepOut(deps: ChangeDeps, id: string, reason: string): Promise<void> {
  await change(deps, id, (current, now) => {
    if (!current) return { id, ...forgotten(now), status: 'unsubscribed', reason };
    const isIn = current.status === 'active' || current.status === 'paused';
    return isIn ? { ...current, status: 'unsubscribed', reason } : undefined;
  });
}

function reasonToStayOut(status: string | undefined): string {
  if (status === 'suppressed') return 'This address must not be mailed: it bounced, complained or was suppressed.';
  if (status === 'pending') return 'This address was asked to confirm and has not done so yet.';
  return 'This reader left here before; only they can come back, by subscribing.';
}
