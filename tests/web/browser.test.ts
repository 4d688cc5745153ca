import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { axeViolations } from './browser.ts';
import { inBrowser } from './in-browser.ts';
import { SAMPLE_MESSAGE, sampleEdition } from './sample-edition.ts';
import { KEYS, signUp, type World } from './world.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, KEYS.identity);

async function fill({ deps }: World): Promise<void> {
  for (const locale of ['en', 'nl'] as const) await deps.editions.create(sampleEdition(locale), SAMPLE_MESSAGE);
}

inBrowser('The pages', fill, (stage) => {
  const row = () => stage().world.deps.subscribers.get(ID);

  /** Presses Tab until the named control has the focus, as somebody without a mouse does. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const active = document.activeElement as HTMLInputElement | null;
        const outline = active ? getComputedStyle(active).outlineStyle : 'none';
        return { name: active?.labels?.[0]?.textContent ?? active?.textContent ?? '', outline };
      });
      expect(at.outline, `focus on "${at.name}" can be seen`).not.toBe('none');
      if (at.name.trim().startsWith(name)) return;
    }
    throw new Error(`"${name}" cannot be reached with the keyboard`);
  }

  test('a reader joins, changes the hour and leaves with the keyboard alone, without a cookie', async () => {
    const { browser, world, origin } = stage();
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => request.url().startsWith(origin) || elsewhere.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));

    await page.goto(origin);
    await tabTo(page, 'Skip to content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'E-mail address');
    await page.keyboard.type(ADA);
    await tabTo(page, 'Language and time');
    await page.keyboard.press('Enter');
    await tabTo(page, 'How often');
    await page.keyboard.type('Every Mon');
    world.pass(5_000);
    await tabTo(page, 'Subscribe');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/subscribe?lang=en');
    expect(await page.textContent('h1')).toBe('Look in your mail');
    expect(await row()).toMatchObject({ status: 'pending', preferences: { cadence: 'weekly', locale: 'en' } });

    await page.goto(world.deps.links.confirm(ID, 'nonce'));
    await tabTo(page, 'Yes, subscribe me');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    expect((await row())?.status).toBe('active');

    await page.goto(world.deps.links.preferences(ID));
    await tabTo(page, 'Hour');
    await page.keyboard.type('18');
    await tabTo(page, 'Save');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect((await row())?.preferences.hour).toBe(18);

    await page.goto(world.deps.links.unsubscribe(ID));
    await tabTo(page, 'Unsubscribe');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    expect((await row())?.status).toBe('unsubscribed');

    expect(await context.cookies()).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('joining works without script', async () => {
    const { browser, world, origin } = stage();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${origin}/?lang=nl`);
    await page.getByLabel('E-mailadres').fill('eve@example.org');
    world.pass(5_000);
    await page.getByRole('button', { name: 'Abonneren' }).click();
    await page.getByRole('heading', { name: 'Kijk in uw mail' }).waitFor();
    expect((await world.deps.subscribers.get(subscriberId('eve@example.org', KEYS.identity)))?.status).toBe('pending');
    await context.close();
  });

  test('a problem with the form is said, and the field is still filled in', async () => {
    const { browser, world, origin } = stage();
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(origin);
    await page.getByLabel('E-mail address').fill('ada@example');
    world.pass(5_000);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    const field = page.getByLabel('E-mail address');
    await page.getByText('Write one like name@example.org').waitFor();
    expect(await field.inputValue()).toBe('ada@example');
    expect(await field.getAttribute('aria-describedby')).toBe('email-problem');
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  test('a setting that cannot be saved is found at once, without script, and nothing that was typed is lost', async () => {
    const { browser, world, origin } = stage();
    await signUp(world, 'max@example.org', {}, '198.51.100.9');
    const id = subscriberId('max@example.org', KEYS.identity);
    await world.post(new URL(world.deps.links.confirm(id, 'n')).pathname);
    const page = await browser.newPage({ locale: 'en-GB', javaScriptEnabled: false });
    await page.goto(`${origin}${new URL(world.deps.links.preferences(id)).pathname}`);
    await page.getByLabel('Hour').selectOption('21');
    await page.getByLabel('New e-mail address').fill('max@nowhere');
    await page.getByRole('button', { name: 'Save' }).click();
    const field = page.getByLabel('New e-mail address');
    await page.getByRole('alert').getByRole('link', { name: 'New e-mail address' }).waitFor();
    expect(await field.inputValue()).toBe('max@nowhere');
    expect(await field.getAttribute('aria-describedby')).toContain('email-problem');
    expect(await page.locator(':focus').getAttribute('id')).toBe('email');
    expect(await page.getByLabel('Hour').inputValue()).toBe('21');
    expect((await world.deps.subscribers.get(id))?.preferences.hour).toBe(7);
    await page.close();
  });

  test('words of any length fit a phone: an address in a headline, and a reader’s own', async () => {
    const { browser, world, origin } = stage();
    const address = `https://papers.example.org/${'a-headline-without-a-space-'.repeat(4)}`;
    const edition = sampleEdition('de');
    for (const { item } of edition.lead?.items ?? []) Object.assign(item, { title: address, summary: `At ${address}` });
    await world.deps.editions.create(edition, { ...SAMPLE_MESSAGE, subject: address });
    const email = `eve@${'mailbox'.repeat(8)}.example.org`;
    await signUp(world, email);
    const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
    const confirm = world.deps.links.confirm(subscriberId(email, KEYS.identity), 'n');
    for (const path of ['/?lang=de', '/editions?lang=de', `/editions/${edition.id}`, confirm]) {
      await page.goto(new URL(path, origin).href);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([path, wider]).toEqual([path, 0]);
    }
    await page.close();
  });

  describe.each([
    { width: 375, colorScheme: 'light' as const },
    { width: 1280, colorScheme: 'dark' as const },
  ])('$width px wide and $colorScheme', ({ width, colorScheme }) => {
    const pages: Record<string, () => string> = {
      home: () => '/?lang=uk',
      archive: () => '/editions?lang=de',
      'form for other sites': () => '/embed?lang=fr',
      'not found': () => '/nowhere',
      'bad link': () => '/unsubscribe/t1.x',
      confirm: () => stage().world.deps.links.confirm(subscriberId('eve@example.org', KEYS.identity), 'n'),
      unsubscribe: () => stage().world.deps.links.unsubscribe(ID),
      preferences: () => stage().world.deps.links.preferences(ID),
      edition: () => '/editions/war-daily-nl-20261123T0600Z',
    };

    beforeAll(async () => {
      const { world } = stage();
      world.pass(40 * 24 * 3_600_000);
      await signUp(world, ADA);
      await world.post(new URL(world.deps.links.confirm(ID, 'n')).pathname);
    });

    test.each(Object.keys(pages))('the %s page fits, and axe finds nothing', async (name) => {
      const { browser, origin } = stage();
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const page = await context.newPage();
      await page.goto(new URL(pages[name]?.() ?? '/', origin).href);
      const closed = page.locator('details.choices:not([open]) > summary');
      while ((await closed.count()) > 0) await closed.first().click();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await axeViolations(page)).toEqual([]);
      await context.close();
    });
  });
});
