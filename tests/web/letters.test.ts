import { beforeEach, describe, expect, test } from 'vitest';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { createToken } from '../../lib/subscriptions/token.ts';
import { createWorld, KEYS, signUp, type World } from './world.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, KEYS.identity);
const path = (link: string) => new URL(link).pathname;

let world: World;
let confirmPath: string;
let leavePath: string;
let settingsPath: string;

beforeEach(async () => {
  world = createWorld();
  await signUp(world, ADA);
  confirmPath = path(world.deps.links.confirm(ID, 'nonce'));
  leavePath = path(world.deps.links.unsubscribe(ID));
  settingsPath = path(world.deps.links.preferences(ID));
});

const row = () => world.deps.subscribers.get(ID);
const becomeReader = () => world.post(confirmPath);

describe('a mail scanner', () => {
  const AGENTS = ['Mozilla/5.0', 'curl/8', 'LinkScanner/1.0 (prefetch)'];

  test('opens every link again and again, and changes nothing', async () => {
    await becomeReader();
    const before = JSON.stringify(await row());
    const queued = world.jobs.length;
    for (const link of [confirmPath, leavePath, settingsPath]) {
      for (let turn = 0; turn < 50; turn++) {
        const headers = { 'User-Agent': AGENTS[turn % 3] ?? '' };
        for (const method of ['GET', 'HEAD', 'OPTIONS']) {
          await world.site.fetch(new Request(world.url + link, { method, headers }));
        }
      }
    }
    expect(JSON.stringify(await row())).toBe(before);
    expect(world.jobs).toHaveLength(queued);
    expect((await world.post(leavePath)).status).toBe(200);
    expect((await row())?.status).toBe('unsubscribed');
  });

  test('leaves the confirmation for its reader', async () => {
    for (let turn = 0; turn < 50; turn++) await world.get(confirmPath);
    expect((await row())?.status).toBe('pending');
    expect((await becomeReader()).status).toBe(200);
    expect((await row())?.status).toBe('active');
  });
});

test('the confirm page says what will come and has one button', async () => {
  const page = await (await world.get(`${confirmPath}?lang=en`)).text();
  expect(page).toContain('a•••@example.org');
  expect(page).not.toContain(ADA);
  expect(page.match(/<button/g)).toHaveLength(1);
  expect(page.match(/<form method="post">/g)).toHaveLength(1);
});

test('confirming twice succeeds twice and welcomes once', async () => {
  expect((await becomeReader()).status).toBe(200);
  expect((await becomeReader()).status).toBe(200);
  expect(world.jobs.filter((job) => job.kind === 'letter' && job.letter === 'welcome')).toHaveLength(1);
});

test('a confirmation ends after 48 hours', async () => {
  world.pass(48 * 3_600_000);
  expect((await becomeReader()).status).toBe(404);
  expect((await row())?.status).toBe('pending');
});

describe('one-click unsubscribe (RFC 8058)', () => {
  const oneClick = () => ({ 'List-Unsubscribe': 'One-Click' });
  const form = () => {
    const data = new FormData();
    data.set('List-Unsubscribe', 'One-Click');
    return data;
  };
  const bodies: Record<string, () => BodyInit | null> = {
    urlencoded: () => new URLSearchParams(oneClick()),
    multipart: form,
    'with no body': () => null,
    'with a body of no known kind': () => '{"List-Unsubscribe":"One-Click"}',
  };

  test.each(Object.keys(bodies))('takes a POST %s, without cookie or redirect, twice', async (kind) => {
    await becomeReader();
    for (let turn = 0; turn < 2; turn++) {
      const body = bodies[kind]?.() ?? null;
      const response = await world.site.fetch(new Request(world.url + leavePath, { method: 'POST', body }));
      expect(response.status).toBe(200);
      expect(response.headers.has('Set-Cookie')).toBe(false);
      expect(response.headers.has('Location')).toBe(false);
      expect(await row()).toMatchObject({ status: 'unsubscribed', reason: 'one-click' });
    }
  });

  test('works from the confirmation letter too', async () => {
    await world.post(leavePath, oneClick());
    expect(await row()).toMatchObject({ status: 'unsubscribed', email: '' });
  });

  test('succeeds for somebody whose row is gone', async () => {
    await world.deps.subscribers.remove(ID);
    expect((await world.get(leavePath)).status).toBe(200);
    expect((await world.post(leavePath, oneClick())).status).toBe(200);
    expect(await row()).toBeUndefined();
  });

  test('works for years and through two rotations of the key', async () => {
    await becomeReader();
    world.pass(3 * 365 * 24 * 3_600_000);
    const rotated = createWorld({
      ...world.deps,
      keys: { ...KEYS, current: 'the-key-after-the-next-one', previous: ['the-next-key-of-the-tests', KEYS.current] },
    });
    expect((await rotated.post(leavePath)).status).toBe(200);
    expect((await row())?.status).toBe('unsubscribed');
  });
});

describe('the unsubscribe page', () => {
  beforeEach(becomeReader);

  test('leaves with one button, and offers to take it back to whoever pressed it', async () => {
    const page = await (await world.post(leavePath, { action: 'leave' })).text();
    expect(await row()).toMatchObject({ status: 'unsubscribed', reason: 'page' });
    const undo = /name="undo" value="([^"]+)"/.exec(page)?.[1] ?? '';
    await world.post(leavePath, { action: 'undo', undo });
    expect((await row())?.status).toBe('active');
  });

  test('offers a break instead, and the way back in', async () => {
    const page = await (await world.post(`${leavePath}?lang=en`, { action: 'leave' })).text();
    expect(page).toContain('Pause for four weeks instead');
    expect(page).toContain('href="/?lang=en"');
    const undo = /name="undo" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await (await world.post(`${leavePath}?lang=en`, { action: 'pause', undo })).text();
    expect(answer).toContain('until 21 December 2026');
    expect(await row()).toMatchObject({ status: 'paused', pausedUntil: '2026-12-21T09:00:05.000Z' });
    expect(await row()).not.toHaveProperty('reason');
    await world.post(leavePath, { action: 'leave' });
    await world.post(leavePath, { action: 'pause', undo });
    expect((await row())?.status).toBe('unsubscribed');
  });

  test('shows a masked address, and what to do when the mail was forwarded', async () => {
    const page = await (await world.get(`${leavePath}?lang=en`)).text();
    expect(page).toContain('a•••@example.org will get no more mail');
    expect(page).toContain('this mail was forwarded to you');
    expect(page).not.toContain(ADA);
    expect(page.match(/name="action" value="leave"/g)).toHaveLength(1);
  });

  test('offers nothing to take back to somebody who comes later with the same link', async () => {
    await world.post(leavePath);
    const page = await (await world.post(leavePath, { action: 'leave' })).text();
    expect(page).not.toContain('name="undo"');
  });

  test('does not take back with a token of another time, purpose or reader', async () => {
    const page = await (await world.post(leavePath, { action: 'leave' })).text();
    const undo = /name="undo" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const forged = createToken(KEYS, { purpose: 'undo', subject: 'f'.repeat(32), nonce: '3' });
    for (const wrong of ['', leavePath.split('/').at(-1) ?? '', forged]) {
      await world.post(leavePath, { action: 'undo', undo: wrong });
      expect((await row())?.status).toBe('unsubscribed');
    }
    world.pass(3_600_000);
    await world.post(leavePath, { action: 'undo', undo });
    expect((await row())?.status).toBe('unsubscribed');
  });

  test('pauses for four weeks instead', async () => {
    await world.post(leavePath, { action: 'pause' });
    expect(await row()).toMatchObject({ status: 'paused', pausedUntil: '2026-12-21T09:00:05.000Z' });
  });
});

describe('settings', () => {
  beforeEach(becomeReader);

  test('are saved, shown again, and answered in the language chosen', async () => {
    const fields = { locale: 'fr', cadence: 'weekly', hour: '21', zone: 'Asia/Kolkata', quietDays: 'mail' };
    const page = await (await world.post(settingsPath, { action: 'save', ...fields })).text();
    expect(page).toContain('Vos préférences sont enregistrées');
    expect(page).toContain('<option value="Asia/Kolkata" selected>');
    const preferences = { locale: 'fr', cadence: 'weekly', hour: 21, zone: 'Asia/Kolkata', quietDays: 'mail' };
    expect(await row()).toMatchObject({ status: 'active', preferences });
    expect(page).toContain('name="quietDays" value="mail" checked');
    await world.post(settingsPath, { action: 'save', ...fields, quietDays: 'skip' });
    expect((await row())?.preferences).not.toHaveProperty('quietDays');
  });

  test('pause until a day and end the pause', async () => {
    await world.post(settingsPath, { action: 'save', pause: '2026-12-24' });
    expect(await row()).toMatchObject({ status: 'paused', pausedUntil: '2026-12-24T00:00:00.000Z' });
    await world.post(settingsPath, { action: 'save', pause: '' });
    expect((await row())?.status).toBe('active');
  });

  test.each(['2026-11-23', '2020-01-01', '2027-12-01', '2026-02-30', 'tomorrow'])(
    'refuse a pause until %s',
    async (pause) => {
      expect((await world.post(settingsPath, { action: 'save', pause })).status).toBe(422);
      expect((await row())?.status).toBe('active');
    },
  );

  const typed = { hour: '21', zone: 'Asia/Kolkata', quietDays: 'mail', wish: 'on', conflicts: 'sudan', breaking: 'on' };
  test.each([
    { bad: { pause: '2020-01-01' }, said: ['pause-problem', 'value="2020-01-01"', 'Choose a day from tomorrow'] },
    { bad: { email: 'ada@new' }, said: ['email-problem', 'value="ada@new"', 'Write one like name@example.org'] },
    { bad: { cadence: 'hourly' }, said: ['One of the choices is not known'] },
  ])('are all kept in the form, and none is saved, when one is wrong ($bad)', async ({ bad, said }) => {
    const before = await row();
    const { length } = world.jobs;
    const fields = { pause: '2026-12-24', email: 'ada@new.example.org', ...typed, ...bad };
    const response = await world.post(`${settingsPath}?lang=en`, { action: 'save', ...fields });
    const page = await response.text();
    expect(response.status).toBe(422);
    for (const shown of [
      'Nothing has been saved yet',
      '<option value="21" selected>',
      '<option value="Asia/Kolkata" selected>',
      'name="quietDays" value="mail" checked',
      'value="sudan" checked',
      'name="breaking" value="on" checked',
      `value="${fields.pause}"`,
      `value="${fields.email}"`,
      ...said,
    ])
      expect(page).toContain(shown);
    expect(await row()).toEqual(before);
    expect(world.jobs).toHaveLength(length);
  });

  test('move to another address by a letter to it', async () => {
    world.pass(60_000);
    await world.post(settingsPath, { action: 'save', email: 'ada@new.example.org' });
    const job = world.jobs.at(-1);
    expect(job).toMatchObject({ letter: 'confirm', subscriberId: subscriberId('ada@new.example.org', KEYS.identity) });
    expect((await row())?.status).toBe('active');
  });

  test.each([ADA, ` ${ADA.toUpperCase()} `])('move nowhere when the address is their own: %j', async (email) => {
    world.pass(60_000);
    const { length } = world.jobs;
    const page = await (await world.post(settingsPath, { action: 'save', hour: '21', email })).text();
    expect(world.jobs).toHaveLength(length);
    expect(page).toBe(await (await world.post(settingsPath, { action: 'save', hour: '21' })).text());
    expect((await row())?.preferences.hour).toBe(21);
  });

  test('move in a pause, which the new address keeps', async () => {
    world.pass(60_000);
    await world.post(settingsPath, { action: 'save', pause: '2026-12-24', email: 'ada@new.example.org' });
    const moved = subscriberId('ada@new.example.org', KEYS.identity);
    await world.post(path(world.deps.links.confirm(moved, 'n')));
    const kept = { status: 'paused', pausedUntil: '2026-12-24T00:00:00.000Z' };
    expect(await world.deps.subscribers.get(moved)).toMatchObject(kept);
    expect((await row())?.status).toBe('unsubscribed');
  });

  test('answer a move the same whether or not the new address is known', async () => {
    await signUp(world, 'eve@example.org');
    const answers = await Promise.all(
      ['eve@example.org', 'new@example.org'].map(async (email) =>
        (await world.post(settingsPath, { action: 'save', email })).text(),
      ),
    );
    expect(answers[0]).toBe(answers[1]);
  });

  test('give out everything that is stored', async () => {
    const response = await world.post(settingsPath, { action: 'export' });
    expect(response.headers.get('Content-Disposition')).toContain('attachment');
    expect(await response.json()).toMatchObject({ email: ADA, status: 'active', consent: { source: 'form' } });
  });

  test('erase, after which the link opens nothing', async () => {
    expect((await world.post(settingsPath, { action: 'erase' })).status).toBe(200);
    expect(await row()).toMatchObject({ email: '', reason: 'erased' });
    expect((await world.get(settingsPath)).status).toBe(404);
    expect((await world.post(settingsPath, { action: 'export' })).status).toBe(404);
  });
});

test('a link opens only its own door', async () => {
  await becomeReader();
  const before = JSON.stringify(await row());
  const token = (link: string) => link.split('/').at(-1);
  const wrong = [
    `/preferences/${token(leavePath)}`,
    `/unsubscribe/${token(settingsPath)}`,
    `/confirm/${token(leavePath)}`,
    `/unsubscribe/${token(confirmPath)}`,
    '/unsubscribe/t1.x',
    '/unsubscribe/%00',
    `/unsubscribe/${'a'.repeat(9_000)}`,
  ];
  for (const link of wrong) {
    expect((await world.get(link)).status, link).toBe(404);
    expect((await world.post(link)).status, link).toBe(404);
  }
  expect(JSON.stringify(await row())).toBe(before);
});
