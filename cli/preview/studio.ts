import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { type ComposeDeps, draftEdition } from '../../lib/delivery/ensure-edition.ts';
import { editsState } from '../../lib/editions/edits.ts';
import type { Edition } from '../../lib/editions/model.ts';
import { adviceFor, InputError } from '../../lib/errors.ts';
import { siteOf } from '../../lib/runtime/app.ts';
import { bodyResponse, lookOf } from '../../lib/runtime/local-ses/viewer.ts';
import { remembering } from '../../lib/selection/remembering.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import type { Locale } from '../../lib/types.ts';
import { edit } from './edit.ts';
import type { Live } from './live.ts';
import { type MailDeps, mimeOf } from './mail.ts';
import { onlyOwnPages } from './same-origin.ts';
import { type Coming, comingSlots } from './slots.ts';
import { studioPage } from './studio-page.ts';

export interface StudioDeps extends MailDeps, Pick<ComposeDeps, 'sources' | 'versions' | 'clock' | 'selector'> {
  readonly stores: Pick<Stores, 'editions' | 'feeds' | 'subscribers' | 'deliveries' | 'sending'>;
  /** The profile's own, from which on items are picked. */
  readonly threshold: number;
  readonly live: Live;
  /** What is shown first; default: the browser's language. */
  readonly locale?: Locale | undefined;
}

export interface Bench {
  readonly slot: Coming;
  readonly locale: Locale;
  readonly slots: readonly Coming[];
  readonly draft: Edition;
}

const SCRIPT = readFileSync(new URL('studio.client.js', import.meta.url), 'utf8');

/** The page at `/preview/next` on which an editor looks at the next edition, and changes it, before it is composed. */
export function createStudio(deps: StudioDeps): Hono {
  const app = new Hono();
  const open = benches(deps);
  app.use('/preview/*', onlyOwnPages());
  app.get('/preview/studio.js', (context) => context.body(SCRIPT, 200, { 'content-type': 'text/javascript' }));
  app.get('/preview/events', () => events(deps.live));
  app.get('/preview/next', async (context) => show(deps, await open(context)));
  app.get('/preview/next/body', async (context) => {
    const { draft } = await open(context);
    return bodyResponse(await raw(deps, draft), lookOf(context.req.query()));
  });

  app.post('/preview/next', async (context) => {
    const bench = await open(context);
    const form = await context.req.parseBody();
    try {
      await decide(deps, bench, form);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return show(deps, await open(context), { problem: adviceFor(error), threshold: String(form.threshold ?? '') });
    }
    return context.redirect(addressOf(bench), 303);
  });
  return app;
}

export function addressOf({ slot, locale }: Pick<Bench, 'slot' | 'locale'>, path = '/preview/next'): string {
  return `${path}?${new URLSearchParams({ slot: slot.name, lang: locale })}`;
}

/** One decision more, on top of what its page showed: of two editors the slower one is told, and nothing is lost. */
async function decide({ stores }: StudioDeps, { slot, draft }: Bench, form: Record<string, unknown>): Promise<void> {
  if (form.slot !== slot.name)
    throw new InputError('That edition has been composed in the meantime.', 'This is the next one.');
  const next = edit(draft, String(form.do ?? ''), String(form.threshold ?? ''));
  const isCurrent = form.state === editsState(draft.edits);
  if (isCurrent && (await stores.editions.saveEdits(slot.name, next, draft.edits))) return;
  throw new InputError(
    'Not done: somebody else decided something about this edition after this page was loaded.',
    'This is how it stands now; do it again if you still want it.',
  );
}

interface Refusal {
  readonly problem: string;
  /** What the slider was at. */
  readonly threshold: string;
}

async function show(deps: StudioDeps, bench: Bench, refusal?: Refusal): Promise<Response> {
  const mail = await raw(deps, bench.draft);
  const { threshold, config, neighbours = [] } = deps;
  const { locales } = config;
  const problem = refusal?.problem ?? deps.live.problem;
  const typed = refusal?.threshold;
  return studioPage({ ...bench, threshold, typed, locales, neighbours, problem, mail }, refusal ? 422 : 200);
}

async function raw(deps: StudioDeps, draft: Edition): Promise<Uint8Array> {
  const message = await deps.live.render(draft, siteOf(deps.config, deps.siteUrl));
  return mimeOf(deps, draft, message);
}

/** What a request is about: a slot and a language, with the draft of that edition. Items are decided once. */
function benches(deps: StudioDeps): (context: Context) => Promise<Bench> {
  const { stores, config, clock } = deps;
  const composing = { ...stores, ...deps, selector: remembering(deps.selector) };
  return async ({ req }) => {
    const slots = await comingSlots(stores.subscribers, config, clock().toISOString());
    const slot = slots.find(({ name }) => name === req.query('slot')) ?? slots[0];
    if (!slot) throw new Error('There is always a next edition.');
    const spoken = req.query('lang') ?? deps.locale ?? req.header('accept-language')?.slice(0, 2);
    const locale = config.locales.find((one) => one === spoken) ?? config.locales[0] ?? 'en';
    const key = { publication: config.publication.id, cadence: slot.cadence, variant: locale, dueAt: slot.dueAt };
    return { slots, slot, locale, draft: await draftEdition(composing, key, slot.appointments) };
  };
}

/** Tells the page when the templates changed (HTML standard, server-sent events). */
function events(live: Live): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(encoder.encode(': here\n\n'));
      stop = live.follow(() => stream.enqueue(encoder.encode('data: changed\n\n')));
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}
