import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { MailTransport } from '../delivery/ports.ts';
import type { DeliverResult } from '../delivery/result.ts';
import { ConfigError } from '../errors.ts';
import type { FeedSource } from '../feeds/model.ts';
import { type Logger, silent } from '../log.ts';
import { openSqlite } from '../storage/sqlite/index.ts';
import type { Stores } from '../storage/stores.ts';
import type { Keys } from '../subscriptions/identity.ts';
import type { Clock, Progress } from '../types.ts';
import { type App, createApp } from './app.ts';
import { createInlineQueue } from './inline-queue.ts';
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
}

export interface Local {
  readonly app: App;
  readonly stores: Stores;
  readonly keys: Keys;
  /** Waits until all mail that was asked for has left or cannot leave. */
  idle(): Promise<readonly DeliverResult[]>;
  close(): void;
}

/**
 * Dispatches in one process: SQLite, a queue that works at once, keys in a file.
 * @throws ConfigError when the folder cannot be used
 */
export async function openLocal(options: LocalOptions): Promise<Local> {
  const { config, folder, log = silent, clock = () => new Date() } = options;
  if (folder) makeFolder(folder);
  const stores = openSqlite(folder ? join(folder, 'dispatches.sqlite') : ':memory:');
  const keys = await (folder ? localKeys(join(folder, 'keys.json')) : Promise.resolve(throwAway()));
  const queue = createInlineQueue((job) => app.deliver(job), { log });
  const app = createApp({ ...options, stores, keys, queue, clock, log, versions: versionsOf(config) });
  return { app, stores, keys, idle: () => queue.idle(), close: () => stores.close() };
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
  return { config: createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 12), code: version };
}
