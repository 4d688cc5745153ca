import type { DeliveryStore, SendingStore } from '../delivery/ports.ts';
import type { EditionStore } from '../editions/ports.ts';
import type { FeedStore } from '../feeds/ports.ts';
import type { LimitStore, SubscriberStore } from '../subscriptions/ports.ts';

/** Everything that is kept, whichever database keeps it. */
export interface Stores {
  readonly feeds: FeedStore;
  readonly editions: EditionStore;
  readonly deliveries: DeliveryStore;
  readonly sending: SendingStore;
  readonly subscribers: SubscriberStore;
  readonly limits: LimitStore;
}
