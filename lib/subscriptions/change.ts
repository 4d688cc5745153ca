import { UnavailableError } from '../errors.ts';
import type { Clock } from '../types.ts';
import type { Subscriber } from './model.ts';
import type { SubscriberStore } from './ports.ts';

export interface ChangeDeps {
  readonly subscribers: SubscriberStore;
  readonly clock: Clock;
}

/** A row as a use case wants it; version and time of change are filled in by `change`. */
export type Draft = Omit<Subscriber, 'version' | 'updatedAt'>;

export interface Changed {
  readonly before: Subscriber | undefined;
  /** The row now; the same as `before` when nothing had to change. */
  readonly after: Subscriber | undefined;
}

const TRIES = 50;

/**
 * Reads a row, lets `decide` say what it should become (undefined: leave it) and writes that, unless another write came
 * between: then it decides again on what is there now. Every change of a reader goes through here, so none gets lost.
 * @throws UnavailableError when other writers win too often in a row
 */
export async function change(
  deps: ChangeDeps,
  id: string,
  decide: (current: Subscriber | undefined, now: string) => Draft | undefined,
): Promise<Changed> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const before = await deps.subscribers.get(id);
    const now = deps.clock().toISOString();
    const draft = decide(before, now);
    if (!draft) return { before, after: before };
    const expected = before?.version ?? 0;
    const after = { ...draft, updatedAt: now, version: expected + 1 };
    if (await deps.subscribers.put(after, expected)) return { before, after };
  }
  throw new UnavailableError('A reader could not be changed: too many writes at once.', 'Try again in a moment.');
}
