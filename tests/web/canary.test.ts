import { expect, test } from 'vitest';
import type { Job } from '../../lib/delivery/model.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { createWorld, KEYS, signUp } from './world.ts';

const CANARY = 'zz-canary+pii@example.org';
const ID = subscriberId(CANARY, KEYS.identity);

/** A store, queue or limit that works `works` times and then fails with the address in its message. */
function failing<T extends object>(part: T, works: number): T {
  let calls = 0;
  const fault = () => {
    calls += 1;
    if (calls > works) throw new Error(`cannot reach ${CANARY} at https://x/unsubscribe/t1.0123456789abcdef.u.secret`);
  };
  return new Proxy(part, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        fault();
        return Reflect.apply(value, target, args);
      };
    },
  });
}

test('no log line and no job holds the address or a token, in any flow and with any part failing', async () => {
  const seen: string[] = [];
  for (const part of ['none', 'subscribers', 'limits', 'editions', 'queue'] as const) {
    for (const works of part === 'none' ? [0] : [0, 1, 2, 3]) {
      const plain = createWorld();
      const changes = part === 'none' ? {} : { [part]: failing(plain.deps[part], works) };
      const world = createWorld({ ...plain.deps, ...changes });
      const links = plain.deps.links;
      const paths = [links.confirm(ID, 'n'), links.unsubscribe(ID), links.preferences(ID)].map(
        (link) => new URL(link).pathname,
      );
      await signUp(plain, CANARY);
      await world.post('/subscribe', { email: CANARY, token: 't1.forged-token-of-somebody' });
      for (const path of paths) {
        await world.get(path);
        await world.post(path, { action: 'save', email: `new-${CANARY}` });
        await world.post(path, { action: 'leave' });
      }
      const jobs: readonly Job[] = [...plain.jobs, ...world.jobs];
      seen.push(...plain.lines, ...world.lines, JSON.stringify(jobs));
    }
  }
  expect(seen.join('\n').length).toBeGreaterThan(1000);
  expect(seen.filter((line) => /zz-canary|t1\.[0-9a-f]{8}|t1\.forged/i.test(line))).toEqual([]);
});
