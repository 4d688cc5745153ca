import { expect, test } from 'vitest';
import { loadConfig } from '../../../lib/config/load.ts';
import { silent } from '../../../lib/log.ts';
import { publishTick } from '../../../lib/runtime/aws/tick.ts';

test('what an earlier run left lying is picked up though an edition cannot be published, and the run fails', async () => {
  const config = await loadConfig('dispatches.config.ts');
  let swept = 0;
  const app = {
    publish: () => Promise.reject(new Error('too large')),
    async sweep() {
      swept += 1;
      return { editions: 1, requeued: 4, uncertain: 0, resent: 0, expired: 0, closed: 0 };
    },
  };
  await expect(publishTick({ app, config, log: silent }, '2026-11-23T06:00:00.000Z')).rejects.toThrow('too large');
  expect(swept).toBe(1);
});
