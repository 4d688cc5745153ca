import { expect, test } from 'vitest';
import type { Job } from '../../lib/delivery/model.ts';
import { erase } from '../../lib/subscriptions/erase.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { suppress } from '../../lib/subscriptions/suppress.ts';
import { unsubscribe } from '../../lib/subscriptions/unsubscribe.ts';
import { queueLetterbox } from '../../lib/web/letterbox.ts';
import { createWorld, formToken, KEYS, MINUTE, signUp, type World } from './world.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, KEYS.identity);

async function confirmLatest(world: World) {
  const job = world.jobs.at(-1);
  if (job?.kind !== 'letter') throw new Error('no letter was enqueued');
  return world.post(new URL(world.deps.links.confirm(job.subscriberId, job.nonce)).pathname);
}

/** Everything that a stranger can see of an answer. */
async function visible(response: Response) {
  return { status: response.status, headers: [...response.headers].toSorted(), body: await response.text() };
}

test('asking enqueues one letter that names the row and nothing of the address', async () => {
  const world = createWorld();
  const response = await signUp(world, ADA, { locale: 'uk', cadence: 'weekly', hour: '18', zone: 'Europe/Kyiv' });
  expect(response.status).toBe(200);
  expect(world.jobs).toMatchObject([{ kind: 'letter', letter: 'confirm', subscriberId: ID }]);
  expect(JSON.stringify(world.jobs)).not.toContain('ada');
  const preferences = { locale: 'uk', cadence: 'weekly', hour: 18 };
  expect(await world.deps.subscribers.get(ID)).toMatchObject({ status: 'pending', preferences });
});

test('the answer is the same to the byte for every state that an address can be in', async () => {
  const states: Record<string, (world: World) => Promise<unknown>> = {
    new: async () => undefined,
    pending: (world) => signUp(world, ADA),
    active: async (world) => {
      await signUp(world, ADA);
      await confirmLatest(world);
    },
    unsubscribed: async (world) => {
      await signUp(world, ADA);
      await confirmLatest(world);
      await unsubscribe({ ...world.deps, letters: queueLetterbox(world.deps.queue) }, { id: ID, reason: 'page' });
    },
    suppressed: async (world) => {
      await signUp(world, ADA);
      await suppress(world.deps, ID, 'bounce');
    },
    erased: async (world) => {
      await signUp(world, ADA);
      await erase(world.deps, ID);
    },
  };
  const answers = new Set<string>();
  for (const [state, prepare] of Object.entries(states)) {
    for (const rest of [20 * MINUTE, 0]) {
      const world = createWorld();
      await prepare(world);
      world.pass(rest);
      const answer = await visible(await signUp(world, ADA));
      expect(answer.status, state).toBe(200);
      answers.add(JSON.stringify(answer));
    }
  }
  const trapped = await visible(await signUp(createWorld(), ADA, { website: 'https://spam.example' }));
  answers.add(JSON.stringify(trapped));
  expect(answers.size).toBe(1);
});

test('what fills the trap gets the usual answer and nothing else', async () => {
  const world = createWorld();
  expect((await signUp(world, ADA, { website: 'x' })).status).toBe(200);
  expect(world.jobs).toEqual([]);
  expect(await world.deps.subscribers.get(ID)).toBeUndefined();
});

test.each([
  ['sent faster than a person can', 1_999],
  ['older than a day', 24 * 60 * MINUTE],
])('a form %s is shown once more, filled in, and works then', async (_why, wait) => {
  const world = createWorld();
  const token = formToken(await (await world.get('/')).text());
  world.pass(wait);
  const fields = { email: ADA, hour: '18', locale: 'de' };
  const shown = await world.post('/subscribe?lang=en', { ...fields, token });
  const page = await shown.text();
  expect(shown.status).toBe(422);
  expect(page).toContain('within two seconds, or after more than a day');
  expect(page).toContain('press the button once more');
  expect(page).toContain(`value="${ADA}"`);
  expect(page).toContain('<option value="18" selected>');
  expect(world.jobs).toEqual([]);
  world.pass(3_000);
  expect((await world.post('/subscribe?lang=en', { ...fields, token: formToken(page) })).status).toBe(200);
  expect(world.jobs).toHaveLength(1);
});

test.each(['', 't1.forged', 'x'.repeat(5_000)])('a form without our token (%.12j) asks once more', async (token) => {
  const world = createWorld();
  expect((await world.post('/subscribe', { email: ADA, token })).status).toBe(422);
  expect(world.jobs).toEqual([]);
});

test.each(['ada', 'ada@example', 'ada@example.org, eve@example.org', '"><script>alert(1)</script>@example.org'])(
  'an address like %j comes back with a sentence, escaped',
  async (email) => {
    const world = createWorld();
    const response = await signUp(world, email);
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain('aria-invalid="true"');
    expect(page).toContain('Write one like name@example.org');
    expect(page).not.toContain('<script');
    expect(world.jobs).toEqual([]);
  },
);

test.each([
  { zone: 'Mars/Olympus' },
  { zone: '+05:30' },
  { hour: '24' },
  { hour: '-1' },
  { locale: 'xx' },
  { cadence: 'breaking' },
])('choices that are not on offer (%j) are refused', async (fields) => {
  const world = createWorld();
  const response = await signUp(world, ADA, { zone: 'Asia/Kolkata', cadence: 'weekly', ...fields });
  expect(response.status).toBe(422);
  const kept = fields.zone ? 'value="weekly" selected' : 'value="Asia/Kolkata" selected';
  expect(await response.text()).toContain(kept);
  expect(world.jobs).toEqual([]);
});

test('the network comes from the connection, never from a header', async () => {
  const world = createWorld();
  const token = formToken(await (await world.get('/')).text());
  world.pass(5_000);
  const body = new URLSearchParams({ token, email: ADA });
  const headers = { 'X-Forwarded-For': '198.51.100.9', 'X-Real-IP': '198.51.100.9', Forwarded: 'for=198.51.100.9' };
  await world.site.fetch(new Request(`${world.url}/subscribe`, { method: 'POST', body, headers }), {
    address: '203.0.113.5',
  });
  expect((await world.deps.subscribers.get(ID))?.consent.network).toBe('203.0.113.0/24');
});

test('a thousand posts at once for one address enqueue one letter', async () => {
  const world = createWorld();
  const token = formToken(await (await world.get('/')).text());
  world.pass(5_000);
  const posts = Array.from({ length: 1000 }, (_, n) =>
    world.post('/subscribe', { token, email: ADA }, `10.${n >> 8}.${n & 255}.1`),
  );
  const statuses = new Set((await Promise.all(posts)).map((response) => response.status));
  expect([...statuses]).toEqual([200]);
  expect(world.jobs).toHaveLength(1);
});

test('a queue that takes nothing is owned up to, and asking again when the page says so posts the letter', async () => {
  const taken: Job[] = [];
  let down = true;
  const enqueue = async (jobs: readonly Job[]) => {
    if (down) return jobs;
    taken.push(...jobs);
    return [];
  };
  const world = createWorld({ queue: { enqueue } });
  const response = await signUp(world, ADA);
  expect(response.status).toBe(503);
  expect(await response.text()).toMatch(/our fault.*try again in a quarter of an hour/);
  down = false;
  world.pass(15 * MINUTE);
  expect((await signUp(world, ADA)).status).toBe(200);
  expect(taken).toMatchObject([{ kind: 'letter', letter: 'confirm' }]);
});
