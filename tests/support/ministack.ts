import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const REQUIREMENTS = join(root, 'tests/e2e/requirements.txt');

/** Kept between runs; a new pin is a new folder. */
const VENV = join(root, '.dispatches/ministack-1.5.33');

/** An emulator of the AWS services that the stack uses, as a process of its own on a loopback port. */
export interface Ministack {
  readonly url: string;
  readonly port: number;
  /** For the CDK CLI and for SDK clients. */
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  stop(): Promise<void>;
}

/** Installs (once) and starts the emulator, with its state in memory. */
export async function startMinistack(folder: string, region: string): Promise<Ministack> {
  const python = await install();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'ministack.log');
  mkdirSync(folder, { recursive: true });
  // The emulator writes CommonJS scripts below this folder; without it they would count as modules of this project.
  writeFileSync(join(folder, 'package.json'), '{}');
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: region };
  const child = spawn(python, ['-m', 'ministack'], {
    // The emulator runs functions with the `node` it finds first: the one that the functions are made for.
    env: {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`,
      TMPDIR: folder,
      ...credentials,
      AWS_DEFAULT_REGION: region,
      MINISTACK_REGION: region,
      MINISTACK_HOST: 'localhost',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
    },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  await ready(`${url}/_ministack/ready`, child, logFile);
  return { url, port, logFile, env: { ...credentials, AWS_ENDPOINT_URL: url }, stop: () => stop(child) };
}

/** For SDK clients that a test makes. */
export function clientConfig({ url, env }: Ministack) {
  return {
    endpoint: url,
    region: env.AWS_REGION ?? '',
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' },
  };
}

async function install(): Promise<string> {
  const python = join(VENV, 'bin/python');
  if (existsSync(python)) return python;
  const half = `${VENV}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(dirname(VENV), { recursive: true });
  await run('python3', ['-m', 'venv', half]).catch((cause: unknown) => {
    throw new Error('The end-to-end test needs python3 with venv (3.10 or newer) for its AWS emulator.', { cause });
  });
  await run(join(half, 'bin/python'), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    REQUIREMENTS,
  ]);
  renameSync(half, VENV);
  return python;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}

async function ready(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  child.kill();
  throw new Error(`The emulator did not start; see ${logFile}.`);
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Asks again and again until there is an answer. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1000} s in vain for ${what}.`);
    await pause(250);
  }
}
