import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the real program as a child process, in the root of the repository unless told otherwise. */
export function dispatches(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const { cwd = ROOT, env = {} } = options;
  const program = join(ROOT, 'cli/dispatches.ts');
  return new Promise((done) => {
    const settings = { cwd, env: { PATH: process.env.PATH, ...env }, timeout: 50_000 };
    execFile(process.execPath, [program, ...args], settings, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
      done({ code, out, err });
    });
  });
}
