import type { MailTransport } from '../../../lib/delivery/ports.ts';
import type { Stores } from '../../../lib/storage/stores.ts';

/** The ports that the code under test sees, every effect of them numbered. */
export interface Parts {
  readonly stores: Stores;
  readonly transport: MailTransport;
}

/** A plausible mistake, made at a port. The harness must notice each. */
export type Mutant = (parts: Parts) => Parts;

const withDeliveries = (parts: Parts, change: Partial<Stores['deliveries']>): Parts => ({
  ...parts,
  stores: { ...parts.stores, deliveries: { ...parts.stores.deliveries, ...change } },
});

export const MUTANTS: Readonly<Record<string, Mutant>> = {
  'claim is not written': (parts) => withDeliveries(parts, { claim: async () => true }),

  'claim is written after the send': (parts) => {
    const { deliveries } = parts.stores;
    let write = async () => true;
    return {
      ...withDeliveries(parts, {
        claim: async (...args) => {
          write = () => deliveries.claim(...args);
          return (await deliveries.get(args[0], args[1]))?.status === 'planned';
        },
        settle: async (change) => {
          await write();
          return deliveries.settle(change);
        },
      }),
    };
  },

  'the reader is not read before the send': (parts) => {
    const { subscribers } = parts.stores;
    const get: typeof subscribers.get = async (id) => {
      const row = await subscribers.get(id);
      return row && { ...row, status: 'active' };
    };
    return { ...parts, stores: { ...parts.stores, subscribers: { ...subscribers, get } } };
  },

  'the SDK tries three times': (parts) => {
    const send: MailTransport['send'] = async (mail) => {
      let outcome = await parts.transport.send(mail);
      for (let more = 2; more > 0 && outcome.kind === 'uncertain'; more -= 1)
        outcome = await parts.transport.send(mail);
      return outcome;
    };
    return { ...parts, transport: { send } };
  },

  'the audience cursor moves on when a page is read': (parts) => {
    const { subscribers } = parts.stores;
    let read = false;
    const dueReaders: typeof subscribers.dueReaders = async (...args) => {
      if (read) return { items: [] };
      read = true;
      return subscribers.dueReaders(...args);
    };
    return { ...parts, stores: { ...parts.stores, subscribers: { ...subscribers, dueReaders } } };
  },

  'a lease that ran out frees the row': (parts) =>
    withDeliveries(parts, {
      settle: (change) =>
        parts.stores.deliveries.settle(change.to === 'uncertain' ? { ...change, to: 'planned' } : change),
    }),

  'a claim takes a row that somebody else is sending': (parts) =>
    withDeliveries(parts, {
      claim: async (editionId, subscriberId, attemptId, now) => {
        await parts.stores.deliveries.settle({ editionId, subscriberId, from: ['sending'], to: 'planned', now });
        return parts.stores.deliveries.claim(editionId, subscriberId, attemptId, now);
      },
    }),

  'an edition closes as soon as its audience is frozen': (parts) => {
    const { editions } = parts.stores;
    const advance: typeof editions.advance = (id, from, _to, audience) =>
      editions.advance(id, from, 'closed', audience);
    return { ...parts, stores: { ...parts.stores, editions: { ...editions, advance } } };
  },

  'an uncertain mail counts as sent': (parts) =>
    withDeliveries(parts, {
      settle: (change) =>
        parts.stores.deliveries.settle(change.to === 'uncertain' ? { ...change, to: 'sent' } : change),
    }),

  'an uncertain mail counts as rejected': (parts) =>
    withDeliveries(parts, {
      settle: (change) =>
        parts.stores.deliveries.settle(change.to === 'uncertain' ? { ...change, to: 'rejected' } : change),
    }),
};
