import type { Instant } from '../types.ts';
import type { Choice, EarlierChoice } from './choice.ts';

export type SubscriberStatus = 'pending' | 'active' | 'paused' | 'unsubscribed' | 'suppressed';

/** What a reader agreed to, when, and to which words. */
export interface Consent {
  readonly requestedAt: Instant;
  readonly confirmedAt?: Instant;
  /** `form`, `api`, `import`, `cli` ... */
  readonly source: string;
  /** SHA-256 (hex) of the text that stood beside the button. */
  readonly textHash: string;
  /** Truncated (IPv4 /24, IPv6 /48). */
  readonly network?: string;
  /** Of the confirmation letter whose button was pressed. */
  readonly nonce?: string;
}

export interface Preferences extends Choice {
  readonly cadence: 'daily' | 'weekly';
  /** IANA zone. */
  readonly zone: string;
  /** Local hour of the digest, 0..23. */
  readonly hour: number;
  /**
   * What to do when there is no news (or no feed could be read). Default `skip`: nothing; `mail`: a short letter that
   * says so.
   */
  readonly quietDays?: 'mail' | 'skip';
  /** Mail without its HTML part. */
  readonly textOnly?: true;
  /** News alerts, besides the digest. */
  readonly breaking?: true;
  /** Newest first: see `choiceAt`. */
  readonly earlier?: readonly EarlierChoice[];
}

export interface Subscriber {
  /** 32 hex digits: keyed hash of the normalised address, so that one mailbox is one row and no address is in a key. */
  readonly id: string;
  /** Normalised; empty once erased, when only the keyed hash in `id` is left. */
  readonly email: string;
  readonly status: SubscriberStatus;
  readonly preferences: Preferences;
  readonly consent: Consent;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** When cadence, zone and hour were chosen: editions due before are not for this reader. Absent: no such limit. */
  readonly appointmentSince?: Instant;
  /**
   * With `paused`: from here on the reader counts as active again, without any write (see `receives`). With `pending`: the
   * pause of the address that moves.
   */
  readonly pausedUntil?: Instant;
  /** Why suppressed or unsubscribed: `bounce`, `complaint`, `one-click`, `page`, `moved`, `operator`, `erased`. */
  readonly reason?: string;
  /** With `pending`, for somebody who had left: what the row goes back to when the request is not confirmed. */
  readonly before?: { readonly status: SubscriberStatus; readonly reason?: string };
  /** Row of the reader's old address, which leaves when this one is confirmed; gone when it has left. */
  readonly replaces?: string;
  /** Starts at 1; every write adds one and is refused when another came first. */
  readonly version: number;
}
