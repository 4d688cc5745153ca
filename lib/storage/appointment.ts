import type { Subscriber } from '../subscriptions/model.ts';

/** Whether a reader is found through the appointment: a pause may end without a write, so paused readers are too. */
export function hasAppointment({ status }: Subscriber): boolean {
  return status === 'active' || status === 'paused';
}
