const SPECIAL = /[&<>"']/;
const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML text or as the inside of a quoted attribute. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (char) => ENTITY[char] ?? char) : text;
}

/** The URL when readers may follow it (http, https, mailto; no white space or controls), else the empty string. */
export function safeLink(url: string): string {
  return /^(?:https?:\/\/|mailto:)[^\s\u0000-\u001f\u007f]+$/i.test(url) ? url : '';
}

/** A link as the inside of a quoted `href`: empty when readers may not follow it. */
export function href(url: string | null): string {
  return url ? escapeHtml(safeLink(url)) : '';
}

// Controls, line and paragraph separators: each acts as a space.
const BREAKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g;
// Invisible characters that reorder, hide or tag text: bidi controls, zero-width space and joiner marks, BOM, interlinear
// annotation, private use, noncharacters, tags, halves of surrogate pairs.
const TRICKS =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]|[\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}]|\p{Surrogate}/gu;
// Anything but letters of the commonest scripts and common punctuation, which need no cleaning and are in NFC already.
const UNPLAIN =
  /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0388-\u03ff\u0400-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]| {2}/;

/** Feed text as one line of visible characters, in NFC: what may stand in a subject, a heading or the text part. */
export function cleanLine(text: string): string {
  if (!UNPLAIN.test(text)) return text.trim();
  return text.replace(BREAKS, ' ').replace(TRICKS, '').normalize('NFC').replace(/ {2,}/g, ' ').trim();
}

/** A clean line that no mail reader takes for an encoded word (RFC 2047). */
export function cleanSubject(text: string): string {
  return cleanLine(text).replaceAll('=?', '= ?');
}

/** At most `max` characters, cut between words where one ends in the last third, with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '');
  const space = head.lastIndexOf(' ');
  return `${(space > (max * 2) / 3 ? head.slice(0, space) : head).replace(/[\s,;:.–—-]+$/u, '')}…`;
}
