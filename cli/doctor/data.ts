import { sendingState } from '../../lib/delivery/sending.ts';
import { adviceFor } from '../../lib/errors.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import { HOUR } from '../../lib/time.ts';
import { readStatus, type Status } from '../status.ts';
import { count } from '../terminal.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

/** What the stores tell: is news coming in, did the last edition leave, may mail leave. */
export async function checkData(stores: Stores, now: Date): Promise<readonly Finding[]> {
  const status = await readStatus(stores, now);
  return [feeds(status, now), readers(status), edition(status), await sending(stores, now)];
}

function feeds({ feeds: { known, failing, lastSuccess } }: Status, now: Date): Finding {
  const fix = 'See which and why: dispatches feeds list; then dispatches feeds check.';
  if (known === 0 || !lastSuccess) return failure('Feeds', 'no feed was ever read', fix);
  const hours = Math.round((now.getTime() - Date.parse(lastSuccess)) / HOUR);
  if (hours > 6) return failure('Feeds', `no feed was read for ${hours} hours`, fix);
  if (failing.length * 2 > known) return failure('Feeds', `${failing.length} of ${known} fail`, fix);
  if (failing.length > 0) return warning('Feeds', `${failing.length} of ${known} fail`, fix);
  return ok('Feeds', `${count(known, 'feed')} read, last ${lastSuccess}`);
}

function readers({ readers: { active = 0 } }: Status): Finding {
  if (active > 0) return ok('Readers', `${active} active`);
  return warning(
    'Readers',
    'nobody gets mail yet',
    'Subscribe on the reader site, or: dispatches subscribers add ADDRESS.',
  );
}

/** The newest must be getting on, and each appointment that came in the last week must have its own. */
function edition({ editions, missed }: Status): Finding {
  const [newest] = editions;
  if (newest?.stuck)
    return failure('Last edition', `${newest.id}: ${newest.stuck}`, `dispatches edition report ${newest.id}`);
  const [first, last] = [missed[0], missed.at(-1)];
  if (!first || !last)
    return ok('Last edition', newest ? `${newest.id}, ${newest.status}` : 'none yet, and none was due');
  const were = missed.length === 1 ? `one was due at ${first}` : `${missed.length} were due from ${first} to ${last}`;
  const stands = !newest || newest.dueAt < last;
  return warning(
    'Last edition',
    stands
      ? `${newest ? `${newest.id}; ` : ''}none since, though ${were}`
      : `${newest.id}; earlier ${were} and never made`,
    stands
      ? 'Is the clock running? See the schedules, or "dispatches serve".'
      : 'Nothing ran then. What readers did not get: docs/self-hosting.md, "After days off".',
  );
}

async function sending(stores: Stores, now: Date): Promise<Finding> {
  try {
    const { state, reason, lately } = await sendingState({ sending: stores.sending, clock: () => now });
    const facts = `${lately.sent} sent, ${lately.bounced} bounced, ${lately.complained} complained in two days`;
    if (state === 'on') return ok('Switch', `mail may leave; ${facts}`);
    return failure(
      'Switch',
      `mail is held back: ${state}${reason ? ` (${reason})` : ''}; ${facts}`,
      'When the cause is gone: dispatches resume.',
    );
  } catch (error) {
    return failure('Switch', adviceFor(error), 'Look at the database.');
  }
}
