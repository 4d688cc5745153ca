import { expect, test } from 'vitest';
import { confirm } from '../../lib/subscriptions/confirm.ts';
import { erase } from '../../lib/subscriptions/erase.ts';
import { exportList } from '../../lib/subscriptions/export-list.ts';
import { importList } from '../../lib/subscriptions/import-list.ts';
import { suppress } from '../../lib/subscriptions/suppress.ts';
import { tidy } from '../../lib/subscriptions/tidy.ts';
import { unsubscribe } from '../../lib/subscriptions/unsubscribe.ts';
import { DAY, MINUTE } from '../../lib/time.ts';
import { createWorld, idOf, PREFERENCES } from './world.ts';

const HEADER = 'email,language,cadence,hour,zone,confirmed_at,consent_source,quiet_days';
const defaults = { preferences: PREFERENCES };
const list = (...rows: string[]) => [HEADER, ...rows].join('\n');
const AGREED = '2025-03-01T10:00:00Z';

type World = ReturnType<typeof createWorld>;
const take = (world: World, csv: string) => importList(world.deps, { csv, defaults });

async function reader(world: World, email: string) {
  await world.ask(email);
  await confirm(world.deps, { id: idOf(email) });
}

test('rows with evidence become readers, and keep it', async () => {
  const world = createWorld();
  const result = await take(world, list(`Ada@example.org,uk,weekly,18,Europe/Kyiv,${AGREED},paper form,mail`));
  expect(result).toEqual({ added: 1, unchanged: 0, keptOut: 0, rejected: [] });
  expect(await world.row('ada@example.org')).toMatchObject({
    status: 'active',
    preferences: { locale: 'uk', cadence: 'weekly', hour: 18, zone: 'Europe/Kyiv', quietDays: 'mail' },
    consent: { confirmedAt: '2025-03-01T10:00:00.000Z', source: 'paper form' },
    appointmentSince: '2026-11-23T09:00:00.000Z',
  });
  expect(world.posted).toEqual([]);
});

test('every row that cannot be taken is told with its line and reason, without the address', async () => {
  const world = createWorld();
  const csv = list(
    `good@example.org,,,,,${AGREED},`,
    `not-an-address,,,,,${AGREED},`,
    `a@example.org,xx,,,,${AGREED},`,
    `b@example.org,,hourly,,,${AGREED},`,
    `c@example.org,,,24,,${AGREED},`,
    `d@example.org,,,,Mars/Olympus,${AGREED},`,
    'e@example.org,,,,,,',
    'f@example.org,,,,,last spring,',
    `g@example.org,,,,,${AGREED},,perhaps`,
  );
  const { added, rejected } = await take(world, csv);
  expect(added).toBe(1);
  expect(rejected).toEqual([
    { line: 3, reason: 'This is not a usable e-mail address.' },
    { line: 4, reason: expect.stringContaining('Column language') },
    { line: 5, reason: expect.stringContaining('Column cadence') },
    { line: 6, reason: expect.stringContaining('Column hour') },
    { line: 7, reason: expect.stringContaining('Column zone') },
    { line: 8, reason: expect.stringContaining('Column confirmed_at') },
    { line: 9, reason: expect.stringContaining('Column confirmed_at') },
    { line: 10, reason: expect.stringContaining('Column quiet_days') },
  ]);
});

test('whoever is out stays out, whatever the list says', async () => {
  const world = createWorld();
  const people = ['left', 'bounced', 'erased', 'waiting'].map((name) => `${name}@example.org`);
  for (const email of people) await reader(world, email);
  const [left = '', bounced = '', erased = '', waiting = ''] = people;
  await unsubscribe(world.deps, { id: idOf(left), reason: 'page' });
  await suppress(world.deps, idOf(bounced), 'bounce');
  await erase(world.deps, idOf(erased));
  await unsubscribe(world.deps, { id: idOf(waiting), reason: 'page' });
  world.pass(20 * MINUTE);
  await world.ask(waiting);
  const { added, rejected } = await take(world, list(...people.map((email) => `${email},,,,,${AGREED},`)));
  expect(added).toBe(0);
  expect(rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
  const rows = await Promise.all(people.map((email) => world.row(email)));
  expect(rows.map((row) => row?.status)).toEqual(['unsubscribed', 'suppressed', 'unsubscribed', 'pending']);
  expect(rows[2]?.email).toBe('');
});

test('importing again continues: what is in is left as it is', async () => {
  const world = createWorld();
  const rows = Array.from({ length: 120 }, (_, n) => `reader${n}@example.org,,,,,${AGREED},`);
  await take(world, list(...rows.slice(0, 70)));
  const before = await world.row('reader1@example.org');
  expect(await take(world, list(...rows))).toMatchObject({ added: 50, unchanged: 70, rejected: [] });
  expect(await world.row('reader1@example.org')).toEqual(before);
});

test('a list of people who left elsewhere keeps them out here', async () => {
  const world = createWorld();
  await reader(world, 'ada@example.org');
  const csv =
    'email,status,reason\nada@example.org,unsubscribed,\neve@example.org,unsubscribed,\nbob@example.org,suppressed,bounce';
  expect(await take(world, csv)).toMatchObject({ added: 0, keptOut: 3 });
  expect(await world.row('ada@example.org')).toMatchObject({ status: 'unsubscribed' });
  expect(await world.row('eve@example.org')).toMatchObject({ status: 'unsubscribed', email: '' });
  expect(await world.row('bob@example.org')).toMatchObject({ status: 'suppressed', email: '', reason: 'bounce' });
});

test('of several rows of one person one is taken, and one that keeps them out wins', async () => {
  const world = createWorld();
  const twice = 'email,status,confirmed_at\nada@example.org,,2025-03-01\nAda@example.org,,2025-03-01\n';
  expect(await take(world, `${twice}eve@example.org,,2025-03-01\neve@example.org,suppressed,`)).toEqual({
    ...{ added: 1, unchanged: 1, keptOut: 1 },
    rejected: [{ line: 4, reason: expect.stringContaining('must not be mailed') }],
  });
  expect(await world.row('eve@example.org')).toMatchObject({ status: 'suppressed', email: '' });
});

test('new people go in a lot at a time, not one by one', async () => {
  const world = createWorld();
  const lots: number[] = [];
  const subscribers: typeof world.deps.subscribers = {
    ...world.deps.subscribers,
    put: () => Promise.reject(new Error('one by one')),
    createMany: (rows) => {
      lots.push(rows.length);
      return world.deps.subscribers.createMany(rows);
    },
  };
  const rows = Array.from({ length: 250 }, (_, n) => `reader${n}@example.org,,,,,${AGREED},`);
  const input = { csv: list(...rows), defaults };
  expect(await importList({ ...world.deps, subscribers }, input)).toMatchObject({ added: 250 });
  expect(lots).toEqual([200, 50]);
});

test('what is exported can be imported elsewhere and comes out the same', async () => {
  const [from, to] = [createWorld(), createWorld()];
  for (const email of ['+ada@example.org', '=cmd@example.org', "o'neil@example.org"]) await reader(from, email);
  const csv = (await Array.fromAsync(exportList(from.deps.subscribers))).join('');
  expect(csv).not.toMatch(/^[=+]/m);
  expect(await take(to, csv)).toMatchObject({ added: 3, rejected: [] });
  expect((await Array.fromAsync(exportList(to.deps.subscribers))).join('')).toBe(csv);
});

test('a list without a column for addresses is refused as a whole', async () => {
  const world = createWorld();
  await expect(take(world, 'name,mail\nAda,ada@example.org')).rejects.toThrow('no column "email"');
  await expect(take(world, '')).rejects.toThrow('no column "email"');
});

test('a header in other spelling and with semicolons is understood', async () => {
  const world = createWorld();
  expect(await take(world, `E-Mail;Confirmed At\nada@example.org;${AGREED}`)).toMatchObject({ added: 1 });
});

test('tidying removes what is not needed any more, once', async () => {
  const world = createWorld();
  await reader(world, 'in@example.org');
  await reader(world, 'left@example.org');
  await reader(world, 'back@example.org');
  await world.ask('never@example.org', { address: '192.0.2.1' });
  await unsubscribe(world.deps, { id: idOf('left@example.org'), reason: 'page' });
  await unsubscribe(world.deps, { id: idOf('back@example.org'), reason: 'page' });
  expect(await tidy(world.deps)).toEqual({ expired: 0, forgotten: 0, trimmed: 0 });
  world.pass(20 * MINUTE);
  await world.ask('back@example.org');
  world.pass(3 * DAY);
  expect(await tidy(world.deps)).toEqual({ expired: 2, forgotten: 0, trimmed: 0 });
  expect(await world.row('never@example.org')).toBeUndefined();
  expect(await world.row('back@example.org')).toMatchObject({ status: 'unsubscribed', reason: 'page', email: '' });
  world.pass(30 * DAY);
  expect(await tidy(world.deps)).toEqual({ expired: 0, forgotten: 1, trimmed: 0 });
  expect(await world.row('left@example.org')).toMatchObject({
    status: 'unsubscribed',
    email: '',
    consent: { textHash: 'abc' },
  });
  expect(await tidy(world.deps)).toEqual({ expired: 0, forgotten: 0, trimmed: 0 });
  expect((await world.row('in@example.org'))?.status).toBe('active');
});

test('the network is kept for thirty days only', async () => {
  const world = createWorld();
  await world.ask('ada@example.org', { address: '192.0.2.1' });
  await confirm(world.deps, { id: idOf('ada@example.org') });
  world.pass(30 * DAY);
  expect(await tidy(world.deps)).toMatchObject({ trimmed: 1 });
  expect((await world.row('ada@example.org'))?.consent).not.toHaveProperty('network');
});

test('wishes travel in a list, and what is no wish is told', async () => {
  const [from, to] = [createWorld(), createWorld()];
  const header = 'email,confirmed_at,source_languages,conflicts,max_stories,text_only,alerts';
  const row = 'ada@example.org,2026-05-01,uk en,sudan other,5,yes,yes';
  const wrong = ['en/fr,,,,', ',,many,,', ',,,perhaps,', ',,,,1'].map(
    (rest, n) => `r${n}@example.org,2026-05-01,${rest}`,
  );
  const result = await take(from, [header, row, ...wrong].join('\n'));
  expect(result.rejected.map(({ reason }) => /^Column (\w+)/.exec(reason)?.[1])).toEqual([
    'source_languages',
    'max_stories',
    'text_only',
    'alerts',
  ]);
  const filter = { languages: ['en', 'uk'], conflicts: ['other', 'sudan'], maxStories: 5 };
  const wished = { filter, textOnly: true, breaking: true };
  expect((await from.row('ada@example.org'))?.preferences).toMatchObject(wished);
  const csv = (await Array.fromAsync(exportList(from.deps.subscribers))).join('');
  await take(to, csv);
  expect((await to.row('ada@example.org'))?.preferences).toMatchObject(wished);
});
