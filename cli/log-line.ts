import { style } from './terminal.ts';

const COLOURS = { info: 'dim', warn: 'yellow', error: 'red' } as const;

/** A line of the log as a person reads it: `07:00:03 edition id=war-daily-nl-… outcome=published`. */
export function readable(line: string): string {
  const { time = '', level = 'info', message = '', ...fields } = parse(line);
  const facts = Object.entries(fields).map(([name, value]) => `${name}=${said(value)}`);
  const colour = COLOURS[level as keyof typeof COLOURS] ?? 'dim';
  const when = String(time)
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return [style('dim', when), style(colour, String(level).padEnd(5)), message, ...facts].join(' ').trim();
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { message: line };
  }
}

/** Of an error its message; of the rest what it is as JSON, or the bare word. */
function said(value: unknown): string {
  if (typeof value === 'string') return /^[\w:.,/-]+$/.test(value) ? value : JSON.stringify(value);
  const { message } = (value ?? {}) as { message?: unknown };
  return JSON.stringify(typeof message === 'string' ? message : value);
}
