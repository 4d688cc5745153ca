import type { Job } from '../../lib/delivery/model.ts';
import { createLogger } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { LOCALES } from '../../lib/types.ts';
import type { SiteDeps } from '../../lib/web/deps.ts';
import { createSite } from '../../lib/web/site.ts';

export const KEYS = {
  current: 'current-signing-key-of-the-tests',
  previous: ['older-signing-key-of-the-tests', 'oldest-signing-key-of-the-tests'],
  identity: 'identity-key-of-the-tests',
};

/** A site on SQLite in memory with a clock that stands still until told, a queue that keeps its jobs, and its log. */
export function createWorld(changes: Partial<SiteDeps> = {}) {
  const stores = openSqlite(':memory:');
  const time = { now: new Date('2026-11-23T09:00:00.000Z') };
  const clock = () => time.now;
  const jobs: Job[] = [];
  const lines: string[] = [];
  const url = changes.site?.url ?? 'https://news.example.org';
  const deps: SiteDeps = {
    ...stores,
    queue: {
      async enqueue(more) {
        jobs.push(...more);
        return [];
      },
    },
    links: createLinks({ siteUrl: url, keys: KEYS, clock }),
    keys: KEYS,
    site: {
      name: 'Dispatches',
      url,
      from: 'digest@news.example.org',
      contact: 'Sample publication, replies are read.',
    },
    locales: LOCALES,
    digest: { cadence: 'daily', hour: 7, zone: 'Europe/Amsterdam' },
    wishes: { languages: ['en', 'nl', 'uk'], breaking: { maxPerDay: 3, quietHours: { from: 22, to: 7 } } },
    clock,
    log: createLogger((line) => lines.push(line)),
    answerAfterMs: 0,
    ...changes,
  };
  const site = createSite(deps);
  return {
    deps,
    site,
    jobs,
    lines,
    url,
    pass: (ms: number) => {
      time.now = new Date(time.now.getTime() + ms);
    },
    get: (path: string, headers: Record<string, string> = {}) =>
      site.fetch(new Request(new URL(path, url), { headers })),
    post: (path: string, fields: Record<string, string> = {}, address?: string) =>
      site.fetch(
        new Request(new URL(path, url), { method: 'POST', body: new URLSearchParams(fields) }),
        address ? { address } : {},
      ),
  };
}

export type World = ReturnType<typeof createWorld>;

export const MINUTE = 60_000;

/** What a person does: open the page, fill in the form at leisure, send it. */
export async function signUp(world: World, email: string, fields: Record<string, string> = {}, address?: string) {
  const token = formToken(await (await world.get('/?lang=en')).text());
  world.pass(5_000);
  return world.post('/subscribe?lang=en', { token, email, ...fields }, address);
}

export function formToken(page: string): string {
  return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
}
