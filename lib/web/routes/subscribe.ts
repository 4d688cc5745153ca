import { createHash } from 'node:crypto';
import { InputError } from '../../errors.ts';
import { normaliseEmail } from '../../subscriptions/identity.ts';
import type { Preferences } from '../../subscriptions/model.ts';
import { subscribe } from '../../subscriptions/subscribe.ts';
import { answer, type Ctx, viewFor } from '../context.ts';
import type { SiteDeps } from '../deps.ts';
import { createFormToken, isHumanPace } from '../form-token.ts';
import { type Fields, readFields, readPreferences } from '../input.ts';
import { queueLetterbox } from '../letterbox.ts';
import { atPace } from '../pace.ts';
import { consentText, type FormState, formPage } from '../pages/home.ts';
import { messagePage } from '../pages/message.ts';
import type { View } from '../view.ts';

/**
 * POST /subscribe. One answer for every usable address, whatever we know of it, and for a robot in the trap; only what
 * is wrong with the form itself gets another.
 */
export function postSubscribe(deps: SiteDeps) {
  return async (c: Ctx) => {
    const view = viewFor(deps, c, undefined, '/');
    const fields = await readFields(c.req.raw);
    const preferences = readPreferences(fields, deps, view.locale);
    const fault = faultOf(deps, view, fields, preferences);
    if (fault || !preferences) {
      const state = { token: createFormToken(deps.keys, deps.clock()), email: fields.email ?? '' };
      const shown = preferences ?? { ...deps.digest, locale: view.locale };
      return answer(c, view, formPage(view, { ...state, preferences: shown, ...fault }), 422);
    }
    await atPace(deps, async () => {
      if (fields.website) return deps.log.info('form refused', { by: 'trap' });
      return ask(deps, c, view, { email: fields.email ?? '', preferences });
    });
    const { check } = view.texts;
    return answer(c, view, messagePage(check.title, [check.body, check.hint]));
  };
}

function faultOf(
  deps: SiteDeps,
  view: View,
  fields: Fields,
  preferences?: Preferences,
): Partial<FormState> | undefined {
  const { form } = view.texts;
  if (!isUsable(fields.email ?? '')) return { emailProblem: form.badEmail };
  if (!preferences) return { notice: form.badChoice };
  return isHumanPace(deps.keys, fields.token, deps.clock()) ? undefined : { notice: form.again };
}

function isUsable(email: string): boolean {
  try {
    return normaliseEmail(email) !== '';
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function ask(deps: SiteDeps, c: Ctx, view: View, wish: { email: string; preferences: Preferences }): Promise<void> {
  const textHash = createHash('sha256').update(consentText(view)).digest('hex');
  const address = c.env?.address;
  return subscribe(
    { ...deps, letters: queueLetterbox(deps.queue) },
    { ...wish, source: 'form', textHash, ...(address && { address }) },
  );
}
