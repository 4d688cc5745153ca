import type { Instant, Page } from '../types.ts';
import type { Preferences, Subscriber } from './model.ts';

/** The appointment part of the preferences; readers who share it are found together. */
export type Appointment = Pick<Preferences, 'cadence' | 'zone' | 'hour'>;

export interface SubscriberStore {
  /** Consistent: sees every write that finished before. */
  get(id: string): Promise<Subscriber | undefined>;
  /**
   * Writes the row if the stored version is `expected` (0: no row yet). False when another write came first: read again
   * and decide again. `subscriber.version` must be `expected + 1`.
   */
  put(subscriber: Subscriber, expected: number): Promise<boolean>;
  /**
   * Writes new rows (version 1, ids all different), quicker than one by one. Gives the ids that were there already,
   * whose rows stay as they are. When it throws, some may have been written.
   */
  createMany(subscribers: readonly Subscriber[]): Promise<readonly string[]>;
  /** Removes the row wholly. */
  remove(id: string): Promise<void>;
  /** Appointments that at least one active or paused reader has or had: superset, small. */
  appointments(): Promise<readonly Appointment[]>;
  /**
   * Ids of active and paused readers with this appointment. May lag behind writes (an index): check again (`receives`)
   * before sending.
   */
  dueReaders(appointment: Appointment, cursor?: string): Promise<Page<Pick<Subscriber, 'id' | 'preferences'>>>;
  list(cursor?: string): Promise<Page<Subscriber>>;
}

export interface Limit {
  readonly max: number;
  readonly seconds: number;
}

/** Counts events per key in sliding windows; one conditional write decides. */
export interface LimitStore {
  /** True when all limits still allow one more at `now`, which is then counted. Exact under concurrency. */
  take(key: string, limits: readonly Limit[], now: Instant): Promise<boolean>;
}

/** Hands a letter over for sending, as references: the sender looks the address up. Throws if it is not accepted. */
export interface Letterbox {
  post(letter: 'confirm' | 'welcome' | 'goodbye', subscriberId: string, nonce: string): Promise<void>;
}
