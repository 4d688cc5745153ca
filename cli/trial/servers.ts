import type { MailEvent } from '../../lib/delivery/model.ts';
import { decodeSesEvent } from '../../lib/delivery/ses-event.ts';
import { type Listening, listen } from '../../lib/runtime/listen.ts';
import { eventsOf } from '../../lib/runtime/local-ses/events.ts';
import { createLocalSes } from '../../lib/runtime/local-ses/index.ts';
import type { Outbox } from '../../lib/runtime/local-ses/outbox.ts';
import type { Clock } from '../../lib/types.ts';
import type { Client } from '../../lib/web/deps.ts';
import { type SampleServer, startSampleServer } from '../sample/server.ts';
import type { Ports } from './ports.ts';

export interface Servers {
  readonly feeds: SampleServer;
  readonly site: Listening;
  /** The mail service, with its inbox. */
  readonly inbox: Listening;
  readonly mailService: ReturnType<typeof createLocalSes>;
  /** Gives the servers what lies behind them: their addresses had to be known first. */
  open(site: (request: Request, client: Client) => Promise<Response>, event: (event: MailEvent) => Promise<void>): void;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly outbox: Outbox;
  /** The address that may send. */
  readonly from: string;
  readonly clock: Clock;
  /** Another is taken for one that is in use, and any free one for 0. */
  readonly ports: Ports;
}

/** Beside the inbox, on the same server. */
const PREVIEW = { label: 'Preview', url: '/preview' };

/** Starts the sample feeds, the mail service and, for now, a closed door of the reader site. */
export async function startServers({ outbox, from, clock, ports }: ServerOptions): Promise<Servers> {
  let answer = async (_request: Request, _client: Client) =>
    new Response('Starting; try again in a moment.', { status: 503 });
  let report = async (_event: MailEvent) => {};
  let siteUrl = '';
  const mailService = createLocalSes({
    outbox,
    neighbours: () => [PREVIEW, { label: 'Reader site', url: siteUrl }],
    verified: [from],
    onAccepted: async (envelope) => {
      for (const json of eventsOf(envelope)) for (const event of decodeSesEvent(json)) await report(event);
    },
  });
  const [feeds, inbox, site] = await Promise.all([
    startSampleServer(clock, ports.feeds),
    listen(mailService.fetch, ports.inbox),
    listen((request, client) => answer(request, client), ports.site),
  ]);
  siteUrl = site.url;
  return {
    ...{ feeds, inbox, site, mailService },
    open(toSite, toFeedback) {
      answer = toSite;
      report = toFeedback;
    },
    async close() {
      await Promise.all([feeds.close(), inbox.close(), site.close()]);
    },
  };
}
