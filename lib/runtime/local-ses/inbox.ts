import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Envelope, Outbox } from './outbox.ts';
import { bar, type Neighbour, pageResponse } from './page.ts';
import { onlyThisMachine } from './this-machine.ts';
import { bodyResponse, lookOf, type Markup, viewer } from './viewer.ts';

export interface InboxOptions {
  readonly outbox: Outbox;
  /** Pages to go to from here. Asked for with each page: they may not be known at the start. */
  readonly neighbours?: () => readonly Neighbour[];
}

/** The pages on which a person reads what the local mail service took. */
export function createInbox({ outbox, neighbours = () => [] }: InboxOptions): Hono {
  const app = new Hono();
  app.use(onlyThisMachine());
  const page = async (open: Envelope | undefined, main: Markup, status = 200) =>
    pageResponse(...layout(await outbox.list(), open, main, neighbours()), status);
  app.get('/', () => page(undefined, intro()));
  app.notFound(() => page(undefined, nothing(), 404));

  app.get('/messages/:id', async (context) => {
    const id = context.req.param('id');
    const found = await outbox.get(id);
    if (!found) return page(undefined, missing(), 404);
    const view = await viewer(found.raw, `/messages/${id}`, lookOf(context.req.query()));
    return page(found.envelope, html`${view} ${details(found.envelope)}`);
  });

  app.get('/messages/:id/body', async (context) => {
    const found = await outbox.get(context.req.param('id'));
    return found ? bodyResponse(found.raw, lookOf(context.req.query())) : context.notFound();
  });

  app.get('/messages/:id/raw', async (context) => {
    const found = await outbox.get(context.req.param('id'));
    if (!found) return context.notFound();
    const name = `attachment; filename="${found.envelope.id}.eml"`;
    return context.body(found.raw.slice().buffer, 200, {
      'content-type': 'message/rfc822',
      'content-disposition': name,
    });
  });
  return app;
}

/** Title and main part of a page. */
function layout(
  list: readonly Envelope[],
  open: Envelope | undefined,
  main: Markup,
  neighbours: readonly Neighbour[],
): [title: string, main: Markup] {
  const title = open ? `${open.subject} · Inbox` : `Inbox (${list.length})`;
  const facts = `Local mail service: ${list.length} ${list.length === 1 ? 'message' : 'messages'}, none left this machine`;
  return [
    title,
    html`${bar(html`<a href="/">Inbox</a>`, [facts], neighbours)}
    <div class="panes ${open ? 'reading' : 'listing'}">
      <nav aria-label="Messages"><ul class="list">${list.map((envelope) => row(envelope, envelope.id === open?.id))}</ul></nav>
      <main>${main}</main>
    </div>`,
  ];
}

function row(envelope: Envelope, current: boolean): Markup {
  return html`<li><a href="/messages/${envelope.id}" ${current ? raw('aria-current="page"') : ''}>
    <b>${envelope.subject || '(no subject)'}</b>
    <small><span>${envelope.to.join(', ')}</span><time datetime="${envelope.at}">${shortTime(envelope.at)}</time></small>
  </a></li>`;
}

function details(envelope: Envelope): Markup {
  const tags = Object.entries(envelope.tags).map(([name, value]) => `${name}=${value}`);
  return html`<p class="none"><a href="/messages/${envelope.id}/raw">Download the .eml</a><br>
    SES message id ${envelope.id}${tags.length > 0 ? html`<br>Tags: ${tags.join(', ')}` : ''}</p>`;
}

function intro(): Markup {
  return html`<h1>Inbox</h1><p class="none">Every message that was sent through the local mail service is listed here,
    newest first, as its reader would get it. Choose one to see its HTML, text and source.</p>`;
}

function nothing(): Markup {
  return html`<h1>Nothing here</h1><p class="none">This is the inbox of the local mail service.
    <a href="/">See its messages</a>.</p>`;
}

function missing(): Markup {
  return html`<h1>No such message</h1><p class="none">It is not in the outbox folder (any more).</p>`;
}

/** `Nov 23, 10:37` in the machine's own zone. */
function shortTime(at: string): string {
  return new Intl.DateTimeFormat('en', {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(at));
}
