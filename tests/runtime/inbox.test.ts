import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTrial, type Trial } from '../../cli/trial/trial.ts';
import { loadConfig } from '../../lib/config/load.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { axeViolations, CHROMIUM, launch } from '../web/browser.ts';

const HOSTILE = [
  'From: a@example.org',
  'To: b@example.org',
  'Subject: <img src=x onerror=document.title="owned">',
  'Content-Type: text/html; charset=utf-8',
  '',
  `<html><body><h1>Hello</h1><script>parent.document.title = 'owned'</script>
   <img src="http://tracker.example/pixel.gif"><img src="x" onerror="parent.document.title = 'owned'">
   <style>@import url("http://tracker.example/style.css"); body { background: url("http://tracker.example/b.png") }</style>
   <form action="http://tracker.example/"><button>Send</button></form></body></html>`,
].join('\r\n');

describe.runIf(CHROMIUM)('inbox and preview in a browser', () => {
  let browser: Browser;
  let folder: string;
  let trial: Trial;
  let hostile: string;
  let sent: string;
  let edition: string;
  /** Milliseconds that the trial's clock is ahead. */
  let ahead = 0;

  beforeAll(async () => {
    browser = await launch();
    folder = await mkdtemp(join(tmpdir(), 'dispatches-inbox-'));
    const config = await loadConfig('dispatches.config.ts');
    trial = await startTrial({
      config,
      folder,
      clock: () => new Date(Date.now() + ahead),
      progress: () => {},
      port: 0,
    });
    const { app } = trial.local;
    await app.collect();
    await app.publish({ at: new Date().toISOString(), withinHours: 24 });
    await trial.local.idle();
    const outbox = await openOutbox(join(folder, 'outbox'));
    sent = (await outbox.list())[0]?.id ?? '';
    edition = (await trial.local.stores.editions.list(1)).items[0]?.id ?? '';
    hostile = (await outbox.add({ from: 'a@example.org', to: ['b@example.org'], tags: {} }, Buffer.from(HOSTILE))).id;
  });

  afterAll(async () => {
    await browser.close();
    await trial.close();
    await rm(folder, { recursive: true });
  });

  test('an address that is nothing says so and leads back', async () => {
    const page = await browser.newPage();
    const answer = await page.goto(`${trial.inbox.url}/nothing/here`);
    expect(answer?.status()).toBe(404);
    await page.getByRole('link', { name: 'See its messages' }).click();
    expect(await page.locator('h1').textContent()).toBe('Inbox');
    await page.close();
  });

  test('on a phone it says what it is before it lists the messages', async () => {
    const page = await browser.newPage({ viewport: { width: 375, height: 700 } });
    await page.goto(trial.inbox.url);
    const top = async (what: string) => (await page.locator(what).first().boundingBox())?.y ?? Number.NaN;
    expect(await top('main h1')).toBeLessThan(await top('.list a'));
    await page.close();
  });

  test('a hostile message runs nothing and reaches nobody', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    // A request that the policy stops is announced, then fails as `csp`, and never leaves.
    page.on('requestfinished', (request) => asked.push(new URL(request.url()).host));
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'csp') asked.push(new URL(request.url()).host);
    });
    await page.goto(`${trial.inbox.url}/messages/${hostile}`);
    await page.frameLocator('iframe').getByRole('heading', { name: 'Hello' }).waitFor();
    await page.frameLocator('iframe').getByRole('button', { name: 'Send' }).click();
    expect(await page.title()).toContain('<img src=x onerror');
    expect(new Set(asked)).toEqual(new Set([new URL(trial.inbox.url).host]));
    await page.close();
  });

  test('a reader finds a message, its text and its source by links alone', async () => {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(trial.inbox.url);
    await page.getByRole('link', { name: /lezer@/ }).click();
    await page.getByRole('link', { name: 'Phone' }).click();
    await page.getByRole('link', { name: 'Dark' }).click();
    expect((await page.locator('iframe').boundingBox())?.width).toBe(390);
    await page.getByRole('link', { name: 'Text' }).click();
    expect(await page.locator('pre').innerText()).toContain('Dispatches');
    await page.getByRole('link', { name: 'Source' }).click();
    expect(await page.locator('pre').innerText()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    await page.context().close();
  });

  test('inbox, preview and reader site are a link away from one another', async () => {
    const page = await browser.newPage();
    await page.goto(trial.inbox.url);
    await page.getByRole('link', { name: 'Preview' }).click();
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('link', { name: 'Reader site' }).click();
    expect(page.url()).toBe(`${trial.site.url}/`);
    await page.close();
  });

  test.each(['en-GB,en;q=0.9', 'nl', 'uk-UA'])(
    'preview opens the edition in the language of the browser: %s',
    async (spoken) => {
      const response = await fetch(`${trial.inbox.url}/preview`, { headers: { 'accept-language': spoken } });
      expect(response.url).toContain(`-daily-${spoken.slice(0, 2)}-`);
    },
  );

  test('a visitor subscribes on the site, finds the letter in the inbox and confirms', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(trial.site.url);
    await page.getByLabel('E-mail address').fill('visitor@example.org');
    ahead += 10_000; // Nobody fills in a form at once.
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await trial.local.idle();

    await page.goto(trial.inbox.url);
    await page.getByRole('link', { name: /visitor@/ }).click();
    const opened = page.context().waitForEvent('page');
    await page.frameLocator('iframe').locator('a[href*="/confirm/"]').first().click();
    const confirmation = await opened;
    await confirmation.getByRole('button').first().click();
    await confirmation.waitForLoadState();
    const { items } = await trial.local.stores.subscribers.list();
    expect(items.find(({ email }) => email === 'visitor@example.org')?.status).toBe('active');
    await page.context().close();
  });

  test('a message is shown as the device prefers, until another look is chosen', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ colorScheme, viewport: { width: 375, height: 800 } });
      await page.goto(`${trial.inbox.url}/messages/${sent}`);
      const body = page.frameLocator('iframe').locator('body');
      const paper = await body.evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(Number(/\d+/.exec(paper)?.[0]) < 128).toBe(colorScheme === 'dark');
      await page.close();
    }
  });

  test('a frozen edition is shown in all its looks, side by side', async () => {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    await page.goto(`${trial.inbox.url}/preview`);
    await page.getByRole('link', { name: 'All looks side by side' }).click();
    expect(await page.locator('figcaption').allTextContents()).toEqual(['Desktop', 'Phone', 'Dark', 'Text', 'Source']);
    const papers = ['.desktop iframe.light', '.desktop iframe.dark'].map((frame) =>
      page
        .frameLocator(frame)
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor),
    );
    expect(new Set(await Promise.all(papers)).size).toBe(2);
    await page.close();
  });

  test('dark shows the message on dark paper, whatever the browser prefers', async () => {
    const page = await browser.newPage({ colorScheme: 'light' });
    const paper = async (scheme: string) => {
      await page.goto(`${trial.inbox.url}/preview`);
      await page.goto(`${page.url()}?scheme=${scheme}`);
      const color = await page
        .frameLocator('iframe')
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor);
      return Number(/\d+/.exec(color)?.[0]);
    };
    expect(await paper('dark')).toBeLessThan(60);
    expect(await paper('light')).toBeGreaterThan(200);
    await page.close();
  });

  describe.each([
    { width: 375, colorScheme: 'light' as const },
    { width: 1280, colorScheme: 'dark' as const },
  ])('$width px wide and $colorScheme', ({ width, colorScheme }) => {
    test.each([
      '/',
      '/sent',
      '/message',
      '/message?part=text',
      '/preview',
      '/preview/next',
      '/looks',
      '/messages/none',
    ])('%s fits, and axe finds nothing in our part of it', async (path) => {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      const address = path
        .replace(/^\/message\b(?!s)/, `/messages/${hostile}`)
        .replace('/sent', `/messages/${sent}`)
        .replace('/looks', `/preview/${edition}/looks`);
      await page.goto(trial.inbox.url + address);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await axeViolations(page)).toEqual([]);
      await page.close();
    });
  });
});
