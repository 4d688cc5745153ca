import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import PostalMime from 'postal-mime';

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** How a message is looked at; every combination is an address, so no script is needed. */
export interface Look {
  readonly part: 'html' | 'text' | 'source';
  readonly width: 'desktop' | 'phone';
  /** `own`: as the device prefers. */
  readonly scheme: 'own' | 'light' | 'dark';
}

/** The look that the query string asks for; whatever it does not say is as this device would show it. */
export function lookOf(query: Readonly<Record<string, string>>): Look {
  return {
    part: query.part === 'text' || query.part === 'source' ? query.part : 'html',
    width: query.width === 'phone' ? 'phone' : 'desktop',
    scheme: query.scheme === 'dark' || query.scheme === 'light' ? query.scheme : 'own',
  };
}

function queryOf(look: Look): string {
  return `?part=${look.part}&width=${look.width}&scheme=${look.scheme}`;
}

/**
 * A message with its tabs.
 * @param address where this message lives: `<address>?part=...` is this view, `<address>/body` its HTML part
 */
export async function viewer(message: Uint8Array, address: string, look: Look): Promise<Markup> {
  const mail = await PostalMime.parse(message);
  const to = (mail.to ?? []).map((one) => one.address).join(', ');
  const from = mail.from?.name ? `${mail.from.name} <${mail.from.address}>` : mail.from?.address;
  const unsubscribe = mail.headers.find((header) => header.key === 'list-unsubscribe')?.value;
  return html`<article class="message" aria-labelledby="subject">
    <h1 id="subject" lang="${languageOf(mail.html)}">${mail.subject ?? '(no subject)'}</h1>
    <dl class="envelope">
      <div><dt>From</dt><dd>${from}</dd></div>
      <div><dt>To</dt><dd>${to}</dd></div>
      <div><dt>Date</dt><dd>${mail.date ? longTime(mail.date) : ''}</dd></div>
      ${unsubscribe ? html`<div><dt>Unsubscribe</dt><dd class="long">${unsubscribe}</dd></div>` : ''}
    </dl>
    ${controls(address, look)} ${part(mail.html, mail.text ?? '', message, address, look)}
  </article>`;
}

function controls(address: string, look: Look): Markup {
  const choose = (label: string, change: Partial<Look>) => {
    const current = Object.entries(change).every(([name, value]) => look[name as keyof Look] === value);
    return html`<a href="${address}${queryOf({ ...look, ...change })}" ${current ? raw('aria-current="true"') : ''}>${label}</a>`;
  };
  return html`<nav class="controls" aria-label="How to look at this message">
    <span class="choice">
      ${choose('HTML', { part: 'html' })} ${choose('Text', { part: 'text' })} ${choose('Source', { part: 'source' })}
    </span>
    ${
      look.part === 'html'
        ? html`<span class="choice">${choose('Desktop', { width: 'desktop' })} ${choose('Phone', { width: 'phone' })}</span>
            <span class="choice">${choose('As this device', { scheme: 'own' })} ${choose('Light', { scheme: 'light' })} ${choose('Dark', { scheme: 'dark' })}</span>`
        : ''
    }
  </nav>`;
}

function part(body: string | undefined, text: string, source: Uint8Array, address: string, look: Look): Markup {
  if (look.part === 'text')
    return html`<pre class="text" tabindex="0">${text || 'This message has no text part.'}</pre>`;
  if (look.part === 'source') return html`<pre tabindex="0">${new TextDecoder('latin1').decode(source)}</pre>`;
  if (!body) return html`<p class="none">This message has no HTML part.</p>`;
  return html`<iframe class="${look.width} ${look.scheme}" title="The message as ${look.width} mail in ${look.scheme === 'own' ? 'this device’s' : look.scheme} colours"
    sandbox="allow-popups allow-popups-to-escape-sandbox" src="${address}/body${queryOf(look)}"></iframe>`;
}

const BODY_POLICY = [
  "default-src 'none'",
  'img-src data: http://127.0.0.1:* http://localhost:*',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/**
 * The HTML part alone, for the frame: no script runs, nothing is fetched from elsewhere, links open outside. The colour
 * scheme, unless it is the device's own, is forced by deciding the message's `prefers-color-scheme` rules here, so that it does not depend on the
 * browser's own setting.
 */
export async function bodyResponse(message: Uint8Array, { scheme }: Look): Promise<Response> {
  const { html: body = '' } = await PostalMime.parse(message);
  const decide = (rule: string, wanted: string) =>
    scheme === 'own' ? rule : wanted.toLowerCase() === scheme ? '(min-width: 0)' : '(max-width: 0)';
  const decided = body.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, decide);
  return new Response(`<base target="_blank">${decided}`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': BODY_POLICY },
  });
}

/** `Mon, 23 Nov 2026, 12:06 UTC`: the message's own instant, the same on every machine. */
function longTime(date: string): string {
  const at = new Date(date);
  if (Number.isNaN(at.getTime())) return date;
  const format = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return `${new Intl.DateTimeFormat('en-GB', { ...format, timeZone: 'UTC' }).format(at)} UTC`;
}

function languageOf(body = ''): string {
  return /<html[^>]*\slang="([\w-]+)"/i.exec(body)?.[1] ?? 'und';
}
