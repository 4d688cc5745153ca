/** Makes the pictures of the documentation from the sample data, with a browser of this machine: npm run docs:shots. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startTrial, type Trial } from '../../cli/trial/trial.ts';
import { loadConfig } from '../../lib/config/load.ts';
import { launch } from '../../tests/web/browser.ts';

/** A fixed moment: a digest's picture changes only when the digest does. */
const NOW = new Date('2026-11-23T06:30:00Z');
/** Half an hour before the digest is due: an editor still looks at it. */
const BEFORE = new Date('2026-11-23T05:30:00Z');
const EDITION = 'sample-daily-en-20261123T0600Z';

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  /** As it would be printed. */
  readonly print?: true;
  /** What stands at the top of the picture. */
  readonly from?: string;
}

const file = (name: string) => join(import.meta.dirname, `${name}.png`);

/** A digest on a desktop and on a phone, side by side. */
async function pair(browser: Browser): Promise<void> {
  const image = async (name: string) => `data:image/png;base64,${(await readFile(file(name))).toString('base64')}`;
  const html = `<style>
      body { margin: 0; padding: 40px; display: flex; gap: 40px; align-items: flex-start; background: #d9d4c8 }
      img { display: block; height: 760px; border-radius: 10px; box-shadow: 0 2px 18px #0004 }
      img + img { border: 8px solid #1c1c1c; border-radius: 34px; height: 744px }
    </style><img src="${await image('digest-desktop')}"><img src="${await image('digest-phone')}">`;
  await shoot(browser, { name: 'digest', width: 1200, height: 840 }, html);
}

/** @param page an address, or the page itself as HTML */
async function shoot(browser: Browser, shot: Shot, page: string): Promise<void> {
  const { name, width, height, scheme = 'light' } = shot;
  const settings = { viewport: { width, height }, colorScheme: scheme, locale: 'en-GB' };
  const tab = await browser.newPage(settings);
  await (page.startsWith('<') ? tab.setContent(page) : tab.goto(page, { waitUntil: 'load' }));
  if (shot.print) await tab.emulateMedia({ media: 'print' });
  if (shot.from) await tab.locator(shot.from).evaluate((element) => element.scrollIntoView());
  await tab.screenshot({ path: file(name) });
  await tab.close();
}

async function shootAll(browser: Browser, { inbox, site }: Pick<Trial, 'inbox' | 'site'>): Promise<void> {
  const body = `${inbox.url}/preview/${EDITION}/body`;
  await shoot(browser, { name: 'digest-desktop', width: 680, height: 760 }, body);
  await shoot(browser, { name: 'digest-phone', width: 375, height: 744 }, body);
  await shoot(browser, { name: 'digest-dark', width: 680, height: 760 }, `${body}?scheme=dark`);
  await shoot(browser, { name: 'preview', width: 1280, height: 800 }, `${inbox.url}/preview/${EDITION}`);
  await shoot(browser, { name: 'inbox', width: 1280, height: 800 }, await englishMail(inbox.url));
  await shoot(browser, { name: 'site', width: 1280, height: 800 }, site.url);
  const page = `${site.url}/editions/${EDITION}`;
  await shoot(browser, { name: 'edition', width: 1280, height: 900, from: 'section[aria-labelledby=where]' }, page);
  await shoot(browser, { name: 'edition-dark', width: 375, height: 744, scheme: 'dark', from: 'svg.map' }, page);
  await shoot(browser, { name: 'edition-print', width: 700, height: 990, print: true }, page);
  await shoot(browser, { name: 'archive', width: 1280, height: 800 }, `${site.url}/editions?lang=en`);
  await pair(browser);
}

/** The address of the mail to the reader of the English digest. */
async function englishMail(inbox: string): Promise<string> {
  const list = await (await fetch(inbox)).text();
  const row = /href="(\/messages\/[^"]+)"(?:(?!<\/a>)[\s\S])*reader@/.exec(list);
  if (!row) throw new Error('The inbox has no mail to the reader of the English digest.');
  return `${inbox}${row[1]}`;
}

const folder = await mkdtemp(join(tmpdir(), 'dispatches-pictures-'));
const config = await loadConfig(join(import.meta.dirname, '../../dispatches.config.ts'));
let now = BEFORE;
const trial = await startTrial({ config, folder, clock: () => now, progress: () => {}, port: 4100 });
const browser = await launch();
try {
  await trial.local.app.collect({ force: true });
  await shoot(browser, { name: 'studio', width: 1440, height: 820 }, `${trial.inbox.url}/preview/next?lang=en`);
  now = NOW;
  await trial.local.app.collect({ force: true });
  await trial.local.app.publish({ at: NOW.toISOString(), withinHours: 24 });
  await trial.local.idle();
  await shootAll(browser, trial);
} finally {
  await browser.close();
  await trial.close();
  await rm(folder, { recursive: true });
}
