import type { Config } from '../lib/config/schema.ts';
import type { Local } from '../lib/runtime/local.ts';
import { normaliseEmail, subscriberId } from '../lib/subscriptions/identity.ts';
import type { Subscriber } from '../lib/subscriptions/model.ts';
import type { Locale } from '../lib/types.ts';

/**
 * Makes sure that `email` is a confirmed reader with the default appointment; whoever is known already stays as they
 * are, also when they left.
 */
export async function ensureReader(
  local: Pick<Local, 'stores' | 'keys'>,
  { digest }: Config,
  reader: { readonly email: string; readonly locale: Locale; readonly now: Date },
): Promise<Subscriber> {
  const id = subscriberId(reader.email, local.keys.identity);
  const known = await local.stores.subscribers.get(id);
  if (known) return known;
  const now = reader.now.toISOString();
  const subscriber: Subscriber = {
    id,
    email: normaliseEmail(reader.email),
    status: 'active',
    preferences: { locale: reader.locale, ...digest },
    consent: { requestedAt: now, confirmedAt: now, source: 'cli', textHash: '' },
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  await local.stores.subscribers.put(subscriber, 0);
  return subscriber;
}
