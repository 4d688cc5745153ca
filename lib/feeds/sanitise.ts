import sanitizeHtml from 'sanitize-html';
import { webUrl } from './urls.ts';

const TAGS = [
  ...[
    'p',
    'br',
    'hr',
    'a',
    'b',
    'strong',
    'i',
    'em',
    'u',
    's',
    'small',
    'sub',
    'sup',
    'span',
    'div',
    'abbr',
    'q',
    'cite',
  ],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'code', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['figure', 'figcaption', 'img', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'caption', 'time'],
];

/** Hosts whose pictures only count readers. */
const COUNTERS =
  /(?:^|\.)(?:feedburner\.com|feedsportal\.com|pixel\.wp\.com|stats\.wp\.com|doubleclick\.net|google-analytics\.com|scorecardresearch\.com|quantserve\.com|pheedo\.com|pheedcontent\.com|rss\.buysellads\.com|feedads\.g\.doubleclick\.net|media\.fastclick\.net|ad\.doubleclick\.net)$/i;

/** True for a picture nobody is meant to see: one pixel, none, hidden, or from a counter. */
function isTracker(attributes: Readonly<Record<string, string>>): boolean {
  const { width = '', height = '', style = '', src = '' } = attributes;
  if (/^\s*[0-2](?:px)?\s*$/.test(width) || /^\s*[0-2](?:px)?\s*$/.test(height)) return true;
  if (
    /display\s*:\s*none|visibility\s*:\s*hidden|(?:^|[;\s])(?:width|height)\s*:\s*[0-2](?:px)?\s*(?:;|$|!)/i.test(style)
  )
    return true;
  const host = URL.parse(src)?.hostname ?? '';
  return COUNTERS.test(host);
}

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'title', 'width', 'height'], time: ['datetime'] },
  allowedSchemes: ['http', 'https'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'xmp',
    'title',
    'iframe',
    'template',
    'plaintext',
    'noembed',
    'noframes',
    'select',
  ],
  nestingLimit: 100,
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && (!webUrl(attribs.src) || isTracker(attribs)),
};

/**
 * HTML of a feed made safe to put into a mail, by allow-list: text, links and pictures with http(s) addresses, structure.
 * No style, script, form, frame, event handler or tracking pixel. Cleaning twice gives the same as cleaning once.
 */
export function sanitise(html: string): string {
  return html.includes('<') || html.includes('&') || html.includes('>') ? sanitizeHtml(html, OPTIONS).trim() : html;
}
