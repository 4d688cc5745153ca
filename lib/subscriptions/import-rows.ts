import { InputError } from '../errors.ts';
import type { Instant } from '../types.ts';
import { type ChangeDeps, change } from './change.ts';
import { forgotten } from './erase.ts';
import { type Keys, normaliseEmail, subscriberId } from './identity.ts';
import { consentOf, type ListDefaults, type ListRow, preferencesOf } from './list-columns.ts';
import type { Subscriber, SubscriberStatus } from './model.ts';
import { suppress } from './suppress.ts';

export interface TakeDeps extends ChangeDeps {
  readonly keys: Keys;
}

export type Outcome = 'added' | 'unchanged' | 'keptOut';

export interface Refusal {
  readonly reason: string;
}

/** Takes some rows of a list in, all new people in one write; says what became of each row, in their order. */
export async function takeRows(
  deps: TakeDeps,
  rows: readonly ListRow[],
  defaults: ListDefaults,
): Promise<readonly (Outcome | Refusal)[]> {
  const now = deps.clock().toISOString();
  const wanted = rows.map((row) => orRefusal(() => subscriberOf(deps.keys, row, defaults, now)));
  const created = await create(
    deps,
    wanted.filter((each) => 'id' in each),
  );
  return Promise.all(
    wanted.map((each) => {
      if (!('id' in each)) return each;
      if (!created.has(each)) return takeKnown(deps, each);
      return each.status === 'active' ? 'added' : 'keptOut';
    }),
  );
}

function orRefusal<T>(make: () => T): T | Refusal {
  try {
    return make();
  } catch (error) {
    if (error instanceof InputError) return { reason: error.message };
    throw error;
  }
}

/** What a row of the list becomes when the person is new here; of those who are out only the keyed hash is stored. */
function subscriberOf(keys: Keys, row: ListRow, defaults: ListDefaults, now: Instant): Subscriber {
  const email = normaliseEmail(row.email ?? '');
  const id = subscriberId(email, keys.identity);
  const { status } = row;
  if (status === 'suppressed' || status === 'unsubscribed')
    return { id, ...forgotten(now), status, reason: row.reason || 'operator', updatedAt: now, version: 1 };
  if (status === 'pending') throw new InputError('This reader never confirmed.', '');
  const given = { preferences: preferencesOf(row, defaults), consent: consentOf(row, defaults) };
  return { id, email, status: 'active', ...given, createdAt: now, updatedAt: now, appointmentSince: now, version: 1 };
}

/** Writes those who are new. Of several rows of one person the one that keeps them out counts, else the first. */
async function create(deps: TakeDeps, rows: readonly Subscriber[]): Promise<ReadonlySet<Subscriber>> {
  const outFirst = rows.toSorted((a, b) => Number(a.status === 'active') - Number(b.status === 'active'));
  const people = [...Map.groupBy(outFirst, ({ id }) => id).values()].flatMap((group) => group.slice(0, 1));
  const known = new Set(await deps.subscribers.createMany(people));
  return new Set(people.filter(({ id }) => !known.has(id)));
}

async function takeKnown(deps: TakeDeps, { id, status, reason = 'operator' }: Subscriber): Promise<Outcome | Refusal> {
  if (status === 'active') {
    const known = await deps.subscribers.get(id);
    const isIn = known?.status === 'active' || known?.status === 'paused';
    return isIn ? 'unchanged' : { reason: reasonToStayOut(known?.status) };
  }
  await (status === 'suppressed' ? suppress : keepOut)(deps, id, reason);
  return 'keptOut';
}

/** Somebody who left elsewhere leaves here too. */
async function keepOut(deps: ChangeDeps, id: string, reason: string): Promise<void> {
  await change(deps, id, (current, now) => {
    if (!current) return { id, ...forgotten(now), status: 'unsubscribed', reason };
    const isIn = current.status === 'active' || current.status === 'paused';
    return isIn ? { ...current, status: 'unsubscribed', reason } : undefined;
  });
}

function reasonToStayOut(status: SubscriberStatus | undefined): string {
  if (status === 'suppressed') return 'This address must not be mailed: it bounced, complained or was suppressed.';
  if (status === 'pending') return 'This address was asked to confirm and has not done so yet.';
  return 'This reader left here before; only they can come back, by subscribing.';
}
