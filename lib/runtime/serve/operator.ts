import { buildMime } from '../../delivery/mime.ts';
import type { MailTransport } from '../../delivery/ports.ts';
import { DispatchesError } from '../../errors.ts';
import { type LogFields, type Logger, redact } from '../../log.ts';
import { renderAlert } from '../../rendering/alert.ts';
import type { Site } from '../../rendering/site.ts';
import { HOUR, MINUTE } from '../../time.ts';
import type { Clock, Instant } from '../../types.ts';

export interface WatchDeps {
  /** Address of the person who is told. */
  readonly operator: string;
  readonly site: Site;
  readonly send: MailTransport['send'];
  readonly log: Logger;
  readonly clock: Clock;
}

export interface Watch {
  /** Writes to the log it was made with and remembers what went wrong. */
  readonly log: Logger;
  /** Mails what went wrong since the last mail, if anything did and the last mail is old enough. Does not throw. */
  tell(): Promise<void>;
}

interface Trouble {
  readonly what: string;
  readonly since: Instant;
  readonly times: number;
  /** Of the last time: why, and what to do about it. */
  readonly cause: string;
  readonly advice: string;
}

/** What lasts is told four times a day, not every minute. */
const APART = 6 * HOUR;
/** When the mail could not leave: the trouble may be the relay's. */
const AGAIN = 15 * MINUTE;
const ADVICE = [
  '`dispatches logs --level error` shows every line, `dispatches status` what waits, `dispatches doctor` what is missing.',
];

/**
 * Tells the operator of one machine what the log calls an error: one mail about all of it, no address or token in it. On
 * AWS alarms do this. A restart forgets what was told.
 */
export function watchErrors({ operator, site, send, log, clock }: WatchDeps): Watch {
  const troubles = new Map<string, Trouble>();
  let last = { at: 0, wait: 0 };
  const remember = (what: string, fields: LogFields = {}) => {
    const { since = clock().toISOString(), times = 0 } = troubles.get(what) ?? {};
    troubles.set(what, { what, since, times: times + 1, ...reasonOf(fields) });
  };
  const tell = async (): Promise<void> => {
    const now = clock();
    const since = now.getTime() - last.at;
    // Less than nothing: the clock was ahead and is set right again.
    if (troubles.size === 0 || (since >= 0 && since < last.wait)) return;
    const told = [...troubles.values()];
    const outcome = await send({ from: site.from, to: operator, raw: write(told, { operator, site, now }), tags: {} });
    const isOver = outcome.kind === 'sent' || outcome.kind === 'uncertain';
    last = { at: now.getTime(), wait: isOver ? APART : AGAIN };
    if (!isOver) return log.warn('operator not told', { reason: outcome.reason });
    for (const trouble of told) if (troubles.get(trouble.what) === trouble) troubles.delete(trouble.what);
    log.info('operator told', { of: told.map(({ what }) => what) });
  };
  return {
    log: {
      ...log,
      error(message, fields) {
        log.error(message, fields);
        remember(message, fields);
      },
    },
    tell: () => tell().catch((error: unknown) => log.warn('operator not told', { error })),
  };
}

function reasonOf({ error, reason }: LogFields): Pick<Trouble, 'cause' | 'advice'> {
  const advice = error instanceof DispatchesError ? error.advice : '';
  if (error instanceof Error) return { cause: redact(error.message), advice: redact(advice) };
  return { cause: typeof reason === 'string' ? redact(reason) : '', advice };
}

interface Frame {
  readonly operator: string;
  readonly site: Site;
  readonly now: Date;
}

function write(troubles: readonly Trouble[], { operator, site, now }: Frame): Uint8Array {
  const [first] = troubles;
  const message = renderAlert({
    site,
    title: `${first?.what ?? ''}${troubles.length > 1 ? `, and ${troubles.length - 1} more` : ''}`,
    paragraphs: troubles.map(sentence),
    advice: [...new Set(troubles.map(({ advice }) => advice).filter(Boolean)), ...ADVICE],
  });
  const mime = buildMime(message, { name: site.name, from: site.from }, now);
  // It has no slots: the links are in no part of it.
  return mime({ to: operator, links: { unsubscribeUrl: site.url, preferencesUrl: site.url } });
}

function sentence({ what, since, times, cause }: Trouble): string {
  const when = `${since.slice(0, 10)} ${since.slice(11, 16)} UTC`;
  return `${what}${cause && `: ${cause}`} (${times === 1 ? when : `${times} times since ${when}`})`;
}
