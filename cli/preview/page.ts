import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Considered, Edition, EditionStory } from '../../lib/editions/model.ts';
import type { EditionStore, EditionSummary } from '../../lib/editions/ports.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { bar, type Neighbour, pageResponse } from '../../lib/runtime/local-ses/page.ts';
import { bodyResponse, lookOf, type Markup, viewer } from '../../lib/runtime/local-ses/viewer.ts';
import { languageOf, localeOf } from '../language-of.ts';
import { looks, STYLE } from './looks.ts';
import { type MailDeps, mimeOf } from './mail.ts';
import { headline, reasons } from './reasons.ts';
import { onlyOwnPages } from './same-origin.ts';
import { createStudio, type StudioDeps } from './studio.ts';

export interface PreviewDeps extends MailDeps {
  readonly editions: EditionStore;
  /** The desk for the next edition; absent where there is no next one. */
  readonly studio?: Omit<StudioDeps, keyof MailDeps>;
}

/** Editions shown for choosing. */
const RECENT = 12;
const STUDIO = { label: 'Studio', url: '/preview/next' };

/** Pages at `/preview`: an edition as mail beside what was picked and left out, and why; the next one in the studio. */
export function createPreview(deps: PreviewDeps): Hono {
  const app = new Hono();
  const neighbours = [...(deps.studio ? [STUDIO] : []), ...(deps.neighbours ?? [])];
  app.use('/preview/*', onlyOwnPages());
  if (deps.studio) app.route('/', createStudio({ ...deps, ...deps.studio }));
  app.get('/preview', async (context) => {
    const { items } = await deps.editions.list(RECENT);
    const id = preferred(items, context.req.header('accept-language'));
    if (id) return context.redirect(`/preview/${id}`);
    return deps.studio ? context.redirect('/preview/next') : pageResponse('Preview', nothing(neighbours), 404);
  });

  app.get('/preview/:id', async (context) => {
    const record = await deps.editions.get(context.req.param('id'));
    if (!record) return pageResponse('Preview', nothing(neighbours), 404);
    const { items } = await deps.editions.list(RECENT);
    const mail = await viewer(
      mimeOf(deps, record.edition, record.message),
      `/preview/${record.edition.id}`,
      lookOf(context.req.query()),
    );
    return pageResponse(`${record.message.subject} · Preview`, page(record.edition, items, mail, neighbours));
  });

  app.get('/preview/:id/looks', async (context) => {
    const record = await deps.editions.get(context.req.param('id'));
    if (!record) return pageResponse('Preview', nothing(neighbours), 404);
    const { edition, message } = record;
    const beside = await looks(mimeOf(deps, edition, message), `/preview/${edition.id}/body?`);
    const title = html`<a href="/preview/${edition.id}">Preview</a>`;
    const main = html`${STYLE}${bar(title, [edition.id], neighbours)}<main class="studio whole"><h1 lang="${edition.variant}">${message.subject}</h1>${beside}</main>`;
    return pageResponse(`${message.subject} · Side by side`, main);
  });

  app.get('/preview/:id/body', async (context) => {
    const record = await deps.editions.get(context.req.param('id'));
    return record
      ? bodyResponse(mimeOf(deps, record.edition, record.message), lookOf(context.req.query()))
      : context.notFound();
  });
  return app;
}

/** The id of the newest edition: of those due together, the one in the browser's first language. */
function preferred(recent: readonly EditionSummary[], acceptLanguage = ''): string | undefined {
  const [first] = recent;
  const together = recent.filter(({ dueAt }) => dueAt === first?.dueAt);
  return (together.find(({ id }) => localeOf(id) === acceptLanguage.slice(0, 2)) ?? first)?.id;
}

function page(
  edition: Edition,
  recent: readonly EditionSummary[],
  mail: Markup,
  neighbours: readonly Neighbour[],
): Markup {
  const stories = storiesOf(edition);
  const { items, picked, publishers } = edition.counts;
  const facts = `${items} items looked at, ${picked} picked, ${stories.length} stories, ${publishers} publishers`;
  return html`${bar('Preview', [edition.id, facts], neighbours)}
    <div class="panes wide">
      <main><p class="none"><a href="/preview/${edition.id}/looks">All looks side by side</a></p>${mail}</main>
      <aside aria-label="What was picked and what was left out">
        ${recent.length > 1 ? chooser(recent, edition.id) : ''}${edited(edition)}
        <h2>Picked</h2>
        ${stories.length > 0 ? html`<ol class="items">${stories.map(story)}</ol>` : html`<p class="none">Nothing.</p>`}
        <details><summary>Left out (${edition.considered.length})</summary>
        <ul class="items">${edition.considered.map(leftOut)}</ul></details>
      </aside>
    </div>`;
}

/** What an editor changed before it was composed. */
function edited({ edits }: Edition): Markup | '' {
  if (!edits) return '';
  const { pinned, hidden, threshold } = edits;
  const own = threshold === undefined ? '' : `, threshold ${threshold.toFixed(2)}`;
  return html`<p class="none">An editor decided: ${pinned.length} pinned, ${hidden.length} hidden${own}.</p>`;
}

function chooser(recent: readonly EditionSummary[], current: string): Markup {
  return html`<nav class="controls" aria-label="Editions"><span class="choice">${recent.map(
    (edition) =>
      html`<a href="/preview/${edition.id}" ${edition.id === current ? raw('aria-current="page"') : ''}>${short(edition)}</a>`,
  )}</span></nav>`;
}

/** `Dutch, 23 Nov` */
function short({ id, dueAt }: EditionSummary): string {
  return `${languageOf(id)}, ${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(new Date(dueAt))}`;
}

function story({ items, rank, places, attribution, change }: EditionStory): Markup {
  const about = [change, attribution, `rank ${rank.score.toFixed(2)}`, places.map((place) => place.name).join(', ')];
  return html`<li><small>${about.filter(Boolean).join(' · ')}</small>${items.map(
    ({ item, decision }) => html`<div><b lang="${decision.lang}">${headline(item.title, item.link)}</b>
      <small>${item.publisher} · ${decision.lang} · score ${decision.score.toFixed(2)}</small>${reasons(decision)}</div>`,
  )}</li>`;
}

function leftOut({ title: text, link, publisher, decision, why }: Considered): Markup {
  return html`<li><b lang="${decision.lang}">${headline(text, link)}</b>
    <small>${publisher} · ${decision.lang} · score ${decision.score.toFixed(2)} · ${why}</small>${reasons(decision)}</li>`;
}

function nothing(neighbours: readonly Neighbour[]): Markup {
  return html`${bar('Preview', [], neighbours)}<main><h1>There is no such edition</h1>
    <p class="none">Run “npm start”, or give feeds: dispatches preview --feeds URL.</p></main>`;
}
