import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

export interface Step {
  /** Default: an empty object. */
  readonly event?: unknown;
  readonly at: Date;
}

/** What one invocation did, as Lambda would see it. */
export interface Invocation {
  readonly at: Date;
  /** The lines of its log. */
  readonly lines: readonly string[];
  readonly result?: unknown;
  /** Message of the error that it threw: AWS counts an error then. */
  readonly error?: string;
}

/** Runs in a process of its own, as Lambda runs it: the clock is the step's, the log is standard error. */
const RUNNER = `
  const steps = JSON.parse(process.env.STEPS);
  const log = process.stderr.write.bind(process.stderr);
  const real = Date;
  let shift = 0;
  globalThis.Date = class extends real {
    constructor(...parts) { super(...(parts.length ? parts : [real.now() + shift])); }
    static now() { return real.now() + shift; }
  };
  const { handler } = await import(process.env.BUNDLE);
  for (const { event, at } of steps) {
    const lines = [];
    process.stderr.write = (line) => lines.push(...line.split('\\n').filter(Boolean));
    shift = real.parse(at) - real.now();
    const end = await handler(event ?? {}, { getRemainingTimeInMillis: () => 110_000 }).then(
      (result) => ({ result }),
      (error) => ({ error: error.message }),
    );
    process.stderr.write = log;
    process.stdout.write(JSON.stringify({ at, lines, ...end }) + '\\n');
  }
  process.exit();
`;

/** Invokes a bundle once for each step, one after the other in one warm environment. */
export async function invoke(
  bundle: string,
  env: Readonly<Record<string, string>>,
  steps: readonly Step[],
): Promise<readonly Invocation[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', RUNNER], {
    env: { ...env, STEPS: JSON.stringify(steps), BUNDLE: pathToFileURL(join(bundle, 'index.mjs')).href },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, trouble] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = out.split('\n').filter(Boolean);
  if (lines.length !== steps.length) throw new Error(`The function ended early: ${trouble}`);
  return lines.map((line) => {
    const { at, ...rest } = JSON.parse(line) as Omit<Invocation, 'at'> & { at: string };
    return { ...rest, at: new Date(at) };
  });
}
