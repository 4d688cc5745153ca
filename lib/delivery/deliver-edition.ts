import type { Edition } from '../editions/model.ts';
import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import { InputError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Subscriber } from '../subscriptions/model.ts';
import { receives } from '../subscriptions/receives.ts';
import type { Instant } from '../types.ts';
import { buildMime, type MimeTemplate } from './mime.ts';
import type { Job } from './model.ts';
import { type Patience, patiently, type Tried } from './patiently.ts';
import { type DeliverResult, emptyResult } from './result.ts';
import { type SendDeps, sendOne, type Task } from './send-one.ts';
import { type Publication, senderOf } from './sender.ts';

export interface EditionDeps extends SendDeps, Publication, Patience {
  readonly editions: Pick<EditionStore, 'get'>;
  readonly log: Logger;
}

/** So many sends in a row without a clear answer mean that SES itself is unwell: do not make the whole page uncertain. */
const UNCLEAR_IN_A_ROW = 3;

/** Sends one edition to the readers of a job. */
export async function deliverEdition(
  deps: EditionDeps,
  job: Extract<Job, { kind: 'edition' }>,
): Promise<DeliverResult> {
  const edition = await frozen(deps, job.editionId);
  const result = emptyResult();
  let unclear = 0;
  for (const subscriberId of job.subscriberIds) {
    const end = await patiently(deps, () => one(deps, edition, subscriberId));
    if (end.kind === 'later') return { ...result, retry: true };
    if (end.kind === 'throttled' || end.kind === 'stopped') {
      deps.log.error('sending stopped', { edition: job.editionId, reason: end.reason });
      return { ...result, stopped: end.reason };
    }
    result[end.kind] += 1;
    unclear = end.kind === 'uncertain' ? unclear + 1 : 0;
    if (unclear === UNCLEAR_IN_A_ROW) return { ...result, retry: true };
  }
  return result;
}

async function one(
  deps: EditionDeps,
  { record: { edition, audience }, mime, plain }: Frozen,
  subscriberId: string,
): Promise<Tried> {
  const now = deps.clock().toISOString();
  if (now > edition.sendBy) {
    const change = { editionId: edition.id, subscriberId, from: ['planned'], to: 'expired', now } as const;
    return { kind: (await deps.deliveries.settle(change)) ? 'expired' : 'skipped' };
  }
  const task: Task = {
    editionId: edition.id,
    subscriberId,
    from: deps.site.from,
    audience: audience ?? 0,
    refuse: (subscriber) => refusal(subscriber, edition, now),
    mime: ({ preferences }) => (preferences.textOnly ? plain() : mime),
  };
  return sendOne(deps, task);
}

/** Why this edition may not reach this reader, if so: left, paused, or chose this appointment after it had come. */
function refusal(subscriber: Subscriber, { dueAt }: Edition, now: Instant): string | undefined {
  if (!receives(subscriber, now)) return subscriber.status;
  const { appointmentSince = dueAt } = subscriber;
  return dueAt < appointmentSince ? 'chosen later' : undefined;
}

interface Frozen {
  readonly record: EditionRecord;
  readonly mime: MimeTemplate;
  /** Without the HTML part; encoded when the first reader wants it. */
  readonly plain: () => MimeTemplate;
}

/** The edition last read from each store. It never changes once composed, so it is read and encoded once, not per job. */
const latest = new WeakMap<object, Frozen>();

async function frozen(deps: EditionDeps, editionId: string): Promise<Frozen> {
  const known = latest.get(deps.editions);
  if (known?.record.edition.id === editionId) return known;
  const record = await deps.editions.get(editionId);
  if (!record)
    throw new InputError(
      `There is no edition ${editionId}.`,
      'The job is left to the queue; look at its dead letters.',
    );
  const encode = (textOnly: boolean) =>
    buildMime(record.message, senderOf(deps), new Date(record.edition.composedAt), textOnly);
  let plain: MimeTemplate | undefined;
  const fresh = {
    record,
    mime: encode(false),
    plain: () => {
      plain ??= encode(true);
      return plain;
    },
  };
  latest.set(deps.editions, fresh);
  return fresh;
}
