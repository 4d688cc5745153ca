import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { CHROMIUM, launch, type Served, serveWorld } from './browser.ts';
import type { World } from './world.ts';

export interface Stage extends Served {
  readonly browser: Browser;
}

/**
 * Tests in a browser, before one served world; without a browser on this machine they are left out, and it is said.
 * @param what is tried: the beginning of a sentence, in the plural
 * @param fill puts into the world what they look at
 * @param tests get the stage by calling `stage`, once they run
 */
export function inBrowser(
  what: string,
  fill: (world: World) => Promise<void>,
  tests: (stage: () => Stage) => void,
): void {
  if (!CHROMIUM) console.warn(`${what} are not tried in a browser: no chromium found; install it or set CHROMIUM.`);
  describe.runIf(CHROMIUM)('in a browser', () => {
    let made: Stage | undefined;
    beforeAll(async () => {
      made = { browser: await launch(), ...(await serveWorld()) };
      await fill(made.world);
    });
    afterAll(async () => {
      await made?.browser.close();
      await made?.close();
    });
    tests(() => {
      if (!made) throw new Error('The stage is there once tests run.');
      return made;
    });
  });
}
