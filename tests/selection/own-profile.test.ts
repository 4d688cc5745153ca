import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../lib/config/load.ts';
import { readSettings } from '../../lib/config/settings.ts';
import { profileFrom } from '../../lib/selection/profile/from-files.ts';
import { profileVersion } from '../../lib/selection/profile.ts';
import { createSelector } from '../../lib/selection/selector.ts';
import { composeEdition } from '../editions/compose.ts';
import { item } from './items.ts';

const FLOODS = new URL('fixtures/floods', import.meta.url).pathname;
const PUBLICATION = `export default {
  publication: { id: 'water', name: 'High Water', from: 'water@example.org', contact: 'Example Street 1' },
  locales: ['en'],
  digest: { hour: 7, zone: 'UTC' },
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-profile-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A configuration with the profile of floods, changed as a test wants it. */
async function configured(lines = "profile: 'water'", files: Record<string, string> = {}): Promise<string> {
  const file = join(folder, 'dispatches.config.ts');
  await writeFile(file, `${PUBLICATION}${lines}};`);
  await cp(FLOODS, join(folder, 'water'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return file;
}

const profileOf = async (file: string) => profileFrom((await loadConfig(file)).profile);

describe('another topic is a folder of files', () => {
  test('decides with its own words, names and negatives, and knows nothing of war', async () => {
    const selector = createSelector(await profileOf(await configured()));
    const decide = (title: string) => selector.decide({ title, summary: '' });
    expect(selector.profile).toMatch(/^floods@[0-9a-f]{8}$/);
    expect(decide('Overstromingen langs de Maas: honderden evacuaties').picked).toBe(true);
    expect(decide('Danube floods two towns').reasons[0]).toMatchObject({ kind: 'concept', text: 'flooding: floods' });
    expect(decide('Council flooded with complaints about parking').picked).toBe(false);
    expect(decide('Russian missiles kill nine in Kharkiv')).toMatchObject({ picked: false, reasons: [] });
  });

  test('its exemplars move scores', async () => {
    const selector = createSelector(await profileOf(await configured()));
    const { reasons } = selector.decide({
      title: 'Dijk bezweken, evacuaties',
      summary: 'Met zandzakken; overstroming.',
    });
    expect(reasons.map(({ text }) => text)).toContain('like dyke-burst: flood, rescue, dijk*, zandza*');
  });

  test('its editions have its sections', async () => {
    const selector = createSelector(await profileOf(await configured()));
    const titles = [
      'Flood alarm raised on the Meuse near Roermond',
      'Rescue boats out as Danube floods three villages',
      'Museum archive inundated by Danube',
      'Farmers count cattle lost in Meuse flooding',
    ];
    const edition = composeEdition({
      key: { publication: 'water', cadence: 'daily', variant: 'en', dueAt: '2026-03-02T12:00:00.000Z' },
      ...{
        composedAt: '2026-03-02T12:00:00.000Z',
        sendBy: '2026-03-03T00:00:00.000Z',
        since: '2026-03-01T00:00:00.000Z',
      },
      items: titles.map((title) => item(title)),
      selector,
      ...{ previous: [], health: { total: 1, healthy: 1, silent: [] }, maxStories: 9 },
      versions: { config: 'c', code: 'c', profile: selector.profile },
    });
    expect(edition.sections.map(({ title }) => title).sort()).toEqual(['Along the Danube', 'Along the Meuse']);
  });
});

test('what is deployed decides by the same profile', async () => {
  const config = await loadConfig(await configured());
  const file = join(folder, 'settings.json');
  await writeFile(file, JSON.stringify({ config, sources: [], versions: { config: 'c', code: 'c' } }));
  const deployed = await readSettings(pathToFileURL(file));
  expect(profileVersion(profileFrom(deployed.config.profile))).toBe(profileVersion(profileFrom(config.profile)));
});

describe('the files of a profile', () => {
  test('without settings of their own they add to the built-in profile', async () => {
    const file = await configured("profile: 'more'");
    await cp(join(FLOODS, '../more'), join(folder, 'more'), { recursive: true });
    const [before, after] = [createSelector(), createSelector(await profileOf(file))];
    const invented = { title: 'Blorgvaartuig slaat in bij Charkov', summary: '' };
    expect(after.decide(invented).score).toBeGreaterThan(before.decide(invented).score);
    const known = { title: 'Russische raketaanval op Charkov', summary: '' };
    expect(after.decide(known).score).toBe(before.decide(known).score);
  });

  test('are read from the folder "profile" when the configuration names none, and may be absent', async () => {
    const file = await configured('');
    expect((await loadConfig(file)).profile).toBeUndefined();
    await cp(FLOODS, join(folder, 'profile'), { recursive: true });
    expect((await profileOf(file)).name).toBe('floods');
  });

  test.each([
    [
      'a weight in words',
      'concepts.json',
      '{"flood":{"kind":"concept","label":"f","weight":"high"}}',
      /concepts\.json is wrong at flood\.weight: .*number/,
    ],
    [
      'a kind that there is not',
      'concepts.json',
      '{"flood":{"kind":"topic","label":"f","weight":1}}',
      /concepts\.json is wrong at flood\.kind/,
    ],
    [
      'terms of no concept',
      'terms/en.json',
      '{"drought":"dry*"}',
      /terms\/en\.json speaks of "drought", which is no concept/,
    ],
    [
      'a share above 1',
      'exemplars/dyke-burst.json',
      '{"lang":"nl","concepts":{"flood":7}}',
      /exemplars\/dyke-burst\.json is wrong at concepts\.flood/,
    ],
    ['a file that is no part', 'weights.json', '{}', /weights\.json is no part of a profile/],
    ['broken JSON', 'terms/nl.json', '{"flood": ', /terms\/nl\.json is no JSON/],
    [
      'settings that it does not know',
      'profile.json',
      '{"name":"floods","treshold":0.4}',
      /profile\.json is wrong at treshold/,
    ],
  ])('say what is wrong and where: %s', async (_name, path, text, message) => {
    const file = await configured(undefined, { [`water/${path}`]: text });
    await expect(profileOf(file)).rejects.toThrow(message);
  });

  test('a named folder that is missing is a mistake of the configuration', async () => {
    await expect(loadConfig(await configured("profile: 'elsewhere'"))).rejects.toThrow(/no profile folder .*elsewhere/);
  });
});
