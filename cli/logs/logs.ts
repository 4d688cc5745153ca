import { readFile } from 'node:fs/promises';
import { loadConfig } from '../../lib/config/load.ts';
import { stageOf } from '../../lib/config/stage.ts';
import { InputError } from '../../lib/errors.ts';
import { logFile } from '../../lib/runtime/local-log.ts';
import { HOUR } from '../../lib/time.ts';
import type { Where } from '../open-place.ts';
import { stateToLookAt } from '../open-state.ts';

export interface LogsQuestion extends Where {
  /** At most so many lines, the newest. */
  readonly limit: number;
  readonly since?: Date;
  /** Only these and worse. */
  readonly level: Level;
  /** Only this function of a stage. */
  readonly only?: string;
}

/** From the mildest. */
const LEVELS = ['info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/** The newest lines of the log, the oldest first: JSON objects with `time`, `level` and `message`. */
export async function readLogs(question: LogsQuestion): Promise<readonly string[]> {
  const lines = await (question.stage === undefined ? local(question) : ofStage(question, question.stage));
  const from = question.since?.toISOString() ?? '';
  const wanted = lines.filter((line) => {
    const { time = '', level = 'info' } = fieldsOf(line);
    return time >= from && LEVELS.indexOf(level) >= LEVELS.indexOf(question.level);
  });
  return wanted.slice(-question.limit);
}

async function local({ state }: LogsQuestion): Promise<readonly string[]> {
  const file = logFile(stateToLookAt(state));
  const [before, now] = await Promise.all([`${file}.1`, file].map((each) => readFile(each, 'utf8').catch(() => '')));
  const lines = `${before}${now}`.split('\n').filter(Boolean);
  if (lines.length > 0) return lines;
  throw new InputError(`There is no log in ${state} yet.`, '"dispatches serve", "start" and "run" write it.');
}

async function ofStage({ config: file, since, only }: LogsQuestion, stage: string): Promise<readonly string[]> {
  const settings = stageOf(await loadConfig(file), stage, file);
  const { readStageLogs } = await import('./stage.ts');
  return readStageLogs(settings, stage, { since: since ?? new Date(Date.now() - HOUR), ...(only && { only }) });
}

function fieldsOf(line: string): { time?: string; level?: Level } {
  try {
    const { time, timestamp, level } = JSON.parse(line) as { time?: string; timestamp?: string; level?: string };
    const at = time ?? timestamp;
    const known = LEVELS.find((each) => each === level?.toLowerCase());
    return { ...(at && { time: at }), ...(known && { level: known }) };
  } catch {
    return {};
  }
}
