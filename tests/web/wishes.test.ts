import { beforeEach, describe, expect, test } from 'vitest';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { LOCALES } from '../../lib/types.ts';
import { createWorld, KEYS, signUp, type World } from './world.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, KEYS.identity);

let world: World;
let path: string;

beforeEach(async () => {
  world = createWorld();
  await signUp(world, ADA);
  await world.post(new URL(world.deps.links.confirm(ID, 'n')).pathname);
  path = new URL(world.deps.links.preferences(ID)).pathname;
});

/** Posts a form in which a name may stand several times, as boxes do. */
async function save(...fields: readonly (readonly [name: string, value: string])[]) {
  const body = new URLSearchParams([['action', 'save'], ['wish', 'on'], ...fields].map(([a = '', b = '']) => [a, b]));
  return world.site.fetch(new Request(`${world.url}${path}?lang=en`, { method: 'POST', body }));
}
const preferences = async () => (await world.deps.subscribers.get(ID))?.preferences;

describe('what a reader wants to read', () => {
  test('is saved, shown again, and ended by ticking nothing', async () => {
    const response = await save(
      ['languages', 'uk'],
      ['languages', 'en'],
      ['conflicts', 'sudan'],
      ['conflicts', 'other'],
      ['maxStories', '5'],
      ['textOnly', 'on'],
      ['breaking', 'on'],
    );
    expect(await preferences()).toMatchObject({
      filter: { languages: ['en', 'uk'], conflicts: ['other', 'sudan'], maxStories: 5 },
      textOnly: true,
      breaking: true,
      cadence: 'daily',
    });
    const page = await response.text();
    for (const shown of [
      'value="uk" checked>Ukrainian',
      'value="sudan" checked',
      'value="other" checked>Everything else',
      '<option value="5" selected>',
      'name="textOnly" value="on" checked',
      'name="breaking" value="on" checked',
    ])
      expect(page).toContain(shown);
    await save();
    for (const name of ['filter', 'textOnly', 'breaking']) expect(await preferences()).not.toHaveProperty(name);
  });

  test('may name every conflict of a publication that has many', async () => {
    const ids = Array.from({ length: 60 }, (_, n) => `war-number-${n}`);
    const conflicts = ids.map((id) => ({ id, countries: {}, signs: {}, terms: '', title: {} }));
    const { deps } = world;
    world = createWorld({ ...deps, wishes: { ...deps.wishes, languages: ['en'], conflicts } });
    await save(...ids.map((id) => ['conflicts', id] as const));
    expect((await preferences())?.filter?.conflicts).toHaveLength(60);
  });

  test('stays as it is when a form or a pause says nothing about it', async () => {
    await save(['languages', 'en'], ['textOnly', 'on'], ['breaking', 'on']);
    await world.post(path, { action: 'save', hour: '9' });
    await world.post(new URL(world.deps.links.unsubscribe(ID)).pathname, { action: 'pause' });
    const wish = { filter: { languages: ['en'] }, textOnly: true, breaking: true, hour: 9 };
    expect(await preferences()).toMatchObject(wish);
  });

  test('cannot be anything that is not on offer', async () => {
    await save(['languages', 'xx'], ['languages', 'en,"><b>'], ['conflicts', 'atlantis'], ['maxStories', '99']);
    expect(await preferences()).toMatchObject({ filter: { languages: ['en'] } });
    expect((await preferences())?.filter).not.toHaveProperty('maxStories');
  });

  test('has no alerts in it where the publication sends none', async () => {
    const quiet = createWorld({ ...world.deps, wishes: { languages: [] } });
    const body = new URLSearchParams({ action: 'save', wish: 'on', breaking: 'on' });
    const page = await (await quiet.site.fetch(new Request(quiet.url + path, { method: 'POST', body }))).text();
    expect(page).not.toContain('name="breaking"');
    expect(page).not.toContain('name="languages"');
    expect(await preferences()).not.toHaveProperty('breaking');
  });

  test('is in what a reader can download', async () => {
    await save(['conflicts', 'sudan']);
    const data = await (await world.post(path, { action: 'export' })).json();
    expect(data).toMatchObject({ preferences: { filter: { conflicts: ['sudan'] } } });
  });

  test.each(LOCALES)('is asked in %s, with conflicts and languages by their names there', async (locale) => {
    const page = await (await world.get(`${path}?lang=${locale}`)).text();
    const english = await (await world.get(`${path}?lang=en`)).text();
    expect(page).toContain('name="conflicts" value="ukraine"');
    expect(page).not.toContain('undefined');
    if (locale !== 'en') expect(english).not.toContain(/name="languages" value="uk">([^<]+)/.exec(page)?.[0]);
  });
});
