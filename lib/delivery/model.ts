import type { Instant } from '../types.ts';

export type DeliveryStatus = 'planned' | 'sending' | 'sent' | 'rejected' | 'uncertain' | 'suppressed' | 'expired';

/** One edition for one subscriber: the ledger row that decides whether mail may leave. */
export interface Delivery {
  readonly editionId: string;
  readonly subscriberId: string;
  readonly status: DeliveryStatus;
  /** Set by the claim, before SES is called, and kept by every later settlement; travels as an SES tag. */
  readonly attemptId?: string;
  readonly messageId?: string;
  readonly reason?: string;
  /** An SES event about this attempt arrived. Recorded for a sample of the attempts (see `attempt.ts`). */
  readonly seen?: boolean;
  /** The one second attempt was granted; never cleared. */
  readonly resent?: boolean;
  /** When the row last moved. */
  readonly at: Instant;
}

/** What travels through the queue: references only, never an address, token or text. */
export type Job =
  | { readonly kind: 'edition'; readonly editionId: string; readonly subscriberIds: readonly string[] }
  | {
      readonly kind: 'letter';
      readonly letter: 'confirm' | 'welcome' | 'goodbye';
      readonly subscriberId: string;
      readonly nonce: string;
    };

export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  /** The whole RFC 5322 message, CRLF, 7-bit. */
  readonly raw: Uint8Array;
  /** SES message tags: letters, digits, `-` and `_` only; never an address. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What a mail service allows an account. */
export interface Quota {
  readonly perSecond: number;
  /** In any 24 hours; `Infinity`: as many as one likes. A new account (SES's sandbox) has 200. */
  readonly perDay: number;
  /** In the 24 hours before it was asked. */
  readonly sentInDay: number;
}

/** What a mail service's answer means for the ledger. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Definitely not accepted, and never will be for this message; `gone`: nor any other, for there is no such mailbox. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly gone?: true }
  /**
   * Definitely not accepted now; `day`: the daily quota is used up, `rate`: anything that a pause cures, `reader`: this
   * reader's mailbox or domain is not to be had for now, others are.
   */
  | { readonly kind: 'throttled'; readonly scope: 'rate' | 'day' | 'reader'; readonly reason: string }
  /** Definitely not accepted, and no other mail will be either until the operator acts. */
  | { readonly kind: 'stopped'; readonly reason: string }
  /** Accepted or not: nobody knows yet. */
  | { readonly kind: 'uncertain'; readonly reason: string };

/** An SES event after decoding (Send, Delivery, Bounce, Complaint, Reject ...). */
export interface MailEvent {
  readonly type: 'send' | 'delivery' | 'bounce' | 'complaint' | 'reject' | 'delay' | 'rendering-failure';
  readonly messageId: string;
  readonly editionId: string;
  readonly subscriberId: string;
  readonly attemptId: string;
  /** Bounces only: permanent ones suppress. */
  readonly permanent?: boolean;
  readonly at: Instant;
}

/** Whether mail may leave: one such row per database. */
export interface Switch {
  readonly state: 'on' | 'paused' | 'braked';
  readonly reason?: string;
  /** Since when. */
  readonly at: Instant;
  /** The database that this was written in (`SendingStore.home`). From any other, a restored copy, nothing leaves. */
  readonly home: string;
  /** Counts how often sending was resumed; mails, bounces and complaints are tallied anew from then on. */
  readonly epoch: number;
  /** Editions due up to then count as sent: what an operator says when a restored database is put to work. */
  readonly sentUntil?: Instant;
  /** Starts at 1; every write adds one and is refused when another came first. */
  readonly version: number;
}

/** What happened to mails in a while. `bounced`: for good; `delayed`: transient bounces. */
export interface Tally {
  readonly sent: number;
  readonly bounced: number;
  readonly complained: number;
  readonly delayed: number;
}
