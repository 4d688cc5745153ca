/** Columns of a line of plain text. */
export const WIDTH = 78;
const SPACE = 32;
/** A footnote's number stays on the line of the word before it. */
const BRACKET = 91;
/** Where letters that are two columns wide begin. */
const EAST_ASIAN = 0x2e80;
const WIDE = /[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/**
 * Words filled into lines of at most 78 columns; a longer word stands alone. East Asian text, whose letters are two
 * columns wide, may break anywhere.
 * @param first what the first line begins with, as wide as `indent`, with which the others begin
 */
export function wrap(text: string, indent = '', first = indent): string {
  const room = WIDTH - indent.length;
  let lines = first;
  let start = 0;
  for (;;) {
    const end = lineEnd(text, start, room);
    if (end === text.length) return lines + (start === 0 ? text : text.slice(start));
    lines += `${text.slice(start, end)}\n${indent}`;
    start = text.charCodeAt(end) === SPACE ? end + 1 : end;
  }
}

/** Where the line that begins at `start` ends: at a space, or between East Asian letters. */
function lineEnd(text: string, start: number, room: number): number {
  let end = Math.min(start + room, text.length);
  if (text.charCodeAt(end - 1) >= EAST_ASIAN && WIDE.test(text)) return wideEnd(text, start, room);
  if (end === text.length) return end;
  while (end > start && !isGap(text, end)) {
    end -= 1;
    if (text.charCodeAt(end) >= EAST_ASIAN && WIDE.test(text)) return wideEnd(text, start, room);
  }
  return end > start ? end : nextGap(text, start + room);
}

const isGap = (text: string, at: number): boolean =>
  text.charCodeAt(at) === SPACE && text.charCodeAt(at + 1) !== BRACKET;

function nextGap(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isGap(text, at)) at += 1;
  return at;
}

function wideEnd(text: string, start: number, room: number): number {
  let columns = 0;
  for (let at = start; at < text.length; at++) {
    columns += WIDE.test(text.charAt(at)) ? 2 : 1;
    if (columns > room) return wordStart(text, start, at);
  }
  return text.length;
}

/** The gap before the word around `at`, unless that is East Asian text. */
function wordStart(text: string, start: number, at: number): number {
  if (WIDE.test(text.charAt(at)) || WIDE.test(text.charAt(at - 1))) return at;
  const space = text.lastIndexOf(' ', at);
  return space > start ? space : at;
}
