import * as v from 'valibot';
import { sha256 } from '../../sha256.ts';
import { isListedZone } from '../../subscriptions/zones.ts';
import type { Ctx } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { inEvenTime } from '../even-time.ts';
import { ask, isUsable } from '../routes/subscribe.ts';
import { type Fault, problem } from './problem.ts';

const MAX_FAULTS = 10;

/** What every usable address is told, whatever we know of it. */
const ASKED =
  'If this address can be mailed, a letter with a button is on its way. Nothing happens until it is pressed.';

/**
 * POST /api/subscribers: asks for a subscription, as the form does. The same answer, at the same pace, for every usable
 * address; the network is the connection's, so that calls from one server share that server's limit.
 */
export function postSubscribers(deps: SiteDeps) {
  const schema = schemaFor(deps);
  return async (c: Ctx) => {
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) return problem(c, 415);
    const body = await readJson(c);
    if (body === undefined) return problem(c, 400);
    const { success, issues, output } = v.safeParse(schema, body);
    if (!success) return problem(c, 422, { errors: issues.slice(0, MAX_FAULTS).map(faultOf) });
    const { email, consentText, locale, cadence, hour, zone } = output;
    const preferences = { locale, cadence, hour, zone };
    await inEvenTime(deps, () =>
      ask(deps, c, { email, preferences, textHash: sha256(consentText), source: 'api', open: true }),
    );
    return c.json({ status: 'asked', detail: ASKED }, 202);
  };
}

/** The request, with the publication's appointment for what is left out. */
function schemaFor({ locales, digest }: SiteDeps) {
  const text = (max: number, says: string) =>
    v.pipe(v.string(says), v.trim(), v.nonEmpty(says), v.maxLength(max, says));
  const hour = 'Write a whole number from 0 to 23.';
  return v.strictObject(
    {
      email: v.pipe(
        text(254, 'Write an address like name@example.org.'),
        v.check(isUsable, 'Write an address like name@example.org.'),
      ),
      consentText: text(1000, 'Send the sentence that stood beside your button: at most 1000 characters.'),
      locale: v.optional(v.picklist(locales, `Write one of ${locales.join(', ')}.`), locales[0] ?? 'en'),
      cadence: v.optional(v.picklist(['daily', 'weekly'], 'Write daily or weekly.'), digest.cadence),
      hour: v.optional(v.pipe(v.number(hour), v.integer(hour), v.minValue(0, hour), v.maxValue(23, hour)), digest.hour),
      zone: v.optional(
        v.pipe(
          v.string('Write an IANA time zone like Europe/Amsterdam.'),
          v.check(
            (zone) => isListedZone(zone) || zone === digest.zone,
            'Write an IANA time zone like Europe/Amsterdam.',
          ),
        ),
        digest.zone,
      ),
    },
    ({ expected }) => SHAPE[expected] ?? 'This value is missing.',
  );
}

/** What is wrong with the body as a whole. */
const SHAPE: Readonly<Record<string, string>> = { never: 'This name is not known.', Object: 'Send an object.' };

async function readJson(c: Ctx): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function faultOf(issue: v.BaseIssue<unknown>): Fault {
  const steps = (issue.path ?? []).map(({ key }) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'));
  return { pointer: steps.map((step) => `/${step}`).join(''), detail: issue.message };
}
