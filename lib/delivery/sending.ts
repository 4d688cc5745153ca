import { InputError } from '../errors.ts';
import type { Clock, Instant } from '../types.ts';
import { lately } from './brake.ts';
import type { Switch, Tally } from './model.ts';
import type { SendingStore } from './ports.ts';

export interface SendingDeps {
  readonly sending: SendingStore;
  readonly clock: Clock;
}

/** Whether mail leaves, and what happened to mails lately. */
export interface SendingState {
  /**
   * `on`: mail leaves. `paused`: the operator stopped it. `braked`: too many bounces or complaints. `restored`: the
   * database is a copy that was put back, so nobody knows what left since. Only `resumeSending` leads back to `on`.
   */
  readonly state: Switch['state'] | 'restored';
  readonly reason?: string;
  readonly since: Instant;
  /** Editions due up to then count as sent. */
  readonly sentUntil?: Instant;
  /** Today and yesterday (UTC), as far as since sending was last resumed. */
  readonly lately: Tally;
}

/** Each lost race means that somebody else moved the switch; people and the brake do so seldom. */
const MAX_RACES = 10;

/** Reads only. */
export async function sendingState(deps: SendingDeps): Promise<SendingState> {
  return change(deps, () => undefined);
}

/** Stops all mail, letters too, until somebody resumes it. What waits stays planned, and expires as it always does. */
export function pauseSending(deps: SendingDeps, input: { readonly reason?: string } = {}): Promise<SendingState> {
  const { reason = 'by the operator' } = input;
  return change(deps, (row, _home, at) => ({ ...row, state: 'paused', reason, at }));
}

/**
 * Lets mail leave again: lifts a pause, the brake (bounces and complaints are tallied anew) and the fence of a restored
 * database. What waits leaves with the next sweep.
 * @param input.sentUntil editions due up to then count as sent: their planned mails expire. Default for a restored
 * database: now, so that nobody gets an edition a second time; else as it was.
 * @throws InputError when that is yet to come: every edition until then would expire unsent
 */
export async function resumeSending(
  deps: SendingDeps,
  input: { readonly sentUntil?: Instant } = {},
): Promise<SendingState> {
  if (input.sentUntil !== undefined && input.sentUntil > deps.clock().toISOString())
    throw new InputError(`${input.sentUntil} is yet to come.`, 'Name the due time of the last edition that left.');
  return change(deps, ({ reason: _, ...row }, home, at) => {
    const sentUntil = input.sentUntil ?? (row.home === home ? row.sentUntil : at);
    return { ...row, home, at, state: 'on', epoch: row.epoch + 1, ...(sentUntil && { sentUntil }) };
  });
}

/** Stops all mail because of what readers and their providers answer, unless it is stopped already. */
export function brakeSending(deps: SendingDeps, reason: string): Promise<SendingState> {
  return change(deps, (row, _home, at) => (row.state === 'on' ? { ...row, state: 'braked', reason, at } : undefined));
}

/** The switch, and why nothing may leave, if so. */
export type Gate = Switch & { readonly stopped?: string };

/**
 * The switch for somebody who is about to plan or send. Writes it first when there is none: so every database that holds
 * a planned mail says where it was at home before a copy of it could be made.
 */
export async function readGate(deps: SendingDeps): Promise<Gate> {
  const home = await deps.sending.home();
  const row = (await deps.sending.get()) ?? (await first(deps, home));
  if (row.home !== home)
    return { ...row, stopped: 'restored: this database is a copy of another, and only an operator may let it send' };
  return row.state === 'on' ? row : { ...row, stopped: `${row.state}: ${row.reason}` };
}

/** Whether an edition due then counts as sent: it left from the database that this one is a copy of. */
export function leftBefore({ sentUntil = '' }: Pick<Switch, 'sentUntil'>, dueAt: Instant): boolean {
  return dueAt <= sentUntil;
}

async function first(deps: SendingDeps, home: string): Promise<Switch> {
  const row = { ...fresh(deps, home), version: 1 };
  if (await deps.sending.put(row, 0)) return row;
  const theirs = await deps.sending.get();
  if (!theirs) throw new Error('The switch of sending was neither written nor found.');
  return theirs;
}

function fresh({ clock }: SendingDeps, home: string): Switch {
  return { state: 'on', at: clock().toISOString(), home, epoch: 1, version: 0 };
}

/** @param to gives the switch as it shall be; undefined leaves it */
async function change(
  deps: SendingDeps,
  to: (row: Switch, home: string, at: Instant) => Switch | undefined,
): Promise<SendingState> {
  const home = await deps.sending.home();
  for (let race = 0; race < MAX_RACES; race += 1) {
    const row = (await deps.sending.get()) ?? fresh(deps, home);
    const next = to(row, home, deps.clock().toISOString());
    if (next && !(await deps.sending.put({ ...next, version: row.version + 1 }, row.version))) continue;
    return describe(deps, next ?? row, home);
  }
  throw new Error('The switch of sending changes faster than it can be set.');
}

async function describe(deps: SendingDeps, row: Switch, home: string): Promise<SendingState> {
  const { state, reason, at, sentUntil, epoch } = row;
  return {
    state: row.home === home ? state : 'restored',
    ...(reason && { reason }),
    since: at,
    ...(sentUntil && { sentUntil }),
    lately: await lately(deps, epoch),
  };
}
