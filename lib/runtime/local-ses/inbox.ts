import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Envelope, Outbox } from './outbox.ts';
import { pageResponse } from './page.ts';
import { bodyResponse, lookOf, type Markup, viewer } from './viewer.ts';

/** The pages on which a person reads what the local mail service took. */
export function createInbox(outbox: Outbox): Hono {
  const app = new Hono();
  app.get('/', async () => page(await outbox.list(), undefined, intro()));

  app.get('/messages/:id', async (context) => {
    const id = context.req.param('id');
    const found = await outbox.get(id);
    if (!found) return page(await outbox.list(), undefined, missing(), 404);
    const view = await viewer(found.raw, `/messages/${id}`, lookOf(context.req.query()));
    return page(await outbox.list(), found.envelope, html`${view} ${details(found.envelope)}`);
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

function page(list: readonly Envelope[], open: Envelope | undefined, main: Markup, status = 200): Promise<Response> {
  const title = open ? `${open.subject} · Inbox` : `Inbox (${list.length})`;
  return pageResponse(
    title,
    html`<header class="bar"><strong><a href="/">Inbox</a></strong>
      <span>Local mail service: ${list.length} ${list.length === 1 ? 'message' : 'messages'}, none left this machine</span></header>
    <div class="panes ${open ? 'reading' : ''}">
      <nav aria-label="Messages"><ul class="list">${list.map((envelope) => row(envelope, envelope.id === open?.id))}</ul></nav>
      <main>${main}</main>
    </div>`,
    status,
  );
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
