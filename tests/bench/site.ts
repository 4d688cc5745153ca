import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '../../lib/log.ts';
import { listen } from '../../lib/runtime/listen.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { LOCALES } from '../../lib/types.ts';
import type { SiteDeps } from '../../lib/web/deps.ts';
import { createSite } from '../../lib/web/site.ts';
import { keys } from '../support/newsroom.ts';
import { SAMPLE_MESSAGE, sampleEdition } from '../web/sample-edition.ts';

export interface Ask {
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
  /** Network address that it comes from, as far as the site is told. */
  readonly address?: string;
}

/** The reader site on a database file, behind a server on the loopback interface. */
export async function serveSite() {
  const folder = mkdtempSync(join(tmpdir(), 'dispatches-bench-'));
  const stores = openSqlite(join(folder, 'bench.sqlite'));
  const site = { name: 'Dispatches', url: 'http://127.0.0.1', from: 'digest@example.org', contact: 'Sample.' };
  const deps: SiteDeps = {
    ...stores,
    ...{ queue: { enqueue: async () => [] }, links: createLinks({ siteUrl: site.url, keys }), keys, site },
    ...{ locales: LOCALES, digest: { cadence: 'daily', hour: 7, zone: 'Europe/Amsterdam' } },
    ...{ clock: () => new Date(), log: silent },
  };
  for (const locale of LOCALES) await stores.editions.create(sampleEdition(locale), SAMPLE_MESSAGE);
  const door = createSite(deps);
  // One machine stands for many networks here: the header says which. Nowhere else does anybody listen to one.
  const server = await listen((asked) => door.fetch(asked, { address: asked.headers.get('x-bench') ?? '127.0.0.1' }));
  const close = async () => {
    await server.close();
    stores.close();
    rmSync(folder, { recursive: true });
  };
  return { deps, url: server.url, close };
}

const agent = new Agent({ keepAlive: true, maxSockets: 100 });

/** Status and milliseconds until the whole answer is there. */
export function send(url: string, { path, body, type = 'application/json', address = '127.0.0.1' }: Ask) {
  const start = performance.now();
  const headers = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body ?? ''), 'X-Bench': address };
  return new Promise<{ readonly status: number; readonly ms: number }>((resolve, reject) => {
    const call = request(url + path, { method: body === undefined ? 'GET' : 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - start }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
