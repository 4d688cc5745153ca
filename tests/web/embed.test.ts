import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { axeViolations, CHROMIUM, launch, serveWorld } from './browser.ts';
import { createWorld, KEYS } from './world.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, KEYS.identity);

/** The lines that the page offers for copying, as a person's clipboard would have them. */
function copied(page: string): string {
  const code = /<code>([\s\S]*?)<\/code>/.exec(page)?.[1] ?? '';
  const signs: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  };
  return code.replace(/&(lt|gt|quot|#39|amp);/g, (name) => signs[name] ?? name);
}

describe('the form on another site', () => {
  test('asks in one step, and the sentence in it is the evidence', async () => {
    const world = createWorld();
    const lines = copied(await (await world.get('/embed?lang=en')).text());
    expect(lines).toContain(`action="${world.url}/embed?lang=en"`);
    expect(lines).not.toMatch(/<script|token/);
    const response = await world.post('/embed?lang=en', { email: ADA, website: '' });
    expect([response.status, response.headers.get('Location')]).toEqual([200, null]);
    expect(await response.text()).toContain('Look in your mail');
    expect(await world.deps.subscribers.get(ID)).toMatchObject({ status: 'pending', consent: { source: 'embed' } });
    expect(world.jobs).toHaveLength(1);
  });

  test('has a trap for robots, and sends nobody anywhere else', async () => {
    const world = createWorld();
    expect((await world.post('/embed', { email: ADA, website: 'x' })).status).toBe(200);
    const wanted = { email: ADA, next: 'https://evil.example', redirect: '//evil.example' };
    expect((await world.post('/embed?next=//evil.example', wanted)).headers.has('Location')).toBe(false);
    expect(world.jobs).toHaveLength(1);
  });

  test('shows our own form, filled in, when the address is not usable', async () => {
    const world = createWorld();
    const response = await world.post('/embed?lang=en', { email: 'ada@example' });
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain('action="/subscribe?lang=en"');
    expect(page).toContain('value="ada@example"');
  });

  test('takes ten an hour from one network', async () => {
    const world = createWorld();
    for (let n = 0; n < 20; n++) await world.post('/embed', { email: `r${n}@example.org` }, '203.0.113.7');
    expect(world.jobs).toHaveLength(10);
  });
});

describe.runIf(CHROMIUM)('the form on another site, in a browser without script', () => {
  test('brings a reader from there to "look in your mail"', async () => {
    const served = await serveWorld();
    const browser = await launch();
    const lines = copied(await (await served.world.get('/embed?lang=en')).text());
    const elsewhere = createServer((_, answer) => {
      answer.setHeader('Content-Type', 'text/html; charset=utf-8');
      answer.end(`<!doctype html><html lang="en"><title>Elsewhere</title><main><h1>Elsewhere</h1>${lines}</main>`);
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    try {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}`);
      await page.getByLabel('E-mail address').fill(ADA);
      await page.getByRole('button', { name: 'Subscribe' }).click();
      await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();
      expect(new URL(page.url()).origin).toBe(served.origin);
      expect((await served.world.deps.subscribers.get(ID))?.status).toBe('pending');
      const plain = await browser.newPage({ viewport: { width: 375, height: 800 } });
      await plain.goto(`${served.origin}/embed?lang=de`);
      expect(await axeViolations(plain)).toEqual([]);
      expect(await plain.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    } finally {
      await browser.close();
      elsewhere.close();
      await served.close();
    }
  });
});
