import type { MailTransport } from '../../delivery/ports.ts';
import type { Outbox } from './outbox.ts';

/** Puts mail into an outbox folder without any service between. */
export function outboxTransport(outbox: Outbox): MailTransport {
  return {
    async send({ from, to, tags, raw }) {
      try {
        const { id } = await outbox.add({ from, to: [to], tags }, raw);
        return { kind: 'sent', messageId: id };
      } catch (error) {
        return { kind: 'stopped', reason: `The outbox cannot be written: ${String(error)}` };
      }
    },
  };
}
