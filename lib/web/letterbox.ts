import type { JobQueue } from '../delivery/ports.ts';
import { UnavailableError } from '../errors.ts';
import type { Letterbox } from '../subscriptions/ports.ts';

/** Letters as jobs: the web never sends mail itself. */
export function queueLetterbox(queue: JobQueue): Letterbox {
  return {
    async post(letter, subscriberId, nonce) {
      const refused = await queue.enqueue([{ kind: 'letter', letter, subscriberId, nonce }]);
      if (refused.length === 0) return;
      throw new UnavailableError('The queue did not accept a letter.', 'Try again in a quarter of an hour.');
    },
  };
}
