import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createWorld, type World } from './world.ts';

/** A Chromium or Chrome of this machine; `CHROMIUM` names another. */
export const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('No browser: install chromium, or name one in CHROMIUM.');
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export interface Served {
  readonly world: World;
  readonly origin: string;
  close(): Promise<void>;
}

/** A world behind a real server on a free port of the loopback interface. */
export async function serveWorld(): Promise<Served> {
  let world: World | undefined;
  const server = createAdaptorServer({
    fetch: (request: Request) =>
      world?.site.fetch(request, { address: '127.0.0.1' }) ?? new Response(null, { status: 503 }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world = createWorld({
    site: { name: 'Dispatches', url: origin, from: 'digest@news.example.org', contact: 'Replies are read.' },
  });
  return { world, origin, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, as `rule: element`. WCAG 2.2 A and AA and its best practices. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
    return (await inPage.run()).violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html) }));
  });
  return found.map(({ id, at }) => `${id}: ${at.join(' | ')}`);
}
