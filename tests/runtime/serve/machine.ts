import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type SampleServer, startSampleServer } from '../../../cli/sample/server.ts';
import type { Delivery } from '../../../lib/delivery/model.ts';
import { writeOpml } from '../../../lib/feeds/opml.ts';
import { pages } from '../../../lib/pages.ts';
import { openSqlite } from '../../../lib/storage/sqlite/index.ts';
import { reader } from '../../support/newsroom.ts';

const root = resolve(import.meta.dirname, '../../..');

/** One machine with feeds, readers whose hour has come, and `dispatches serve` as a child process. */
export interface Machine {
  readonly folder: string;
  /** Starts it; resolves when the site answers. */
  start(): Promise<Running>;
  /** Of the digest, by reader. */
  ledger(): Promise<readonly Delivery[]>;
  close(): Promise<void>;
}

export interface Running {
  readonly site: string;
  /** What it logged, one JSON object a line. */
  readonly log: readonly string[];
  /** Resolves when a line of the log has this message. */
  logged(message: string): Promise<void>;
  /** Gives the exit code, or null when a signal ended it. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<unknown>;
}

export interface MachineOptions {
  readonly readers: number;
  /** The configuration's `serve.mail`. */
  readonly mail: object;
  readonly env?: NodeJS.ProcessEnv;
  /** More of the configuration's `serve`. */
  readonly serve?: object;
}

export async function setUpMachine({ readers, mail, env = {}, serve = {} }: MachineOptions): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'dispatches-serve-'));
  const news: SampleServer = await startSampleServer(() => new Date());
  const config = {
    publication: { id: 'own', name: 'Own', from: 'own@example.org', contact: 'Own' },
    feeds: 'list.opml',
    locales: ['en'],
    digest: { hour: new Date().getUTCHours(), zone: 'UTC' },
    collect: { allowLoopback: true },
    serve: { siteUrl: 'https://news.example.org', port: 0, mail, ...serve },
  };
  await writeFile(join(folder, 'own.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  await writeFile(join(folder, 'list.opml'), writeOpml(news.sources));
  const stores = openSqlite(join(folder, 'state/dispatches.sqlite'));
  const preferences = { locale: 'en', cadence: 'daily', hour: config.digest.hour, zone: 'UTC' } as const;
  for (let n = 1; n <= readers; n += 1) await stores.subscribers.put(reader(n, 'en', { preferences }), 0);
  return {
    folder,
    start: () => start(folder, env),
    async ledger() {
      const rows: Delivery[] = [];
      for await (const editions of pages((at) => stores.editions.list(50, at)))
        for (const { id } of editions)
          for await (const page of pages((at) => stores.deliveries.page(id, at))) rows.push(...page);
      return rows;
    },
    async close() {
      stores.close();
      await news.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function start(folder: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const options = ['--config', join(folder, 'own.config.mjs'), '--state', join(folder, 'state')];
  const child: ChildProcess = spawn(process.execPath, [join(root, 'cli/dispatches.ts'), 'serve', ...options], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: string[] = [];
  const waiting = new Map<string, () => void>();
  const take = (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      log.push(line);
      for (const [message, done] of waiting) if (line.includes(`"message":"${message}"`)) done();
    }
  };
  child.stdout?.setEncoding('utf8').on('data', take);
  child.stderr?.setEncoding('utf8').on('data', take);
  const ended = once(child, 'exit');
  const logged = async (message: string) => {
    if (log.some((line) => line.includes(`"message":"${message}"`))) return;
    const heard = new Promise<void>((done) => waiting.set(message, done));
    const gone = ended.then(() =>
      Promise.reject(new Error(`It ended before it logged "${message}":\n${log.join('\n')}`)),
    );
    await Promise.race([heard, gone]);
  };
  await logged('serving');
  return {
    site: /"site":"([^"]+)"/.exec(log.find((line) => line.includes('"serving"')) ?? '')?.[1] ?? '',
    ...{ log, logged, ended },
    async stop(signal) {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
