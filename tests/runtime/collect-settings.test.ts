import { expect, test } from 'vitest';
import { startSampleServer } from '../../cli/sample/server.ts';
import { loadConfig } from '../../lib/config/load.ts';
import { openLocal } from '../../lib/runtime/local.ts';

const config = await loadConfig('dispatches.config.ts');
const transport = { send: () => Promise.reject(new Error('nothing is sent here')) };

test('what the configuration says of fetching and of the pace is what happens', async () => {
  const feeds = await startSampleServer(() => new Date());
  const collect = { ...config.collect, fetch: { maxItems: 1 }, pace: { shortestMinutes: 600, unknownMinutes: 600 } };
  const local = await openLocal({
    config: { ...config, collect },
    sources: feeds.sources.slice(0, 1),
    siteUrl: 'http://127.0.0.1:1',
    transport,
    allowLoopback: true,
  });
  const [state] = await local.app.collect().then(() => local.stores.feeds.listStates());
  expect((await local.stores.feeds.itemsSince('2000-01-01T00:00:00.000Z')).items).toHaveLength(1);
  expect(Date.parse(state?.nextFetch ?? '') - Date.now()).toBeGreaterThan(590 * 60_000);
  local.close();
  await feeds.close();
});
