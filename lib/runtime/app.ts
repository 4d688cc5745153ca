import type { Config } from '../config/schema.ts';
import { type DeliverResult, deliver } from '../delivery/deliver.ts';
import { recordEvent } from '../delivery/feedback.ts';
import type { Job, MailEvent } from '../delivery/model.ts';
import type { JobQueue, MailTransport } from '../delivery/ports.ts';
import { type PublishResult, publish } from '../delivery/publish.ts';
import { type SweepResult, sweep } from '../delivery/sweep.ts';
import { type CollectResult, collect, type FetchOptions } from '../feeds/collect.ts';
import type { FeedSource } from '../feeds/model.ts';
import type { Logger } from '../log.ts';
import type { Site } from '../rendering/edition.ts';
import { createSelector } from '../selection/selector.ts';
import type { Stores } from '../storage/stores.ts';
import type { Keys } from '../subscriptions/identity.ts';
import { createLinks, type Links } from '../subscriptions/links.ts';
import type { Clock, Instant, Progress } from '../types.ts';
import { createSite } from '../web/site.ts';

/** What a place to run has to bring: adapters, settings and secrets. */
export interface Parts {
  readonly config: Config;
  readonly sources: readonly FeedSource[];
  readonly stores: Stores;
  readonly queue: JobQueue;
  readonly transport: MailTransport;
  readonly keys: Keys;
  /** Public address of the reader site, without trailing slash. */
  readonly siteUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly versions: { readonly config: string; readonly code: string };
  readonly progress?: Progress;
  readonly allowLoopback?: boolean;
}

/** The use cases with their dependencies filled in: what a Lambda, the CLI and a test call alike. */
export interface App {
  collect(input?: { force?: boolean; keepBacklog?: boolean }): Promise<CollectResult>;
  publish(input: { at: Instant; withinHours: number }): Promise<PublishResult>;
  deliver(job: Job): Promise<DeliverResult>;
  sweep(): Promise<SweepResult>;
  feedback(event: MailEvent): Promise<void>;
  readonly site: { fetch(request: Request): Promise<Response> };
  readonly links: Links;
}

/** Joins the use cases to the parts. Nothing happens until one of them is called. */
export function createApp(parts: Parts): App {
  const { config, stores, clock, log, queue, keys } = parts;
  const site: Site = {
    name: config.publication.name,
    url: parts.siteUrl,
    from: config.publication.from,
    contact: config.publication.contact,
  };
  const links = createLinks({ siteUrl: parts.siteUrl, keys });
  const shared = { ...stores, queue, links, site, clock, log, config };
  return {
    collect: (input = {}) =>
      collect(
        {
          store: stores.feeds,
          fetcher: fetchOptions(parts),
          clock,
          log,
          ...(parts.progress && { progress: parts.progress }),
        },
        { sources: parts.sources, ...input },
      ),
    publish: (input) =>
      publish({ ...shared, sources: parts.sources, selector: createSelector(), versions: parts.versions }, input),
    deliver: (job) => deliver({ ...shared, transport: parts.transport }, job),
    sweep: () => sweep(shared, { now: clock().toISOString() }),
    feedback: (event) => recordEvent(shared, event),
    site: createSite({ ...shared, keys, locales: config.locales, digest: config.digest }),
    links,
  };
}

/** Says who asks, so that a publisher can reach the operator. */
function fetchOptions(parts: Parts): FetchOptions {
  const contact = parts.config.collect.contactUrl ?? parts.siteUrl;
  return {
    userAgent: `Dispatches/${parts.versions.code} (+${contact})`,
    allowLoopback: parts.allowLoopback ?? parts.config.collect.allowLoopback,
  };
}
