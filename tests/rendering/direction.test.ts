import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editionView } from '../../lib/rendering/edition-view.ts';
import { digest } from '../../templates/compiled/digest.generated.ts';
import { decision, edition, item, SITE, story } from '../editions/build.ts';
import { fill } from '../support/fill.ts';
import { launch } from '../web/browser.ts';

const links = { unsubscribeUrl: 'https://x.example/u', preferencesUrl: 'https://x.example/p' };
const told = (title: string, lang: string) =>
  story([{ item: item({ title, summary: `${title}. ${title}` }), decision: decision({ lang }) }]);
const view = editionView(edition([told('Bridge holds', 'en'), told('هدنة مؤقتة', 'ar')]), SITE);

/** Which edge of its column the first line of text of an element stands at. */
const edgeOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const range = element.ownerDocument.createRange();
      range.selectNodeContents(element);
      const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
      return text.right < box.right - 2 ? 'left' : text.left > box.left + 2 ? 'right' : 'both';
    });

describe('the direction of a mail', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage({ viewport: { width: 800, height: 900 } });
  });
  afterAll(() => browser.close());

  test('each story follows its own language', async () => {
    await page.setContent(fill(digest(view), links));
    expect(await edgeOf(page, 'h1')).toBe('left');
    expect(await edgeOf(page, 'h3[lang=en]')).toBe('left');
    expect(await edgeOf(page, 'h3[lang=ar]')).toBe('right');
    expect(await edgeOf(page, 'p[lang=ar]')).toBe('right');
  });

  test('an edition in a language written from the right is the mirror image', async () => {
    await page.setContent(fill(digest({ ...view, lang: 'ar', dir: 'rtl' }), links));
    expect(await edgeOf(page, 'h1')).toBe('right');
    expect(await edgeOf(page, 'h2')).toBe('right');
    expect(await edgeOf(page, 'h3[lang=en]')).toBe('left');
    expect(await edgeOf(page, 'h3[lang=ar]')).toBe('right');
    expect(await edgeOf(page, 'p.foot')).toBe('right');
  });
});
