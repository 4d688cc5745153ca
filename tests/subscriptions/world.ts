import { createLogger } from '../../lib/log.ts';
import { openSqlite } from '../../lib/storage/sqlite/index.ts';
import { type Keys, subscriberId } from '../../lib/subscriptions/identity.ts';
import type { Preferences } from '../../lib/subscriptions/model.ts';
import type { SubscribeDeps, SubscribeInput } from '../../lib/subscriptions/subscribe.ts';
import { subscribe } from '../../lib/subscriptions/subscribe.ts';

export const KEYS: Keys = {
  current: 'current-signing-key-of-the-tests',
  previous: [],
  identity: 'identity-key-of-the-tests',
};

export const PREFERENCES: Preferences = { locale: 'nl', cadence: 'daily', zone: 'Europe/Amsterdam', hour: 7 };

export interface Posted {
  readonly letter: string;
  readonly id: string;
  readonly nonce: string;
}

/** The use cases on SQLite in memory, with a clock that stands still until told and letters that pile up. */
export function createWorld() {
  const stores = openSqlite(':memory:');
  const time = { now: new Date('2026-11-23T09:00:00.000Z') };
  const posted: Posted[] = [];
  const lines: string[] = [];
  const deps: SubscribeDeps = {
    ...stores,
    keys: KEYS,
    clock: () => time.now,
    log: createLogger((line) => lines.push(line)),
    letters: {
      async post(letter, id, nonce) {
        posted.push({ letter, id, nonce });
      },
    },
  };
  return {
    deps,
    posted,
    lines,
    pass(ms: number) {
      time.now = new Date(time.now.getTime() + ms);
    },
    ask: (email: string, more: Partial<SubscribeInput> = {}) =>
      subscribe(deps, { email, preferences: PREFERENCES, source: 'form', textHash: 'abc', ...more }),
    row: (email: string) => deps.subscribers.get(idOf(email)),
  };
}

export function idOf(email: string): string {
  return subscriberId(email, KEYS.identity);
}
