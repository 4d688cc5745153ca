import { type ArrangeInput, arrange } from '../../lib/editions/arrange.ts';
import { type GatherInput, gather, type News } from '../../lib/editions/gather.ts';
import type { Edition } from '../../lib/editions/model.ts';

export type ComposeInput = GatherInput & Omit<ArrangeInput, keyof News>;

/** Both halves of composing at once, as a slot of one language and no wishes has them. */
export function composeEdition(input: ComposeInput): Edition {
  return arrange({ ...input, ...gather(input) });
}
