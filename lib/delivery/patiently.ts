import type { End } from './send-one.ts';

export interface Patience {
  /** False when too little of the invocation is left for one more send (SES time-out plus a ledger write). */
  readonly hasTime?: () => boolean;
  /** Waits, in milliseconds. When given, a send that SES found too fast is tried again after a pause, in the same job. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** `expired`: the time of the edition is over. */
export type Tried = End | { readonly kind: 'expired' };

/** Not now: no `time` is left in this invocation, or the `rate` stayed too fast. */
export interface Later {
  readonly kind: 'later';
  readonly why: 'time' | 'rate';
}

/** Seconds to wait when SES finds us too fast, each time in a row; then the rest goes back to the queue. */
const PAUSES = [1, 2, 4, 8, 15];

/** Sends as long as there is time, slower when SES asks for it: a pace that is too fast costs no delivery of the job. */
export async function patiently(
  { hasTime = () => true, pause }: Patience,
  send: () => Promise<Tried>,
): Promise<Tried | Later> {
  for (const seconds of [...PAUSES, undefined]) {
    if (!hasTime()) return { kind: 'later', why: 'time' };
    const end = await send();
    if (end.kind !== 'throttled' || end.scope !== 'rate') return end;
    if (!pause || seconds === undefined) break;
    await pause(seconds * 1000);
  }
  return { kind: 'later', why: 'rate' };
}
