/** The parts of a message that differ per reader. Everything else is rendered once per edition. */
export type SlotName = 'unsubscribeUrl' | 'preferencesUrl';

/**
 * Text with holes: string pieces and named slots, in order. Slots hold URLs that consist of ASCII characters safe in
 * HTML attributes and plain text, so that filling needs no escaping.
 */
export type Slotted = readonly (string | { readonly slot: SlotName })[];

/** A rendered message: one per edition and variant (or per transactional mail). */
export interface Message {
  /** One line, plain text, not encoded. */
  readonly subject: string;
  readonly preheader: string;
  readonly lang: string;
  readonly html: Slotted;
  readonly text: Slotted;
}
