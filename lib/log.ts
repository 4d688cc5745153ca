/** Structured logs: one JSON object a line, and never an address or a token in it. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const ADDRESS = /(?:"[^"@]*"|[^\s<>"'@,;:]+)(?:@|%40)[^\s<>"'@,;:]+/gi;
const TOKEN = /\bt1\.[\w.-]{16,}/g;

/** The same text with e-mail addresses and link tokens blotted out. */
export function redact(text: string): string {
  return text.replace(ADDRESS, '[address]').replace(TOKEN, '[token]');
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return value;
}

/** Writes to `write` (standard error unless told otherwise) one JSON line per call. */
export function createLogger(write: (line: string) => void = (line) => process.stderr.write(`${line}\n`)): Logger {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      write(redact(JSON.stringify({ level, message, ...fields }, plain)));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** Says nothing: for commands whose output is the result. */
export const silent: Logger = { info() {}, warn() {}, error() {} };
