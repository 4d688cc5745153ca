import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { Job } from '../delivery/model.ts';
import type { JobQueue, MailTransport } from '../delivery/ports.ts';
import type { DeliverResult } from '../delivery/result.ts';
import { ConfigError } from '../errors.ts';
import type { FeedSource } from '../feeds/model.ts';
import { type Logger, silent } from '../log.ts';
import { sha256 } from '../sha256.ts';
import { openSqlite } from '../storage/sqlite/index.ts';
import type { Stores } from '../storage/stores.ts';
import type { Keys } from '../subscriptions/identity.ts';
import type { Clock, Progress } from '../types.ts';
import { type App, createApp } from './app.ts';
import { createInlineQueue } from './inline-queue.ts';
import { type LetterBox, openLetterBox } from './letters.ts';
import { localKeys } from './local-keys.ts';

export interface LocalOptions {
  readonly config: Config;
  readonly sources: readonly FeedSource[];
  /** Folder of the state; absent: nothing is kept. */
  readonly folder?: string;
  readonly transport: MailTransport;
  readonly siteUrl: string;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly progress?: Progress;
  /** Feeds on this machine may be read. */
  readonly allowLoopback?: boolean;
  /** True: no further mail is begun; what waits stays for the next start. */
  readonly stopping?: () => boolean;
}

export interface Local {
  readonly app: App;
  readonly stores: Stores;
  readonly keys: Keys;
  /** Letters that were asked for and are not done, also those of an earlier process. */
  readonly letters: LetterBox;
  /** Hands over again the letters that wait. */
  resume(): Promise<void>;
  /** Waits until all mail that was asked for has left or cannot leave. */
  idle(): Promise<readonly DeliverResult[]>;
  close(): void;
}

/**
 * Dispatches in one process: SQLite, a queue that works at once, keys in a file.
 * @throws ConfigError when the folder cannot be used
 */
export async function openLocal(options: LocalOptions): Promise<Local> {
  const { config, folder, log = silent, clock = () => new Date(), stopping = () => false } = options;
  if (folder) makeFolder(folder);
  const stores = openSqlite(folder ? join(folder, 'dispatches.sqlite') : ':memory:');
  const keys = await (folder ? localKeys(join(folder, 'keys.json')) : Promise.resolve(throwAway()));
  const letters = openLetterBox(folder ? join(folder, 'letters.sqlite') : ':memory:');
  const work = async (job: Job) => {
    const result = await app.deliver(job, { hasTime: () => !stopping() });
    if (!result.retry) letters.done(job);
    return result;
  };
  const inline = createInlineQueue(work, { log, stopping });
  const queue: JobQueue = {
    forgetful: true,
    enqueue(jobs, delaySeconds) {
      letters.keep(jobs);
      return inline.enqueue(jobs, delaySeconds);
    },
  };
  const app = createApp({ ...options, stores, keys, queue, clock, log, versions: versionsOf(config) });
  const resume = async () => void (await inline.enqueue(letters.waiting()));
  const close = () => {
    letters.close();
    stores.close();
  };
  return { app, stores, keys, letters, resume, idle: () => inline.idle(), close };
}

/** Good for one process: nothing made with these keys is kept. */
function throwAway(): Keys {
  return { current: crypto.randomUUID().repeat(2), previous: [], identity: crypto.randomUUID().repeat(2) };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new ConfigError(`The folder ${folder} cannot be made or written.`, 'Name another with --state DIR.', {
      cause,
    });
  }
}

/** What an edition says about how it was made: hash of the settings, version of the program. */
export function versionsOf(config: Config): { config: string; code: string } {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return { config: sha256(JSON.stringify(config)).slice(0, 12), code: version };
}
