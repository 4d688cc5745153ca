/** A line of a batch: what `score` and `stories` read. */
export interface InputItem {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly date: string | null;
  readonly url: string | null;
}

export interface Unreadable {
  readonly id?: string;
  readonly error: string;
}

/** Reads one line of NDJSON; a line that cannot be used becomes `{id?, error}`. */
export function readInputItem(line: string): InputItem | Unreadable {
  const value = parse(line);
  if (typeof value !== 'object' || value === null) return { error: 'not a JSON object' };
  const field = (name: string) => (name in value ? (value as Record<string, unknown>)[name] : undefined);
  const text = (name: string) => {
    const found = field(name);
    return typeof found === 'string' ? found : '';
  };
  const id = field('id');
  if (typeof id !== 'string' && typeof id !== 'number') return { error: 'no "id"' };
  if (!text('title') && !text('summary')) return { id: String(id), error: 'neither "title" nor "summary"' };
  return {
    id: String(id),
    title: text('title'),
    summary: text('summary'),
    source: text('source'),
    date: text('date') || null,
    url: text('url') || null,
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
