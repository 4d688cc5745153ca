import { expect, test } from 'vitest';
import { confirm } from '../../lib/subscriptions/confirm.ts';
import { erase } from '../../lib/subscriptions/erase.ts';
import { updatePreferences } from '../../lib/subscriptions/preferences.ts';
import { receives } from '../../lib/subscriptions/receives.ts';
import { suppress, unsuppress } from '../../lib/subscriptions/suppress.ts';
import { undoUnsubscribe, unsubscribe } from '../../lib/subscriptions/unsubscribe.ts';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';
import { createWorld, idOf, PREFERENCES } from './world.ts';

const ADA = 'ada@example.org';
const ID = idOf(ADA);

async function withReader() {
  const world = createWorld();
  await world.ask(ADA);
  await confirm(world.deps, { id: ID, nonce: world.posted[0]?.nonce ?? '' });
  world.posted.length = 0;
  world.pass(DAY);
  return world;
}

test('asking stores a pending row with the evidence, and posts one letter', async () => {
  const world = createWorld();
  await world.ask(' Ada@Example.org ', { address: '192.0.2.77' });
  expect(world.posted).toMatchObject([{ letter: 'confirm', id: ID }]);
  expect(await world.row(ADA)).toMatchObject({
    email: ADA,
    status: 'pending',
    preferences: PREFERENCES,
    consent: { requestedAt: '2026-11-23T09:00:00.000Z', source: 'form', textHash: 'abc', network: '192.0.2.0/24' },
    version: 1,
  });
});

test('confirming makes a reader once, however often the button is pressed', async () => {
  const world = createWorld();
  await world.ask(ADA);
  world.pass(MINUTE);
  expect((await confirm(world.deps, { id: ID, nonce: 'n1' })).outcome).toBe('confirmed');
  expect((await confirm(world.deps, { id: ID, nonce: 'n1' })).outcome).toBe('already');
  expect(world.posted.map(({ letter }) => letter)).toEqual(['confirm', 'welcome']);
  expect(await world.row(ADA)).toMatchObject({
    status: 'active',
    consent: { confirmedAt: '2026-11-23T09:01:00.000Z', nonce: 'n1' },
  });
});

test('an old confirmation does not bring back somebody who left', async () => {
  const world = await withReader();
  await unsubscribe(world.deps, { id: ID, reason: 'one-click' });
  expect(await confirm(world.deps, { id: ID })).toEqual({ outcome: 'gone' });
  expect((await world.row(ADA))?.status).toBe('unsubscribed');
});

test('whoever is in already stays in with the same choices, and gets the welcome letter again', async () => {
  const world = await withReader();
  await world.ask(ADA, { preferences: { ...PREFERENCES, hour: 3 } });
  expect(world.posted).toMatchObject([{ letter: 'welcome' }]);
  expect(await world.row(ADA)).toMatchObject({ status: 'active', preferences: { hour: 7 } });
});

test('whoever left and asks again must confirm again, and is still out until then', async () => {
  const world = await withReader();
  await unsubscribe(world.deps, { id: ID, reason: 'page' });
  await world.ask(ADA);
  expect(await world.row(ADA)).toMatchObject({ status: 'pending', before: { status: 'unsubscribed', reason: 'page' } });
  expect((await confirm(world.deps, { id: ID })).outcome).toBe('confirmed');
  expect(await world.row(ADA)).not.toHaveProperty('before');
});

test('a suppressed address gets no letter and stays suppressed', async () => {
  const world = await withReader();
  await suppress(world.deps, ID, 'complaint');
  await world.ask(ADA);
  expect(world.posted).toEqual([]);
  expect(await world.row(ADA)).toMatchObject({ status: 'suppressed', reason: 'complaint' });
});

test('a suppression holds for an address we never had, and lifting it brings nobody back in', async () => {
  const world = createWorld();
  await suppress(world.deps, ID, 'operator');
  expect(await world.row(ADA)).toMatchObject({ status: 'suppressed', email: '' });
  expect(await unsuppress(world.deps, ID)).toBe(true);
  expect(await world.row(ADA)).toMatchObject({ status: 'unsubscribed' });
});

test('leaving works at once, twice, and for nobody', async () => {
  const world = await withReader();
  expect(await unsubscribe(world.deps, { id: ID, reason: 'page' })).toMatchObject({ changed: true });
  expect(await unsubscribe(world.deps, { id: ID, reason: 'page' })).toMatchObject({ changed: false });
  expect(await unsubscribe(world.deps, { id: idOf('nobody@example.org'), reason: 'page' })).toEqual({ changed: false });
  expect(world.posted).toMatchObject([{ letter: 'goodbye' }]);
});

test('the button of the mail program is answered with no further mail', async () => {
  const world = await withReader();
  await unsubscribe(world.deps, { id: ID, reason: 'one-click' });
  expect(world.posted).toEqual([]);
});

test('whoever holds an old mail floods nobody by leaving and taking it back', async () => {
  const world = await withReader();
  for (let n = 0; n < 20; n++) {
    const { subscriber } = await unsubscribe(world.deps, { id: ID, reason: 'page' });
    expect(await undoUnsubscribe(world.deps, { id: ID, version: subscriber?.version ?? 0 })).toBe(true);
    if (n >= 10) world.pass(HOUR);
  }
  expect(world.posted.map(({ letter }) => letter)).toEqual(['goodbye', 'goodbye', 'goodbye']);
});

test('leaving works also when it cannot be told how many letters went before', async () => {
  const world = await withReader();
  const limits = { take: () => Promise.reject(new Error('the store is away')) };
  expect(await unsubscribe({ ...world.deps, limits }, { id: ID, reason: 'page' })).toMatchObject({ changed: true });
  expect((await world.row(ADA))?.status).toBe('unsubscribed');
});

test('an address that never confirmed is forgotten when its owner says no', async () => {
  const world = createWorld();
  await world.ask(ADA);
  await unsubscribe(world.deps, { id: ID, reason: 'page' });
  expect(await world.row(ADA)).toMatchObject({ status: 'unsubscribed', email: '' });
});

test('leaving wins over any write at the same time', async () => {
  const world = await withReader();
  const hours = Array.from({ length: 12 }, (_, hour) =>
    updatePreferences(world.deps, { id: ID, preferences: { ...PREFERENCES, hour } }),
  );
  await Promise.all([...hours, unsubscribe(world.deps, { id: ID, reason: 'one-click' })]);
  expect((await world.row(ADA))?.status).toBe('unsubscribed');
});

test('taking it back works for the one who just left, and not after anything else happened', async () => {
  const world = await withReader();
  const { subscriber } = await unsubscribe(world.deps, { id: ID, reason: 'page' });
  const version = subscriber?.version ?? 0;
  expect(await undoUnsubscribe(world.deps, { id: ID, version: version - 1 })).toBe(false);
  expect(await undoUnsubscribe(world.deps, { id: ID, version })).toBe(true);
  expect(await world.row(ADA)).toMatchObject({ status: 'active', preferences: PREFERENCES });
  await unsubscribe(world.deps, { id: ID, reason: 'one-click' });
  expect(await undoUnsubscribe(world.deps, { id: ID, version })).toBe(false);
});

test('a pause ends by itself', async () => {
  const world = await withReader();
  await updatePreferences(world.deps, { id: ID, preferences: PREFERENCES, pausedUntil: '2026-12-01T00:00:00.000Z' });
  const row = await world.row(ADA);
  expect(row && receives(row, '2026-11-30T23:59:59.999Z')).toBe(false);
  expect(row && receives(row, '2026-12-01T00:00:00.000Z')).toBe(true);
});

test('the row says since when the appointment holds: confirmed or chosen anew, not paused or put in other words', async () => {
  const world = await withReader();
  const since = async () => (await world.row(ADA))?.appointmentSince;
  const choose = async (preferences: Partial<typeof PREFERENCES>, pausedUntil?: string) => {
    const input = { id: ID, preferences: { ...PREFERENCES, ...preferences } };
    await updatePreferences(world.deps, { ...input, ...(pausedUntil && { pausedUntil }) });
    return since();
  };
  expect(await since()).toBe('2026-11-23T09:00:00.000Z');
  expect(await choose({}, '2026-12-01T00:00:00.000Z')).toBe('2026-11-23T09:00:00.000Z');
  expect(await choose({ locale: 'uk', quietDays: 'mail' })).toBe('2026-11-23T09:00:00.000Z');
  expect(await choose({ hour: 6 })).toBe('2026-11-24T09:00:00.000Z');
  world.pass(DAY);
  expect(await choose({ hour: 6, zone: 'Europe/Kyiv' })).toBe('2026-11-25T09:00:00.000Z');
  world.pass(DAY);
  expect(await choose({ hour: 6, zone: 'Europe/Kyiv', cadence: 'weekly' })).toBe('2026-11-26T09:00:00.000Z');
});

test('choices of somebody who left are not taken', async () => {
  const world = await withReader();
  await unsubscribe(world.deps, { id: ID, reason: 'page' });
  expect(await updatePreferences(world.deps, { id: ID, preferences: PREFERENCES })).toBeUndefined();
});

test('moving to another address takes the old one out only when the new one is confirmed', async () => {
  const world = await withReader();
  const other = 'ada@new.example.org';
  await world.ask(other, { replaces: ID });
  expect((await world.row(ADA))?.status).toBe('active');
  await confirm(world.deps, { id: idOf(other) });
  expect(await world.row(ADA)).toMatchObject({ status: 'unsubscribed', reason: 'moved' });
  expect(await world.row(other)).toMatchObject({ status: 'active' });
  expect(await world.row(other)).not.toHaveProperty('replaces');
});

test('a pause goes along to another address, and ends there when it would have', async () => {
  const world = await withReader();
  const other = 'ada@new.example.org';
  const pausedUntil = new Date(world.deps.clock().getTime() + DAY).toISOString();
  await world.ask(other, { replaces: ID, pausedUntil });
  await confirm(world.deps, { id: idOf(other) });
  expect(await world.row(other)).toMatchObject({ status: 'paused', pausedUntil });
  world.pass(DAY);
  const row = await world.row(other);
  expect(row && receives(row, world.deps.clock().toISOString())).toBe(true);
});

test('a move that breaks off before the old address is out is finished when the button is pressed again', async () => {
  const world = await withReader();
  const other = 'ada@new.example.org';
  await world.ask(other, { replaces: ID });
  const { subscribers } = world.deps;
  const put: typeof subscribers.put = (row, expected) =>
    row.id === ID ? Promise.reject(new Error('the store is away')) : subscribers.put(row, expected);
  const failing = { ...world.deps, subscribers: { ...subscribers, put } };
  await expect(confirm(failing, { id: idOf(other) })).rejects.toThrow('the store is away');
  expect(await confirm(world.deps, { id: idOf(other) })).toMatchObject({ outcome: 'already' });
  expect(await world.row(ADA)).toMatchObject({ status: 'unsubscribed', reason: 'moved' });
  expect(await world.row(other)).not.toHaveProperty('replaces');
});

test.each(['suppressed', 'active'] as const)(
  'moving to an address that is %s changes neither of the two',
  async (status) => {
    const world = createWorld();
    const NEW = 'new@example.org';
    for (const email of [ADA, NEW]) {
      await world.ask(email);
      await confirm(world.deps, { id: idOf(email) });
      world.pass(HOUR);
    }
    if (status === 'suppressed') await suppress(world.deps, idOf(NEW), 'complaint');
    const posted = world.posted.length;
    await world.ask(NEW, { source: 'move', replaces: idOf(ADA) });
    await confirm(world.deps, { id: idOf(NEW) });
    expect((await world.row(ADA))?.status).toBe('active');
    expect(await world.row(NEW)).toMatchObject({ status });
    expect(await world.row(NEW)).not.toHaveProperty('replaces');
    const letters = world.posted.slice(posted).map(({ letter }) => letter);
    expect(letters).toEqual(status === 'active' ? ['welcome'] : []);
  },
);

test('an old address that complains while its move waits is still out when the new one is confirmed', async () => {
  const world = createWorld();
  await world.ask(ADA);
  await confirm(world.deps, { id: idOf(ADA) });
  await world.ask('new@example.org', { source: 'move', replaces: idOf(ADA) });
  await suppress(world.deps, idOf(ADA), 'complaint');
  await confirm(world.deps, { id: idOf('new@example.org') });
  expect(await world.row(ADA)).toMatchObject({ status: 'suppressed', reason: 'complaint' });
  expect((await world.row('new@example.org'))?.status).toBe('active');
});

test('erasing leaves the keyed hash and nothing else about the person', async () => {
  const world = await withReader();
  expect(await erase(world.deps, ID)).toBe(true);
  const row = await world.row(ADA);
  expect(row).toMatchObject({ id: ID, email: '', status: 'unsubscribed', reason: 'erased', consent: { textHash: '' } });
  expect(JSON.stringify(row)).not.toMatch(/ada|Amsterdam|192\.0\.2|"nl"/);
  expect(await erase(world.deps, idOf('nobody@example.org'))).toBe(false);
});

test('erasing keeps a suppression', async () => {
  const world = await withReader();
  await suppress(world.deps, ID, 'complaint');
  await erase(world.deps, ID);
  expect(await world.row(ADA)).toMatchObject({ email: '', status: 'suppressed', reason: 'complaint' });
});

test('who was erased can come back by asking and confirming', async () => {
  const world = await withReader();
  await erase(world.deps, ID);
  await world.ask(ADA);
  expect((await confirm(world.deps, { id: ID })).outcome).toBe('confirmed');
  expect(await world.row(ADA)).toMatchObject({ email: ADA, status: 'active' });
});
