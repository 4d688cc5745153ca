import * as v from 'valibot';
import type { PublishResult } from '../../delivery/publish.ts';
import { InputError } from '../../errors.ts';
import type { Instant } from '../../types.ts';
import type { AwsRuntime } from '../aws.ts';

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

type Publishing = Pick<AwsRuntime<'publish'>, 'config' | 'log'> & {
  readonly app: Pick<AwsRuntime<'publish'>['app'], 'publish' | 'sweep'>;
};

/**
 * Makes the editions that were due at `at`, then picks up what an earlier run left lying. Gives what was published, for
 * whoever started it by hand.
 * @throws what stopped the publishing, after the sweep: the alarm and the retry must see it
 */
export async function publishTick({ app, config, log }: Publishing, at: Instant): Promise<PublishResult> {
  const result = await publishAndSweep({ app, config, log }, at);
  // The sign of life that an alarm misses: only a run that ended well writes it.
  log.info('published', { editions: result.editions.length });
  return result;
}

async function publishAndSweep({ app, config, log }: Publishing, at: Instant): Promise<PublishResult> {
  try {
    const published = await app.publish({ at, withinHours: config.edition.sendWithinHours });
    for (const edition of published.editions) log.info('edition', { ...edition });
    return published;
  } finally {
    log.info('swept', { ...(await app.sweep()) });
  }
}
