import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberedPorts, rememberPorts } from '../../cli/trial/ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dispatches-ports-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (port: number) => ({ url: `http://127.0.0.1:${port}`, close: async () => undefined });

test('the sample asks for the ports it had last, whatever they were, so that its feeds and links stay', async () => {
  expect(await rememberedPorts(folder, undefined)).toEqual({ site: 4100, inbox: 4101, feeds: 4102 });
  await rememberPorts(folder, { site: at(5001), inbox: at(4101), feeds: at(5999) });
  expect(await rememberedPorts(folder, undefined)).toEqual({ site: 5001, inbox: 4101, feeds: 5999 });
  expect(await rememberedPorts(folder, 6000)).toEqual({ site: 6000, inbox: 6001, feeds: 6002 });
  expect(await rememberedPorts(folder, 0)).toEqual({ site: 0, inbox: 0, feeds: 0 });
});

test('what is no list of ports is forgotten', async () => {
  await writeFile(join(folder, 'ports.json'), '{"site":"x"}');
  expect(await rememberedPorts(folder, undefined)).toEqual({ site: 4100, inbox: 4101, feeds: 4102 });
});
