import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, type Logger } from '../log.ts';

/** Bytes; then the file becomes `dispatches.log.1` in the place of the one before. */
const MOST = 5_000_000;

/** Where a state folder's log is: one JSON object a line, the oldest first. */
export function logFile(folder: string): string {
  return join(folder, 'dispatches.log');
}

/**
 * Logs into a state folder, with the time, in a file that does not grow for ever.
 * @param also gets every line too
 */
export function localLog(folder: string, also: (line: string) => void = () => undefined): Logger {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = logFile(folder);
  return createLogger((json) => {
    const line = `{"time":"${new Date().toISOString()}",${json.slice(1)}`;
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST) renameSync(file, `${file}.1`);
    appendFileSync(file, `${line}\n`, { mode: 0o600 });
    also(line);
  });
}
