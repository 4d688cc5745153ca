import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Live } from '../../cli/preview/live.ts';
import { createPreview } from '../../cli/preview/page.ts';
import { parseConfig } from '../../lib/config/parse.ts';
import { type ComposeDeps, draftEdition } from '../../lib/delivery/ensure-edition.ts';
import { editsState } from '../../lib/editions/edits.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { type Listening, listen } from '../../lib/runtime/listen.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { decision } from '../editions/build.ts';
import { item } from '../support/newsroom.ts';
import { axeViolations, CHROMIUM, launch } from '../web/browser.ts';

const NOW = new Date('2026-11-23T05:30:00.000Z');
const CONFIG = parseConfig({
  publication: { id: 'war', name: 'Dispatches', from: 'digest@news.example.org', contact: 'A test.' },
  locales: ['en', 'nl'],
  digest: { hour: 7, zone: 'Europe/Amsterdam' },
});
const SLOT = 'war-daily-20261123T0600Z';
const TITLES = [
  'Artillery and drones pound Kharkiv, army reports heavy fighting along the front line',
  'Air strikes on Khartoum kill soldiers as the battle for the army headquarters goes on',
  'Troops shell villages in southern Lebanon, Hezbollah fires rockets at military base',
  'Bakers of the old town win a prize for their bread',
  'A gallery shows paintings of the sea',
];

/** Sure of the first three, and not of the others. */
const selector: ComposeDeps['selector'] = {
  profile: 'war@test',
  decide({ title }) {
    const at = TITLES.indexOf(title);
    return decision({ score: 0.9 - at / 5, picked: at < 3 });
  },
};

let stores: ReturnType<typeof openSqlite>;
let server: Listening;
let changed: (() => void)[];
let problem: string | undefined;

const live: Live = {
  render: async (edition, site) => renderEdition(edition, site),
  get problem() {
    return problem;
  },
  follow(tell) {
    changed.push(tell);
    return () => {
      changed = changed.filter((one) => one !== tell);
    };
  },
};

beforeEach(async () => {
  stores = openSqlite(':memory:');
  [changed, problem] = [[], undefined];
  for (const [n, title] of TITLES.entries())
    await stores.feeds.putItem(
      item(n + 1, '2026-11-23T04:00:00.000Z', { title, summary: '', publisher: `Paper ${n}` }),
    );
  const clock = () => NOW;
  const versions = { config: 'c', code: '1' };
  const studio = { stores, selector, threshold: 0.5, versions, sources: [], clock, live };
  const page = createPreview({
    editions: stores.editions,
    studio,
    config: CONFIG,
    siteUrl: 'https://news.example.org',
  });
  server = await listen(page.fetch);
});

afterEach(async () => {
  await server.close();
  stores.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
/** What an editor does who has just loaded the page. */
const post = async (fields: Record<string, string>, headers: Record<string, string> = { origin: server.url }) =>
  fetch(`${server.url}/preview/next?slot=${SLOT}&lang=en`, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams({ slot: SLOT, state: editsState(await edits()), ...fields }),
  });
const key = (n: number) => n.toString(16).padStart(32, '0');
const edits = () => stores.editions.edits(SLOT);

describe('the studio', () => {
  test('shows the next edition before there is any, with every candidate, its score and why', async () => {
    const page = await (await get('/preview')).text();
    for (const title of TITLES) expect(page).toContain(title);
    expect(page).toContain('war-daily-en-20261123T0600Z');
    expect(page).toMatch(/Left out \(2\)/);
    expect(page).toMatch(/In the digest \(3\)/);
    expect(page).toMatch(/class="reason for"/);
    expect((await stores.editions.list(5)).items).toEqual([]);
  });

  test('shows it on desktop, phone, in the dark, as text and as source', async () => {
    const page = await (await get('/preview/next?lang=en')).text();
    expect(page.match(/<figcaption>[^<]+/g)).toEqual(
      ['Desktop', 'Phone', 'Dark', 'Text', 'Source'].map((label) => `<figcaption>${label}`),
    );
    const frames = [...page.matchAll(/src="([^"]*\/body[^"]*)"/g)].map(([, src]) =>
      (src ?? '').replaceAll('&amp;', '&'),
    );
    expect(frames).toHaveLength(3);
    for (const src of frames) expect(await (await get(src)).text()).toContain('pound Kharkiv');
  });

  test('keeps what an editor decides, and the draft follows', async () => {
    const answer = await post({ do: `pin ${key(4)}` });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/preview/next?slot=${SLOT}&lang=en`]);
    await post({ do: `hide ${key(1)}` });
    await post({ do: 'threshold', threshold: '0.4' });
    expect(await edits()).toEqual({ pinned: [key(4)], hidden: [key(1)], threshold: 0.4 });
    const config = CONFIG;
    const deps = {
      ...stores,
      config,
      sources: [],
      selector,
      clock: () => NOW,
      versions: { config: 'c', code: '1' },
    };
    const slot = { publication: 'war', cadence: 'daily', variant: 'nl', dueAt: '2026-11-23T06:00:00.000Z' } as const;
    const draft = await draftEdition(deps, slot, [config.digest]);
    expect(draft.lead?.items[0]?.item.title).toBe(TITLES[3]);
    expect(storiesOf(draft).map(({ items: [best] }) => best?.item.key)).not.toContain(key(1));
  });

  test('says when a decision cannot be taken, and keeps nothing', async () => {
    const answer = await post({ do: 'threshold', threshold: '7' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('role="alert"');
    const late = await post({ do: 'reset', slot: 'war-daily-20261122T0600Z' });
    expect(await late.text()).toContain('has been composed in the meantime');
    expect(await edits()).toBeUndefined();
  });

  test('takes no decision that was made without knowing another editor’s', async () => {
    const state = /name="state" value="([^"]*)"/.exec(await (await get('/preview/next?lang=en')).text())?.[1] ?? '?';
    expect((await post({ do: `hide ${key(1)}`, state })).status).toBe(303);
    const answer = await post({ do: 'threshold', threshold: '0.15', state });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('somebody else decided something about this edition after this page was loaded');
    expect(page).toContain('name="threshold" min="0" max="1" step="0.01" value="0.15"');
    expect(page).toMatch(/In the digest \(2\)/);
    expect(await edits()).toEqual({ pinned: [], hidden: [key(1)] });
    const now = /name="state" value="([^"]*)"/.exec(page)?.[1] ?? '?';
    expect((await post({ do: 'threshold', threshold: '0.15', state: now })).status).toBe(303);
    expect(await edits()).toEqual({ pinned: [], hidden: [key(1)], threshold: 0.15 });
  });

  test('of two decisions at the same moment takes one, and says so to the other', async () => {
    const answers = await Promise.all([1, 2].map((n) => post({ do: `hide ${key(n)}`, state: '' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    expect((await edits())?.hidden).toHaveLength(1);
  });

  test('says why templates are refused', async () => {
    problem = 'digest.mjml:3: <mj-x> is not known.';
    expect(await (await get('/preview/next')).text()).toContain('digest.mjml:3: &lt;mj-x&gt; is not known.');
  });
});

describe('other pages on this machine', () => {
  test.each([
    ['another origin', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nobody', {}],
  ])('change nothing: a form from %s is refused', async (_who, headers) => {
    expect((await post({ do: `hide ${key(1)}` }, headers as Record<string, string>)).status).toBe(403);
    expect(await edits()).toBeUndefined();
  });

  test('read nothing under a name that was pointed here', async () => {
    const app = createPreview({ editions: stores.editions, config: CONFIG, siteUrl: 'https://news.example.org' });
    expect((await app.fetch(new Request('http://rebound.example:4103/preview/next'))).status).toBe(421);
    expect((await app.fetch(new Request('http://rebound.example:4103/preview'))).status).toBe(421);
  });

  test('cannot frame it, and it runs no script but its own', async () => {
    const policy = (await get('/preview/next')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("script-src 'self' 'unsafe");
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });
});

if (!CHROMIUM) console.warn('The studio is not tried in a browser: no chromium found; install it or set CHROMIUM.');

describe.runIf(CHROMIUM)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function open(options = {}): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, ...options });
    await page.goto(`${server.url}/preview/next?lang=en`);
    return page;
  }
  const headlines = (page: Page) => page.locator('ol.items b').allTextContents();
  const focus = (page: Page) => page.evaluate(() => document.activeElement?.id);

  test('stories are moved, pinned and hidden with the keyboard alone, and the focus stays', async () => {
    const page = await open();
    const [first = '', second = '', third = ''] = await headlines(page);
    await page.getByRole('button', { name: `Up: ${third}` }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => headlines(page)).toEqual([first, third, second]);
    await expect.poll(() => focus(page)).toMatch(/^Up-/);
    await page.keyboard.press('Space');
    await expect.poll(() => headlines(page)).toEqual([third, first, second]);
    await expect.poll(() => focus(page)).toMatch(/^Down-/);
    for (const label of ['Unpin', 'Hide']) {
      await page.keyboard.press('Tab');
      expect(await focus(page)).toMatch(new RegExp(`^${label}-`));
    }
    await page.keyboard.press('Enter');
    await expect.poll(() => headlines(page)).toEqual([first, second]);
    expect((await edits())?.hidden).toHaveLength(1);
    const frame = page.frameLocator('figure.phone iframe');
    await frame.getByText(first).first().waitFor();
    expect(await frame.getByText(third).count()).toBe(0);
    await page.close();
  });

  test('the threshold is counted while it moves, saved when asked', async () => {
    const page = await open();
    await page.locator('#threshold').focus();
    await page.keyboard.press('Home');
    expect(await page.textContent('#recount')).toBe('5 of 5 items would be picked.');
    expect(await page.locator('ul.items li.turns').count()).toBe(2);
    expect(await edits()).toBeUndefined();
    await page.keyboard.press('End');
    expect(await page.textContent('#recount')).toMatch(/^0 of 5/);
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await edits())?.threshold).toBe(0);
    await expect.poll(() => headlines(page)).toHaveLength(5);
    await page.close();
  });

  test('a story is dragged to the top', async () => {
    const page = await open();
    const [first, second, third] = await headlines(page);
    const row = (n: number) => page.locator('ol.items > li').nth(n).locator('small').first();
    await row(2).dragTo(row(0));
    await expect.poll(() => headlines(page)).toEqual([third, first, second]);
    await page.close();
  });

  test('works without script', async () => {
    const page = await open({ javaScriptEnabled: false });
    const [first, second] = await headlines(page);
    await page.getByRole('button', { name: `Down: ${first}` }).click();
    expect((await headlines(page))[0]).toBe(second);
    await page.close();
  });

  test('follows the templates without being asked', async () => {
    const page = await open();
    await expect.poll(() => changed.length).toBe(1);
    problem = 'digest.mjml:3: something is wrong.';
    for (const tell of changed) tell();
    await page.getByRole('alert').getByText('digest.mjml:3').waitFor();
    await page.close();
    await expect.poll(() => changed.length).toBe(0);
  });

  test('on a phone the mail is one step away, however long the lists are', async () => {
    const page = await open({ viewport: { width: 375, height: 800 } });
    await page.getByRole('link', { name: 'See the mail' }).click();
    await expect
      .poll(() => page.locator('#looks').evaluate((looks) => looks.getBoundingClientRect().top < 800))
      .toBe(true);
    await page.close();
  });

  test.each([
    { width: 375, colorScheme: 'dark' as const },
    { width: 1280, colorScheme: 'light' as const },
  ])('fits $width px, and axe finds nothing', async ({ width, colorScheme }) => {
    const page = await open({ viewport: { width, height: 800 }, colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });
});
