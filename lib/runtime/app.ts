import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/schema.ts';
import { type DeliverResult, deliver } from '../delivery/deliver.ts';
import { type FeedbackDeps, recordEvent, recordGone } from '../delivery/feedback.ts';
import type { Job, MailEvent } from '../delivery/model.ts';
import { createPace } from '../delivery/pace.ts';
import type { JobQueue, MailTransport } from '../delivery/ports.ts';
import type { PublishResult } from '../delivery/publish.ts';
import { type SweepResult, sweep } from '../delivery/sweep.ts';
import type { CollectInput, CollectResult } from '../feeds/collect.ts';
import type { FetchOptions } from '../feeds/fetch.ts';
import type { FeedSource } from '../feeds/model.ts';
import type { Logger } from '../log.ts';
import type { Site } from '../rendering/edition.ts';
import type { Stores } from '../storage/stores.ts';
import type { Keys } from '../subscriptions/identity.ts';
import { createLinks, type Links } from '../subscriptions/links.ts';
import { suppress } from '../subscriptions/suppress.ts';
import { type TidyResult, tidy } from '../subscriptions/tidy.ts';
import type { Clock, Instant, Progress } from '../types.ts';
import type { Client } from '../web/deps.ts';
import type { WishOffer } from '../web/wishes.ts';

/** What a place to run has to bring: adapters, settings and secrets. */
export interface Parts {
  readonly config: Config;
  readonly sources: readonly FeedSource[];
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly transport: MailTransport;
  /** Only a place that serves the site or writes links needs real ones. */
  readonly keys: Keys;
  /** Public address of the reader site, without trailing slash. */
  readonly siteUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly versions: { readonly config: string; readonly code: string };
  readonly progress?: Progress;
  /** Default: as the configuration says. */
  readonly allowLoopback?: boolean;
}

/** The use cases with their dependencies filled in: what a Lambda, the CLI and a test call alike. */
export interface App {
  /** Reads the configured feeds, or those named. */
  collect(input?: Partial<CollectInput>): Promise<CollectResult>;
  publish(input: { readonly at: Instant; readonly withinHours: number }): Promise<PublishResult>;
  /** @param limits.hasTime asked before each send; once it says no, the rest of the job waits for its redelivery */
  deliver(job: Job, limits?: { readonly hasTime: () => boolean }): Promise<DeliverResult>;
  sweep(): Promise<SweepResult>;
  /** Keeps the deadlines of docs/privacy.md. Reads every reader's row: for once a day. */
  tidy(): Promise<TidyResult>;
  feedback(event: MailEvent): Promise<void>;
  readonly site: { fetch(request: Request, client?: Client): Promise<Response> };
  readonly links: Links;
}

/**
 * Joins the use cases to the parts. Each is set up at its first call, and what is large (parsers, profile, pages) is loaded
 * then, so that a function pays only for its own.
 */
export function createApp(parts: Parts): App {
  const { config, stores, clock, log, queue, keys, siteUrl, sources, versions, transport } = parts;
  const site = siteOf(config, siteUrl);
  const shared = { ...stores, queue, site, clock, log, config };
  const feedback: FeedbackDeps = { ...shared, suppress: (id, reason) => suppress(shared, id, reason) };
  const links = once(() => createLinks({ siteUrl, keys, clock }));
  const pace = once(() => createPace({ ...shared, transport, pause }));
  const selector = once(async () => {
    const { createSelector } = await import('../selection/selector.ts');
    const { profileFrom } = await import('../selection/profile/from-files.ts');
    return createSelector(profileFrom(config.profile));
  });
  const door = once(async () => {
    const { createSite } = await import('../web/site.ts');
    const { locales, digest } = config;
    return createSite({ ...shared, keys, links: links(), locales, digest, wishes: await wishesOf(parts) });
  });
  return {
    collect: async (input = {}) => {
      const { collect } = await import('../feeds/collect.ts');
      const { DEFAULT_FEED_PACE } = await import('../feeds/feed-pace.ts');
      const pace = { ...DEFAULT_FEED_PACE, ...config.collect.pace };
      const reader = { store: stores.feeds, fetcher: fetchOptions(parts), pace, clock, log, ...progressOf(parts) };
      return collect(reader, { sources, ...input });
    },
    publish: async (input) => {
      const { publishAll } = await import('../delivery/breaking.ts');
      return publishAll({ ...shared, sources, selector: await selector(), versions, ...progressOf(parts) }, input);
    },
    deliver: (job, limits) => {
      const gone = (id: string) => recordGone(feedback, id);
      return deliver({ ...shared, links: links(), transport, pause, pace: pace(), gone, ...limits }, job);
    },
    sweep: () => sweep(shared, { now: clock().toISOString() }),
    tidy: () => tidy(shared),
    feedback: (event) => recordEvent(feedback, event),
    site: { fetch: async (request, client) => (await door()).fetch(request, client) },
    get links() {
      return links();
    },
  };
}

/** The publication as mails and pages show it. */
export function siteOf(config: Config, url: string): Site {
  const { name, from, contact } = config.publication;
  return { name, url, from, contact };
}

/** What readers may choose from. */
async function wishesOf({ config, sources }: Parts): Promise<WishOffer> {
  const codes = sources.flatMap(({ lang }) => (lang ? [lang.toLowerCase().split('-')[0] ?? ''] : []));
  const { breaking } = config;
  const offer = { languages: [...new Set(codes)].toSorted(), ...(breaking && { breaking }) };
  if (!config.profile) return offer;
  const { profileFrom } = await import('../selection/profile/from-files.ts');
  return { ...offer, conflicts: profileFrom(config.profile).conflicts };
}

/** Says who asks, so that a publisher can reach the operator. */
function fetchOptions({ config, siteUrl, versions, allowLoopback }: Parts): FetchOptions {
  return {
    userAgent: `Dispatches/${versions.code} (+${config.collect.contactUrl ?? siteUrl})`,
    allowLoopback: allowLoopback ?? config.collect.allowLoopback,
    ...config.collect.fetch,
  };
}

function progressOf({ progress }: Parts): { progress?: Progress } {
  return progress ? { progress } : {};
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
