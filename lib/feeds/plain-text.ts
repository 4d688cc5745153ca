import { decodeEntities, dropForbidden } from './entities.ts';
import { isHtmlName } from './html-names.ts';
import { tokenise } from './tokens.ts';

/** Elements whose content is no text for a reader. */
const SILENT = /^(?:script|style|noscript|template|iframe|object|svg|math|head|title|textarea|select|xmp)$/i;
/** Elements that stand in a line of text; every other tag separates words. */
const INLINE =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/i;

/** The twelve Bidi_Control characters, invisible characters and tag characters: they make text lie about itself. */
const DECEPTIVE =
  /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Zero-width joiners belong between letters (Persian, Hindi) or emoji, nowhere else. */
const STRAY_JOINER =
  /(?<!\p{L}|\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)[\u200c\u200d]+|[\u200c\u200d]+(?!\p{L}|\p{M}|\p{Extended_Pictographic})/gu;
const MARK_PILE = /(\p{M}{4})\p{M}+/gu;
const SPACES = /[\s\u0085\u2028\u2029\u00a0]+/g;
const UNUSUAL = /[^\u0020-\u007e\u00c0-\u017f]/;

/** One line of honest text: no control, bidi or invisible characters, white space collapsed, no pile of accents. */
export function oneLine(text: string): string {
  if (!UNUSUAL.test(text)) return text.replace(/ {2,}/g, ' ').trim();
  const visible = dropForbidden(text).replace(DECEPTIVE, '').replace(STRAY_JOINER, '').replace(MARK_PILE, '$1');
  return visible.replace(SPACES, ' ').trim();
}

/**
 * The text of HTML as one line: tags and comments gone, entities decoded, scripts and styles left out. What looks like
 * a tag but is no HTML (`List<String>`) stays. Linear time.
 */
export function plainText(html: string): string {
  if (!html.includes('<')) return oneLine(decodeEntities(html));
  const parts: string[] = [];
  let silent = '';
  const tag = (name: string, start: number, end: number | undefined) => {
    if (!isHtmlName(name)) parts.push(html.slice(start, end));
    else if (!INLINE.test(name)) parts.push(' ');
  };
  tokenise(html, {
    open: (name, _attributes, selfClosing, at, end) => {
      if (silent) return;
      if (!selfClosing && SILENT.test(name)) silent = name.toLowerCase();
      tag(name, at, end);
    },
    close: (name, at, end) => {
      if (silent) silent = name.toLowerCase() === silent ? '' : silent;
      else tag(name, at, end);
    },
    text: (raw) => {
      if (!silent) parts.push(decodeEntities(raw));
    },
    cdata: (text) => {
      if (!silent) parts.push(text);
    },
  });
  return oneLine(parts.join(''));
}

/**
 * At most `max` characters, cut between words and ended with an ellipsis when something was cut. What comes out is part
 * of an item's hash: another rule would make every long item look edited.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text
    .slice(0, max - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > max / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
