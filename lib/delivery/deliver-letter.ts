import type { Logger } from '../log.ts';
import { renderLetter } from '../rendering/letter.ts';
import type { Subscriber } from '../subscriptions/model.ts';
import { MINUTE } from '../time.ts';
import { buildMime } from './mime.ts';
import type { Delivery, Job } from './model.ts';
import { type Patience, patiently } from './patiently.ts';
import type { JobQueue } from './ports.ts';
import { postpone } from './postpone.ts';
import type { Counts, DeliverResult } from './result.ts';
import { type SendDeps, sendOne, type Task } from './send-one.ts';
import { type Publication, senderOf } from './sender.ts';

export interface LetterDeps extends SendDeps, Publication, Patience {
  readonly queue: JobQueue;
  readonly log: Logger;
}

type LetterJob = Extract<Job, { kind: 'letter' }>;

/** A send ends long before this; a row still `sending` then was left behind by a crash. */
const LEASE_MS = 2 * MINUTE;

/** Seconds until a letter is tried again, by what became of it. An open row cannot move before its lease ran out. */
const WAIT = { planned: 60, stopped: 900, open: LEASE_MS / 1000 + 10 } as const;

/** Whom a letter may reach. Nobody who left, bounced or complained is asked anything again. */
const REACHES: Record<LetterJob['letter'], readonly Subscriber['status'][]> = {
  confirm: ['pending'],
  welcome: ['active', 'paused'],
  goodbye: ['unsubscribed'],
};

/**
 * Sends one letter, at least once and at most twice: somebody waits for it, so a lost answer is worth a second copy.
 * The ledger row is `letter-<kind>-<nonce>`, hence the same job twice is one letter.
 * @param result counted into, also as far as a job that then throws
 */
export async function deliverLetter(deps: LetterDeps, job: LetterJob, result: Counts): Promise<DeliverResult> {
  const editionId = letterRow(job);
  const { subscriberId } = job;
  await deps.deliveries.plan(editionId, [subscriberId], deps.clock().toISOString());
  await reopen(deps, await deps.deliveries.get(editionId, subscriberId));
  const task: Task = {
    editionId,
    subscriberId,
    from: deps.site.from,
    audience: 1,
    refuse: ({ status }) => (REACHES[job.letter].includes(status) ? undefined : status),
    mime: (subscriber) => buildMime(write(deps, job, subscriber), senderOf(deps), deps.clock()),
  };
  const end = await patiently(deps, () => sendOne(deps, task));
  const stopped = end.kind === 'stopped' || (end.kind === 'throttled' && end.scope === 'day');
  if (stopped) deps.log.error('sending stopped', { letter: job.letter, reason: end.reason });
  if (end.kind === 'throttled' && end.scope === 'reader') result.deferred += 1;
  if (end.kind !== 'throttled' && end.kind !== 'stopped' && end.kind !== 'later') result[end.kind] += 1;
  const row = await deps.deliveries.get(editionId, subscriberId);
  if (row?.status === 'planned') return postpone(deps, job, stopped ? WAIT.stopped : WAIT.planned, result);
  return row && isOpen(row) ? postpone(deps, job, WAIT.open, result) : result;
}

/** In the place of the edition's id in the ledger. */
export function letterRow({ letter, nonce }: LetterJob): string {
  return `letter-${letter}-${nonce}`;
}

function write(deps: LetterDeps, job: LetterJob, subscriber: Subscriber) {
  const { locale } = subscriber.preferences;
  return renderLetter(job.letter, {
    locale,
    site: deps.site,
    homeUrl: deps.site.url,
    ...(job.letter === 'confirm' && { confirmUrl: deps.links.confirm(subscriber.id, job.nonce) }),
  });
}

/** Sent or not, nobody knows, and the one second attempt is not used up. */
function isOpen(row: Delivery): boolean {
  return !row.resent && (row.status === 'sending' || row.status === 'uncertain');
}

async function reopen(deps: LetterDeps, row: Delivery | undefined): Promise<void> {
  if (!row?.attemptId || !isOpen(row)) return;
  const now = deps.clock();
  if (row.status === 'sending' && now.getTime() - Date.parse(row.at) < LEASE_MS) return;
  const { editionId, subscriberId, attemptId, status } = row;
  await deps.deliveries.settle({
    ...{ editionId, subscriberId, attemptId, from: [status], to: 'planned', resent: true },
    now: now.toISOString(),
  });
}
