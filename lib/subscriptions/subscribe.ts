import type { Instant } from '../types.ts';
import { type ChangeDeps, change, type Draft } from './change.ts';
import { normaliseEmail, subscriberId } from './identity.ts';
import { newNonce } from './letters.ts';
import { type LimitDeps, mayAsk, networkOf } from './limits.ts';
import type { Consent, Preferences, Subscriber } from './model.ts';
import type { Letterbox } from './ports.ts';

export interface SubscribeDeps extends ChangeDeps, LimitDeps {
  readonly letters: Letterbox;
}

export interface SubscribeInput {
  readonly email: string;
  readonly preferences: Preferences;
  /** `form`, `embed`, `api`, `move`, `cli` */
  readonly source: string;
  readonly textHash: string;
  /** IP address that asked, from the connection and never from a header that anyone can write. */
  readonly address?: string;
  /** It came through a door without our signed form: stricter limits. */
  readonly open?: boolean;
  /** Row of the address that this one takes the place of. */
  readonly replaces?: string;
  /** The pause of that row, which goes along. */
  readonly pausedUntil?: Instant;
}

/**
 * Asks for a subscription: stores a pending row and posts the confirmation letter. For a reader who is in already it
 * posts the welcome letter again; for a suppressed address it does nothing. The caller cannot tell which of these it
 * was, nor whether a limit stopped it: neither can whoever types in other people's addresses.
 *
 * The limit counts before the letter is posted, and stays counted when posting fails: the queue may have taken the
 * letter all the same. So the next try is after a quarter of an hour, which is what the error page says.
 * @throws InputError when the address is not usable
 */
export async function subscribe(deps: SubscribeDeps, input: SubscribeInput): Promise<void> {
  const email = normaliseEmail(input.email);
  const network = networkOf(input.address);
  if (!(await mayAsk(deps, { email, network, open: input.open ?? false }))) return;
  const id = subscriberId(email, deps.keys.identity);
  const { after } = await change(deps, id, (current, now) => {
    const consent = { requestedAt: now, source: input.source, textHash: input.textHash, ...(network && { network }) };
    return request({ id, email, consent, input }, current, now);
  });
  const letter = letterFor(after);
  if (letter) await deps.letters.post(letter, id, newNonce());
}

interface Request {
  readonly id: string;
  readonly email: string;
  readonly consent: Consent;
  readonly input: SubscribeInput;
}

function request(
  { id, email, consent, input }: Request,
  current: Subscriber | undefined,
  now: string,
): Draft | undefined {
  if (current && !['pending', 'unsubscribed'].includes(current.status)) return undefined;
  const before = current?.status === 'pending' ? current.before : leftAs(current);
  return {
    id,
    email,
    status: 'pending',
    preferences: input.preferences,
    consent,
    createdAt: current?.createdAt ?? now,
    ...(before && { before }),
    ...(input.replaces && { replaces: input.replaces }),
    ...(input.pausedUntil && { pausedUntil: input.pausedUntil }),
  };
}

function leftAs(current: Subscriber | undefined): Subscriber['before'] {
  if (!current) return undefined;
  return { status: current.status, ...(current.reason && { reason: current.reason }) };
}

function letterFor(row: Subscriber | undefined): 'confirm' | 'welcome' | undefined {
  if (row?.status === 'pending') return 'confirm';
  return row?.status === 'active' || row?.status === 'paused' ? 'welcome' : undefined;
}
