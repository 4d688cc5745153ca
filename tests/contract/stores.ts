import { deliveryStoreContract } from './delivery-store.ts';
import { editionStoreContract } from './edition-store.ts';
import { feedStoreContract } from './feed-store.ts';
import { limitStoreContract } from './limit-store.ts';
import type { Open } from './samples.ts';
import { sendingStoreContract } from './sending-store.ts';
import { subscriberStoreContract } from './subscriber-store.ts';

/** The definition of the stores: an adapter is one when it passes. */
export function storesContract(open: Open): void {
  feedStoreContract(open);
  editionStoreContract(open);
  deliveryStoreContract(open);
  subscriberStoreContract(open);
  limitStoreContract(open);
  sendingStoreContract(open);
}
