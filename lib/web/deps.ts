import type { JobQueue } from '../delivery/ports.ts';
import type { EditionStore } from '../editions/ports.ts';
import type { Logger } from '../log.ts';
import type { Site } from '../rendering/site.ts';
import type { Keys } from '../subscriptions/identity.ts';
import type { Links } from '../subscriptions/links.ts';
import type { LimitStore, SubscriberStore } from '../subscriptions/ports.ts';
import type { Clock, Locale } from '../types.ts';
import type { WishOffer } from './wishes.ts';

export interface SiteDeps {
  readonly subscribers: SubscriberStore;
  readonly limits: LimitStore;
  readonly editions: EditionStore;
  readonly queue: JobQueue;
  readonly links: Links;
  readonly keys: Keys;
  readonly site: Site;
  /** Languages that digests are made in; the first is what a visitor gets whose language is not among them. */
  readonly locales: readonly Locale[];
  /** Default appointment of a new reader. */
  readonly digest: { readonly cadence: 'daily' | 'weekly'; readonly hour: number; readonly zone: string };
  /** Absent: source languages and alerts are not on offer. */
  readonly wishes?: WishOffer;
  readonly clock: Clock;
  readonly log: Logger;
  /**
   * Answers to a subscription leave this many milliseconds after the request came (or a multiple of it), so that their
   * time does not tell what was found. Default 400; 0 only in tests.
   */
  readonly answerAfterMs?: number;
}

/** What the runtime knows about the connection. */
export interface Client {
  /** IP address of the peer as the platform reports it; never taken from a header. */
  readonly address?: string;
}
