import * as v from 'valibot';
import { InputError } from '../../errors.ts';
import type { Instant } from '../../types.ts';

const tick = v.object({
  at: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
});

/**
 * The time that a scheduled invocation was due: `{"at": ISO 8601}`.
 * @throws InputError when the event has none; "now" would make two editions of one tick and its retry
 */
export function tickTime(event: unknown): Instant {
  const { success, output } = v.safeParse(tick, event);
  if (success) return new Date(output.at).toISOString();
  throw new InputError('The invocation does not say which time it is for.', 'Send {"at": "2026-01-31T06:00:00Z"}.');
}
