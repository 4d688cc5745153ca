/** One record of a CSV text, with the line on which it begins (1 is the first). */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads CSV (RFC 4180): quoted cells may hold separators, quotes (doubled) and line breaks. The separator is `,` or
 * `;`, whichever the first line has more of (spreadsheets in many countries write `;`). Empty lines are left out; a
 * cell that `formatCsv` guarded is given as it was.
 */
export function* parseCsv(text: string): Generator<CsvRecord> {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const separator = separatorOf(text);
  let [at, line] = [start, 1];
  while (at < text.length) {
    const begin = line;
    const cells: string[] = [];
    let more = true;
    while (more) {
      const cell = text[at] === '"' ? quoted(text, at, separator) : plain(text, at, separator);
      line += countBreaks(cell.value);
      cells.push(unguard(cell.value));
      more = text[cell.end] === separator;
      at = cell.end + (more ? 1 : 0);
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (cells.length > 1 || cells[0]?.trim() !== '') yield { line: begin, cells };
  }
}

interface Cell {
  readonly value: string;
  /** Index of the separator or line break after it. */
  readonly end: number;
}

function plain(text: string, at: number, separator: string): Cell {
  let end = Math.min(at, text.length);
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(at, end).trim(), end };
}

/** What stands between a closing quote and the separator is dropped. An open quote takes the rest of the text. */
function quoted(text: string, at: number, separator: string): Cell {
  let close = text.indexOf('"', at + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const last = close === -1 ? text.length : close;
  return { value: text.slice(at + 1, last).replaceAll('""', '"'), end: plain(text, last + 1, separator).end };
}

function separatorOf(text: string): ',' | ';' {
  const first = text.slice(0, text.search(/\r|\n|$/));
  return first.split(';').length > first.split(',').length ? ';' : ',';
}

const countBreaks = (value: string): number => value.split('\n').length - 1;

/** Spreadsheets run cells that begin like this as formulas (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** One record, CRLF at the end. Cells that a spreadsheet would run as a formula get a `'` before them. */
export function formatCsv(cells: readonly string[]): string {
  const guarded = cells.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell));
  return `${guarded.map((cell) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

function unguard(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
