import type { SlotName, Slotted } from '../../lib/editions/message.ts';

/** Puts a reader's links into a message part. Links are ASCII and safe in HTML and text, so nothing is escaped. */
export function fill(slotted: Slotted, links: Readonly<Record<SlotName, string>>): string {
  return slotted.map((piece) => (typeof piece === 'string' ? piece : links[piece.slot])).join('');
}
