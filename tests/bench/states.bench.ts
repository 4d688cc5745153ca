/** How alike the answers to a subscription are in time, whatever is known of the address. Loopback only; ends by itself. */
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import type { Preferences } from '../../lib/subscriptions/model.ts';
import { subscribe } from '../../lib/subscriptions/subscribe.ts';
import { suppress } from '../../lib/subscriptions/suppress.ts';
import { keys } from '../support/newsroom.ts';
import { percentile, send, serveSite } from './site.ts';

const STATES = ['new', 'pending', 'active', 'suppressed', 'limited'] as const;
type State = (typeof STATES)[number];
const EACH = 200;

const { deps, url, close } = await serveSite();
const preferences: Preferences = { ...deps.digest, locale: 'en' };
const email = (state: State, n: number) => `${state}${n}@example.org`;
const earlier = (minutes: number) => ({
  ...{ ...deps, letters: { post: async () => undefined } },
  clock: () => new Date(Date.now() - minutes * 60_000),
});

/** Asked for long ago, or, when limited, a moment ago; each from another hour, so that only one limit is met. */
async function prepare(state: State, n: number): Promise<void> {
  if (state === 'new') return;
  const wish = { email: email(state, n), preferences, source: 'form', textHash: '' };
  const id = subscriberId(wish.email, keys.identity);
  await subscribe(earlier(state === 'limited' ? 1 : 100 + n), wish);
  const row = await deps.subscribers.get(id);
  if (state === 'active' && row) await deps.subscribers.put({ ...row, status: 'active', version: row.version + 1 }, 1);
  if (state === 'suppressed') await suppress(deps, id, 'bounce');
}

/** Largest distance between the distributions of two samples (Kolmogorov-Smirnov). */
function distance(a: readonly number[], b: readonly number[]): number {
  const below = (sample: readonly number[], x: number) => sample.filter((each) => each <= x).length / sample.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(below(a, x) - below(b, x))));
}

for (const state of STATES) for (let n = 0; n < EACH; n++) await prepare(state, n);
const asks = STATES.flatMap((state) => Array.from({ length: EACH }, (_, n) => ({ state, n, order: Math.random() })));
asks.sort((a, b) => a.order - b.order);
const times = new Map<State, number[]>(STATES.map((state) => [state, []]));
const connection = async () => {
  for (let ask = asks.pop(); ask; ask = asks.pop()) {
    const { state, n } = ask;
    const body = JSON.stringify({ email: email(state, n), consentText: 'Yes, send it.' });
    const { ms } = await send(url, {
      path: '/api/subscribers',
      body,
      address: `${11 + STATES.indexOf(state)}.0.${n}.1`,
    });
    times.get(state)?.push(ms);
  }
};
await Promise.all(Array.from({ length: 10 }, connection));

for (const [state, sample] of times) {
  const median = percentile(
    sample.toSorted((a, b) => a - b),
    0.5,
  );
  console.log(
    `${state.padEnd(11)} median ${median.toFixed(1)} ms, from "new" ${distance(sample, times.get('new') ?? []).toFixed(3)}`,
  );
}
console.log(`5 % critical value at ${EACH} each: ${(1.358 * Math.sqrt(2 / EACH)).toFixed(3)}`);
await close();
