import { latestDue } from '../editions/due.ts';
import type { Edition, Slot } from '../editions/model.ts';
import type { EditionStore } from '../editions/ports.ts';
import { isAwake, type QuietHours } from '../editions/quiet-hours.ts';
import type { Logger } from '../log.ts';
import type { Subscriber } from '../subscriptions/model.ts';
import { receives } from '../subscriptions/receives.ts';
import type { Instant } from '../types.ts';
import { type EncodedEdition, encodedEdition } from './encoded.ts';
import type { Job } from './model.ts';
import type { Pace } from './pace.ts';
import { type Later, type Patience, patiently, type Tried } from './patiently.ts';
import type { JobQueue } from './ports.ts';
import { postpone } from './postpone.ts';
import type { Counts, DeliverResult } from './result.ts';
import { type SendDeps, sendOne, type Task } from './send-one.ts';
import type { Publication } from './sender.ts';
import { type Gate, leftBefore, readGate, type SendingDeps } from './sending.ts';

export interface EditionDeps extends SendDeps, SendingDeps, Publication, Patience {
  readonly editions: Pick<EditionStore, 'get'>;
  readonly config: Publication['config'] & { readonly breaking?: { readonly quietHours: QuietHours } | undefined };
  readonly queue: JobQueue;
  /** Absent: as fast as it goes. */
  readonly pace?: Pace;
  readonly log: Logger;
}

type EditionJob = Extract<Job, { kind: 'edition' }>;

/** So many sends in a row without a clear answer mean that SES itself is unwell: do not make the whole page uncertain. */
const UNCLEAR_IN_A_ROW = 3;

/** Seconds until the rest of a job is tried again, by why it had to stop. */
const WAIT = { time: 0, rate: 60, unclear: 300 } as const;

/**
 * Sends one edition to the readers of a job.
 * @param result counted into as it goes, also as far as a job that then throws
 */
export async function deliverEdition(
  deps: EditionDeps,
  job: EditionJob,
  gate: Gate,
  result: Counts,
): Promise<DeliverResult> {
  const edition = await encodedEdition(deps, job.editionId);
  let unclear = 0;
  for (const [index, subscriberId] of job.subscriberIds.entries()) {
    const rest = (from: number, seconds: number) =>
      postpone(deps, { ...job, subscriberIds: job.subscriberIds.slice(from) }, seconds, result);
    const end = await inTurn(deps, { ...edition, gate, subscriberId }, job.subscriberIds.length - index);
    if (end.kind === 'later') return rest(index, WAIT[end.why]);
    if (end.kind === 'throttled' && end.scope === 'reader') {
      // The sweep comes back to this reader: nobody else waits for one mailbox.
      result.deferred += 1;
      continue;
    }
    if (end.kind === 'throttled' || end.kind === 'stopped') {
      deps.log.error('sending stopped', { edition: job.editionId, reason: end.reason });
      return { ...result, stopped: end.reason };
    }
    result[end.kind] += 1;
    // Each such refusal may be the one that pulls the brake; nothing else in a job does.
    const { stopped } = end.kind === 'rejected' && end.gone ? await readGate(deps) : gate;
    if (stopped !== undefined) return { ...result, stopped };
    unclear = end.kind === 'uncertain' ? unclear + 1 : 0;
    const more = index + 1 < job.subscriberIds.length;
    if (unclear === UNCLEAR_IN_A_ROW && more) return rest(index + 1, WAIT.unclear);
  }
  return result;
}

interface One extends EncodedEdition {
  readonly gate: Gate;
  readonly subscriberId: string;
}

/** Sends to one reader when it is its turn, unless the edition's time is over by then. */
async function inTurn(deps: EditionDeps, one: One, left: number): Promise<Tried | Later> {
  if (isOver(deps, one)) return expire(deps, one);
  const turn = (await deps.pace?.turn(left)) ?? 'now';
  if (turn === 'later') return { kind: 'later', why: 'rate' };
  // Waiting for the turn, or because SES is slower than it said, takes up to a minute.
  if (turn === 'now')
    return patiently(deps, async () => (isOver(deps, one) ? expire(deps, one) : sendOne(deps, task(deps, one))));
  // The row says why nothing moves, so the sweep does not ask again every quarter of an hour.
  await deps.deliveries.settle({ ...planned(deps, one), to: 'planned', reason: DAY_IS_FULL });
  return { kind: 'stopped', reason: DAY_IS_FULL };
}

function isOver({ clock }: EditionDeps, { record: { edition }, gate }: One): boolean {
  return clock().toISOString() > edition.sendBy || leftBefore(gate, edition.dueAt);
}

async function expire(deps: EditionDeps, one: One): Promise<Tried> {
  return { kind: (await deps.deliveries.settle({ ...planned(deps, one), to: 'expired' })) ? 'expired' : 'skipped' };
}

function planned({ clock }: EditionDeps, { record, subscriberId }: One) {
  return { editionId: record.edition.id, subscriberId, from: ['planned'], now: clock().toISOString() } as const;
}

const DAY_IS_FULL = "the account's mails of 24 hours are used up, but for letters";

function task(deps: EditionDeps, { record: { edition, audience }, mime, plain, subscriberId }: One): Task {
  return {
    editionId: edition.id,
    subscriberId,
    from: deps.site.from,
    audience: audience ?? 0,
    refuse: (subscriber) => refusal(deps, subscriber, edition),
    mime: ({ preferences }) => (preferences.textOnly ? plain() : mime),
  };
}

/**
 * Why this edition may not reach this reader, if so: left, paused, chose this appointment after it had come, or had
 * chosen another before it came (an index may still have shown the old one).
 */
function refusal(deps: EditionDeps, subscriber: Subscriber, { dueAt, cadence }: Edition): string | undefined {
  const now = deps.clock().toISOString();
  if (!receives(subscriber, now)) return subscriber.status;
  const { appointmentSince = dueAt, preferences } = subscriber;
  if (dueAt < appointmentSince) return 'chosen later';
  if (cadence !== 'breaking') return isTheirs(preferences, cadence, dueAt) ? undefined : 'chose another';
  const { quietHours } = deps.config.breaking ?? {};
  if (quietHours && !isAwake(quietHours, preferences.zone, now)) return 'quiet hours';
  return preferences.breaking ? undefined : 'not wanted';
}

function isTheirs(appointment: Slot, cadence: Slot['cadence'], dueAt: Instant): boolean {
  return appointment.cadence === cadence && latestDue(appointment, dueAt) === dueAt;
}
