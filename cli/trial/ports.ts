import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Listening } from '../../lib/runtime/listen.ts';

export interface Ports {
  readonly site: number;
  readonly inbox: number;
  readonly feeds: number;
}

const FIRST = 4100;
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const schema = v.pipe(v.string(), v.parseJson(), v.object({ site: port, inbox: port, feeds: port }));

/**
 * The ports to ask for: those wished for, else those of the last time, so that links in yesterday's mails work today and the
 * sample feeds stay the same feeds.
 */
export async function rememberedPorts(folder: string, wished: number | undefined): Promise<Ports> {
  if (wished !== undefined) return inARow(wished);
  const text = await readFile(fileIn(folder), 'utf8').catch(() => '');
  const { success, output } = v.safeParse(schema, text);
  return success ? output : inARow(FIRST);
}

/** Keeps the addresses of this start for the next one: mails of today link to them. */
export async function rememberPorts(folder: string, servers: Readonly<Record<keyof Ports, Listening>>): Promise<void> {
  const portOf = (name: keyof Ports) => Number(new URL(servers[name].url).port);
  const ports = { site: portOf('site'), inbox: portOf('inbox'), feeds: portOf('feeds') };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(fileIn(folder), `${JSON.stringify(ports)}\n`);
}

function inARow(first: number): Ports {
  return first === 0 ? { site: 0, inbox: 0, feeds: 0 } : { site: first, inbox: first + 1, feeds: first + 2 };
}

function fileIn(folder: string): string {
  return join(folder, 'ports.json');
}
