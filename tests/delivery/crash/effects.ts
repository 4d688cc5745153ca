/** How one effect can go wrong. `done` says whether it took effect all the same. */
export const MODES = [
  'crash before',
  'crash after',
  'crash, lands late',
  'throttled',
  'error, not done',
  'error, done',
  'time-out, done',
] as const;
export type Mode = (typeof MODES)[number];

export interface Fault {
  /** Number of the effect, from 0. */
  readonly at: number;
  readonly mode: Mode;
}

/** The process is gone: nothing after it happens, no `finally` either. */
class Crash extends Error {}

/** What a port says when an effect fails without a crash, if it has its own way to say it. */
export interface Answers<R> {
  readonly throttled?: () => R;
  readonly unclear?: () => R;
}

/** Numbers every effect and makes those go wrong that the faults name. */
export function createTrace(
  faults: readonly Fault[],
  hooks: { before: (effect: number) => Promise<void>; slow: () => void },
) {
  const names: string[] = [];
  const late: (() => Promise<unknown>)[] = [];
  let dead = false;
  let running = false;

  async function effect<R>(name: string, run: () => Promise<R>, answers: Answers<R> = {}): Promise<R> {
    if (dead) throw new Crash();
    const number = names.push(name) - 1;
    await hooks.before(number);
    const fault = faults.find(({ at }) => at === number);
    return fault ? breakIt(fault.mode, run, answers) : run();
  }

  async function breakIt<R>(mode: Mode, run: () => Promise<R>, answers: Answers<R>): Promise<R> {
    if (mode === 'crash, lands late') late.push(run);
    if (mode === 'crash after' || mode === 'error, done' || mode === 'time-out, done') await run();
    if (mode === 'time-out, done') hooks.slow();
    if (mode.startsWith('crash')) {
      dead = true;
      throw new Crash();
    }
    const answer = mode === 'throttled' ? answers.throttled : answers.unclear;
    if (!answer) throw new Error(`${mode}, by plan`);
    return answer();
  }

  /** Runs one invocation. What a dead one had under way lands when the next is over. */
  async function invoke<R>(run: () => Promise<R>): Promise<R | undefined> {
    const landing = late.splice(0);
    running = true;
    try {
      return await run();
    } catch {
      return undefined;
    } finally {
      [dead, running] = [false, false];
      for (const land of landing) await land().catch(() => undefined);
    }
  }

  /** An effect when it is part of an invocation; else somebody looks on. */
  const within: Around = (name, run) => (running ? effect(name, run) : run());

  return { names, effect, within, invoke };
}

/** Does `run`, or lets it go wrong. */
export type Around = <R>(name: string, run: () => Promise<R>) => Promise<R>;

export type Trace = ReturnType<typeof createTrace>;

/** The port with every call numbered. `answers` names the methods that report trouble by what they return. */
export function traced<T extends object>(
  trace: Trace,
  name: string,
  port: T,
  answers: { readonly [method: string]: (...args: readonly unknown[]) => Answers<unknown> } = {},
): T {
  return new Proxy(port, {
    get(target, method, receiver) {
      const value: unknown = Reflect.get(target, method, receiver);
      if (typeof value !== 'function' || typeof method !== 'string') return value;
      return (...args: unknown[]) =>
        trace.effect(`${name}.${method}`, async () => value.apply(target, args), answers[method]?.(...args));
    },
  });
}
