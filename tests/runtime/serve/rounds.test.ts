import { expect, test } from 'vitest';
import { silent } from '../../../lib/log.ts';
import type { Local } from '../../../lib/runtime/local.ts';
import { createRounds, type RoundDeps } from '../../../lib/runtime/serve/rounds.ts';

test('what is done every so often goes on when a clock that was a day ahead is set right', async () => {
  const done: string[] = [];
  let now = Date.parse('2026-11-24T06:00:00.000Z');
  const note = (what: string) => async () => {
    done.push(what);
    return { failed: [], editions: [] };
  };
  const app = { collect: note('collect'), publish: note('publish'), sweep: note('sweep'), tidy: note('tidy') };
  const local = { app: app as unknown as Local['app'], resume: async () => {}, idle: async () => [] };
  const config = { collect: { everyMinutes: 15 }, edition: { sendWithinHours: 12 } } as RoundDeps['config'];
  const round = createRounds({ local, config, clock: () => new Date(now), log: silent });
  await round();
  done.length = 0;
  now -= 24 * 3_600_000;
  await round();
  now += 60_000;
  await round();
  expect(done).toEqual(['tidy', 'collect', 'publish', 'sweep', 'publish']);
});
