import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../lib/config/load.ts';
import { parseConfig } from '../../lib/config/parse.ts';
import { ConfigError } from '../../lib/errors.ts';

const good = {
  publication: { id: 'war', name: 'Dispatches', from: 'digest@example.org', contact: 'The editors' },
  locales: ['nl', 'en'],
  digest: { hour: 7, zone: 'Europe/Amsterdam' },
};

describe('parseConfig', () => {
  test('fills in what was left out', () => {
    const config = parseConfig(good);
    expect(config).toMatchObject({
      feeds: 'feeds.opml',
      digest: { cadence: 'daily' },
      edition: { maxStories: 20, lookbackHours: 36, sendWithinHours: 12 },
      collect: { everyMinutes: 15, allowLoopback: false, fetch: {}, pace: {} },
      stages: {},
    });
  });

  test('names every wrong setting by its path, all at once', () => {
    const wrong = { ...good, digest: { hour: 25, zone: 'Europe/Atlantis' }, locales: ['xx'], digets: 1 };
    expect(() => parseConfig(wrong)).toThrow(ConfigError);
    expect(() => parseConfig(wrong)).toThrow('"Europe/Atlantis" is not an IANA time zone');
    for (const path of ['digest.hour', 'digest.zone', 'locales.0', 'digets']) {
      expect(() => parseConfig(wrong)).toThrow(path);
    }
  });

  test('refuses a publication id that could not travel in an edition id', () => {
    expect(() => parseConfig({ ...good, publication: { ...good.publication, id: 'My News!' } })).toThrow(
      'publication.id',
    );
  });
});

describe('the address of the site', () => {
  const withSite = (siteUrl: string) => ({ ...good, stages: { prod: { region: 'eu-central-1', siteUrl } } });

  test('is an https origin', () => {
    expect(parseConfig(withSite('https://news.example.org')).stages.prod?.siteUrl).toBe('https://news.example.org');
  });

  test.each([
    'https://x.example/news',
    'https://x.example/',
    'http://x.example',
    'javascript:alert(1)',
    'https://b\u00fccher.example',
  ])('is not %s, which would break the links in mails', (siteUrl) =>
    expect(() => parseConfig(withSite(siteUrl))).toThrow('stages.prod.siteUrl: write only scheme and host'),
  );
});

describe('loadConfig', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  async function fileWith(text: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'dispatches-config-'));
    folders.push(folder);
    const file = join(folder, 'dispatches.config.ts');
    await writeFile(file, text);
    return file;
  }

  test('reads a TypeScript configuration file', async () => {
    const file = await fileWith(`const hour: number = 6; export default ${JSON.stringify(good)};`);
    expect((await loadConfig(file)).publication.id).toBe('war');
  });

  test('says where it looked when there is none', async () => {
    await expect(loadConfig('/nowhere/dispatches.config.ts')).rejects.toThrow(
      'There is no configuration file /nowhere/dispatches.config.ts.',
    );
  });

  test('says why a broken file does not load', async () => {
    const file = await fileWith('export default {');
    await expect(loadConfig(file)).rejects.toThrow(/cannot be loaded/);
  });
});
