import { InputError } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import { normaliseEmail } from '../../subscriptions/identity.ts';
import { type SubscribeInput, subscribe } from '../../subscriptions/subscribe.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { inEvenTime } from '../even-time.ts';
import { createFormToken, isHumanPace } from '../form-token.ts';
import { type Fields, readFields, readPreferences } from '../input.ts';
import { queueLetterbox } from '../letterbox.ts';
import { consentText, type FormState, formPage } from '../pages/home.ts';
import { messagePage } from '../pages/message.ts';
import type { View } from '../view.ts';

/** Our own form is signed and says when it was shown; a form on another site (`embed`) cannot, and has stricter limits. */
type Door = 'form' | 'embed';

/**
 * POST /subscribe and POST /embed. One answer for every usable address, whatever we know of it, and for a robot in the
 * trap; only what is wrong with the form itself gets another: our own form, filled in, to be sent once more.
 */
export function postSubscribe(deps: SiteDeps, door: Door) {
  return async (c: Ctx) => {
    const view = viewFor(deps, c, undefined, '/');
    const fields = await readFields(c.req.raw);
    const { preferences, known } = readPreferences(fields, deps, view.locale);
    const fault = faultOf(deps, view, fields, { known, door });
    if (fault) {
      const state = { token: createFormToken(deps.keys, deps.clock()), email: fields.email ?? '' };
      return answer(c, view, formPage(view, { ...state, preferences, ...fault }), 422);
    }
    const textHash = sha256(consentText(view));
    const wish = { email: fields.email ?? '', preferences, textHash, source: door, open: door === 'embed' };
    await inEvenTime(deps, async () => {
      if (fields.website) return deps.log.info('form refused', { by: 'trap' });
      return ask(deps, c, wish);
    });
    const { check } = view.texts;
    return answer(c, view, messagePage(check.title, [check.body, check.hint]));
  };
}

interface Given {
  readonly known: boolean;
  readonly door: Door;
}

function faultOf(deps: SiteDeps, view: View, fields: Fields, given: Given): Partial<FormState> | undefined {
  const { form } = view.texts;
  if (!isUsable(fields.email ?? '')) return { emailProblem: form.badEmail };
  if (!given.known) return { notice: form.badChoice };
  const paced = given.door === 'embed' || isHumanPace(deps.keys, fields.token, deps.clock());
  return paced ? undefined : { notice: form.again };
}

/** Whether mail can be sent to what was typed. */
export function isUsable(email: string): boolean {
  try {
    return normaliseEmail(email) !== '';
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** Asks for a subscription; the network is that of the connection. */
export function ask(deps: SiteDeps, c: Ctx, wish: Omit<SubscribeInput, 'address'>): Promise<void> {
  const address = c.env?.address;
  return subscribe({ ...deps, letters: queueLetterbox(deps.queue) }, { ...wish, ...(address && { address }) });
}
