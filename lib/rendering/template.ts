import type { SlotName, Slotted } from '../editions/message.ts';

/** Where a value stands: how many loops out from the view (0: the view itself), and its name there. */
type At = readonly [depth: number, name: string];

/**
 * A parsed template: literal HTML and the places to fill, each with the meaning its surroundings give it (see
 * docs/templates.md). A condition says how its value can be absent: an empty list, or an empty text, link or flag.
 */
export type Node =
  | string
  | readonly ['text', ...At]
  | readonly ['link', ...At]
  | readonly ['slot', SlotName]
  | readonly ['each', ...At, Template]
  | readonly ['if', ...At, 'list' | 'value', Template, Template];

export type Template = readonly Node[];

/** A template made into a function: `npm run templates` writes them to templates/compiled/. */
export type Fill<V> = (view: V) => Slotted;
