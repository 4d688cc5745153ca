import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { LOCALES, type Locale } from '../../lib/types.ts';
import { decision, edition, item, sampleEdition, story } from '../editions/build.ts';
import { axeViolations } from './browser.ts';
import { inBrowser } from './in-browser.ts';
import { createWorld, type World } from './world.ts';

const path = (locale: Locale) => `/editions/war-daily-${locale}-20261123T0600Z`;

async function page(made = sampleEdition(20)): Promise<string> {
  const world = createWorld();
  await world.deps.editions.create(made, renderEdition(made, world.deps.site));
  return (await world.get(`/editions/${made.id}`)).text();
}

describe('the page of an edition', () => {
  test('has one heading, one for each section, and one below it for each story', async () => {
    const levels = [...(await page()).matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level) => level === 3)).toHaveLength(20);
    expect(levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
  });

  test('says what it is to those who link to it, with one address', async () => {
    const made = sampleEdition(5, 'nl');
    const head = (await page(made)).split('</head>')[0] ?? '';
    const { subject, preheader } = renderEdition(made, createWorld().deps.site);
    expect(head).toContain(`<link rel="canonical" href="https://news.example.org/editions/${made.id}">`);
    expect(head).toContain(`<meta name="description" content="${preheader}">`);
    expect(head).toContain(`<meta property="og:title" content="${subject}">`);
    expect(head).toContain(`<meta property="og:url" content="https://news.example.org/editions/${made.id}">`);
    expect(head).toContain('<meta property="og:locale" content="nl_NL">');
    expect(head).toContain(`<meta property="article:published_time" content="${made.dueAt}">`);
  });

  test('leads from each place on the map to a story that is there', async () => {
    const html = await page();
    const list = /<ul class="places">[\s\S]*?<\/ul>/.exec(html)?.[0] ?? '';
    const anchors = [...list.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(anchors.length).toBeGreaterThan(3);
    for (const id of anchors) expect(html).toContain(`<div class="story" id="${id}">`);
  });

  test('has neither map nor chart when there is nothing to show', async () => {
    const html = await page(edition([story([{ item: item(), decision: decision() }])]));
    expect(html).not.toContain('<svg');
    expect(html).toContain('A headline');
    expect(await page(edition([]))).not.toContain('<svg');
  });

  test('has no script, no style of its own, nothing from elsewhere', async () => {
    const html = await page();
    expect(html).not.toMatch(/<script|<style| style=|<iframe|<img| on\w+=/);
    expect(
      [...html.matchAll(/<link rel="(?:stylesheet|icon)"[^>]* href="([^"]+)"/g)].every(([, href]) =>
        href?.startsWith('/'),
      ),
    ).toBe(true);
  });
});

async function fill({ deps }: World): Promise<void> {
  for (const locale of LOCALES) {
    const made = sampleEdition(locale === 'uk' ? 60 : 12, locale);
    await deps.editions.create(made, renderEdition(made, deps.site));
  }
}

inBrowser('Edition pages', fill, (stage) => {
  async function open(locale: Locale, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    const { browser, origin } = stage();
    const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await tab.goto(origin + path(locale));
    return tab;
  }

  test.each(LOCALES)(
    'the %s edition fits a phone and a desk, and axe finds nothing, in light and dark',
    async (locale) => {
      for (const [width, scheme] of [
        [375, 'dark'],
        [1280, 'light'],
      ] as const) {
        const tab = await open(locale, width, scheme);
        await tab.locator('details.topics > summary').click();
        const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        expect(await axeViolations(tab)).toEqual([]);
        await tab.close();
      }
    },
  );

  test('map and chart have the colours of the page, light and dark', async () => {
    const colours = async (scheme: 'light' | 'dark') => {
      const tab = await open('en', 1280, scheme);
      const found = await tab.evaluate(() =>
        ['.map .land', '.map .dot', '.volume .bar'].map(
          (one) => getComputedStyle(document.querySelector(one) as Element).fill,
        ),
      );
      await tab.close();
      return found;
    };
    const [light, dark] = [await colours('light'), await colours('dark')];
    expect(light).not.toContain('rgb(0, 0, 0)');
    for (const [at, colour] of light.entries()) expect(dark[at]).not.toBe(colour);
  });

  test('on paper it is black on white, with the addresses and without what can only be clicked', async () => {
    const tab = await open('en', 700, 'dark');
    await tab.emulateMedia({ media: 'print' });
    const seen = await tab.evaluate(() => ({
      paper: getComputedStyle(document.documentElement).backgroundColor,
      ink: getComputedStyle(document.body).color,
      address: getComputedStyle(document.querySelector('.story h3 a') as Element, '::after').content,
      menu: getComputedStyle(document.querySelector('.masthead nav') as Element).display,
      table: getComputedStyle(document.querySelector('details.topics') as Element).display,
    }));
    expect(seen).toMatchObject({ paper: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', menu: 'none', table: 'none' });
    expect(seen.address).toContain('.example.org/news/');
    expect((await tab.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await tab.close();
  });

  test('nothing is fetched from elsewhere, and no cookie is set', async () => {
    const { browser, origin } = stage();
    const context = await browser.newContext();
    const tab = await context.newPage();
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    tab.on('request', (request) => request.url().startsWith(origin) || elsewhere.push(request.url()));
    tab.on('console', (message) => complaints.push(message.text()));
    await tab.goto(origin + path('en'));
    expect([elsewhere, complaints, await context.cookies()]).toEqual([[], [], []]);
    await context.close();
  });
});
