/** Load on the reader site of this machine: requests a second, times and errors. Loopback only; ends by itself. */
import { LOCALES } from '../../lib/types.ts';
import { type Ask, percentile, send, serveSite } from './site.ts';

const CONNECTIONS = 50;
const SECONDS = Number(process.env.SECONDS ?? 10);
const FORM = 'application/x-www-form-urlencoded';

const { deps, url, close } = await serveSite();
const leave = new URL(deps.links.unsubscribe('0'.repeat(32))).pathname;
const network = (n: number) => `${11 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.1`;
const wish = (n: number) => JSON.stringify({ email: `reader${n}@example.org`, consentText: 'Yes, send it.' });

const KINDS: Readonly<Record<string, readonly [status: number, next: (n: number) => Ask]>> = {
  'GET / in seven languages': [200, (n) => ({ path: `/?lang=${LOCALES[n % LOCALES.length]}` })],
  'GET an edition': [200, () => ({ path: '/editions/war-daily-nl-20261123T0600Z' })],
  'GET the unsubscribe page': [200, () => ({ path: leave })],
  'POST one-click unsubscribe': [200, () => ({ path: leave, body: 'List-Unsubscribe=One-Click', type: FORM })],
  'POST /api/subscribers': [202, (n) => ({ path: '/api/subscribers', body: wish(n), address: network(n) })],
};

/** Keeps all connections busy; an error is a broken connection or another status than the one wanted. */
async function load(want: number, next: (n: number) => Ask) {
  const until = performance.now() + SECONDS * 1000;
  const times: number[] = [];
  let asked = 0;
  const connection = async () => {
    while (performance.now() < until) {
      const answer = await send(url, next(asked++)).catch(() => undefined);
      if (answer?.status === want) times.push(answer.ms);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return { asked, errors: asked - times.length, times: times.toSorted((a, b) => a - b) };
}

console.log(`${CONNECTIONS} connections, ${SECONDS} s each`);
let errors = 0;
for (const [name, [want, next]] of Object.entries(KINDS)) {
  const { times, ...counts } = await load(want, next);
  const [half, most] = [0.5, 0.99].map((share) => `${percentile(times, share).toFixed(0)} ms`);
  const rate = Math.round(times.length / SECONDS);
  console.log(`${name.padEnd(28)} ${rate}/s, median ${half}, 99 % ${most}, ${counts.errors} errors of ${counts.asked}`);
  errors += counts.errors;
}
await close();
if (errors > 0) process.exitCode = 1;
