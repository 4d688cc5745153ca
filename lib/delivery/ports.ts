import type { Instant, Page } from '../types.ts';
import type { Delivery, DeliveryStatus, Job, OutgoingMail, Quota, SendOutcome, Switch, Tally } from './model.ts';

/** The ledger. Every write is one conditional write of one row. */
export interface DeliveryStore {
  /** Writes `planned` rows for those that have no row yet; the others stay as they are. */
  plan(editionId: string, subscriberIds: readonly string[], now: Instant): Promise<void>;
  /** `planned` -> `sending(attemptId)`. False: somebody else has it, or it is done. Must be called before every send. */
  claim(editionId: string, subscriberId: string, attemptId: string, now: Instant): Promise<boolean>;
  /**
   * Moves a row on if its status is one of `from` (and its attempt is `attemptId`, where given). False: it was not.
   * Sets `messageId`, `reason`, `seen` and `resent` where given and keeps what the row had where not; never touches
   * the row's `attemptId`.
   */
  settle(change: Settlement): Promise<boolean>;
  /** Consistent: sees every write that finished before. */
  get(editionId: string, subscriberId: string): Promise<Delivery | undefined>;
  page(editionId: string, cursor?: string): Promise<Page<Delivery>>;
}

export interface Settlement {
  readonly editionId: string;
  readonly subscriberId: string;
  readonly from: readonly DeliveryStatus[];
  readonly to: DeliveryStatus;
  readonly attemptId?: string;
  readonly messageId?: string;
  readonly reason?: string;
  readonly seen?: true;
  readonly resent?: true;
  /** Becomes the row's `at`. */
  readonly now: Instant;
}

/** What all senders of one database share: the switch, the tallies and the pace. */
export interface SendingStore {
  /** Names this database. A copy restored from a backup has another name. */
  home(): Promise<string>;
  /** Consistent. Undefined: nothing was ever sent from this database. */
  get(): Promise<Switch | undefined>;
  /** Writes when the stored version is `expected` (0: none yet); false when another write came first. */
  put(next: Switch, expected: number): Promise<boolean>;
  /** Adds to the tally of a period (any text without `#`) and gives what it is then. */
  count(period: string, more: Partial<Tally>): Promise<Tally>;
  tally(period: string): Promise<Tally>;
  /**
   * Reserves room for so many sends at this pace behind all room reserved before: gives when the first may leave, in
   * epoch milliseconds, `now` or later. Exact under concurrency.
   */
  reserve(sends: number, perSecond: number, now: number): Promise<number>;
}

export interface JobQueue {
  /**
   * Hands jobs over, at least once each. Returns those that were not accepted.
   * @param delaySeconds before anybody may take them, at most 900. A queue that cannot wait accepts none of these.
   */
  enqueue(jobs: readonly Job[], delaySeconds?: number): Promise<readonly Job[]>;
  /** Jobs die with the process: the sweep then waits for nobody and hands over again what is still planned. */
  readonly forgetful?: boolean;
}

/** Addresses that lead one reader to one page: ASCII, safe in HTML attributes. `createLinks` makes them. */
export interface ReaderLinks {
  unsubscribe(subscriberId: string): string;
  preferences(subscriberId: string): string;
  confirm(subscriberId: string, nonce: string): string;
}

export interface MailTransport {
  /** One attempt, never more. Does not throw: every way it can end is a SendOutcome. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** What the service allows. Absent: it has no limits. Throws when it cannot be asked. */
  quota?(): Promise<Quota>;
}
