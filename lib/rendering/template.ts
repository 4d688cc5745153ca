import type { SlotName, Slotted } from '../editions/message.ts';
import { escapeHtml, safeLink } from './escape.ts';

/** Where a value stands: how many loops out from the view (0: the view itself), and its name there. */
type At = readonly [depth: number, name: string];

/**
 * A compiled template: literal HTML and the places to fill, each with the meaning its surroundings give it (see
 * docs/templates.md). Made by `npm run templates`; data never passes through the compiler, so it cannot become markup, a
 * component or a place of its own.
 */
export type Node =
  | string
  | readonly ['text', ...At]
  | readonly ['link', ...At]
  | readonly ['slot', SlotName]
  | readonly ['each', ...At, Template]
  | readonly ['if', ...At, Template, Template];

export type Template = readonly Node[];

/** What a template is filled with: strings, flags and lists of the same. */
export type View = { readonly [name: string]: string | boolean | null | readonly View[] };

interface Output {
  text: string;
  readonly pieces: (string | { readonly slot: SlotName })[];
}

/** Fills a template. Values are escaped by where they stand; a link that is not http(s) or mailto becomes empty. */
export function bind(template: Template, view: View): Slotted {
  const output: Output = { text: '', pieces: [] };
  write(template, [view], output);
  output.pieces.push(output.text);
  return output.pieces;
}

/** The same for a template without slots. */
export function bindText(template: Template, view: View): string {
  return bind(template, view)
    .filter((piece) => typeof piece === 'string')
    .join('');
}

/** `scopes` is a stack: the view, then an entry for each loop around. */
function write(template: Template, scopes: View[], output: Output): void {
  for (const node of template) {
    if (typeof node === 'string') output.text += node;
    else if (node[0] === 'slot') cut(output, node[1]);
    else fillPlace(node, scopes, output);
  }
}

function cut(output: Output, slot: SlotName): void {
  output.pieces.push(output.text, { slot });
  output.text = '';
}

function fillPlace(node: Exclude<Node, string | readonly ['slot', SlotName]>, scopes: View[], output: Output): void {
  const value = scopes[node[1]]?.[node[2]];
  if (node[0] === 'text') output.text += escapeHtml(String(value ?? ''));
  else if (node[0] === 'link') output.text += escapeHtml(safeLink(String(value ?? '')));
  else if (node[0] === 'if') write(isPresent(value) ? node[3] : node[4], scopes, output);
  else if (Array.isArray(value)) repeat(node[3], value, scopes, output);
}

function repeat(template: Template, entries: readonly View[], scopes: View[], output: Output): void {
  for (const entry of entries) {
    scopes.push(entry);
    write(template, scopes, output);
    scopes.pop();
  }
}

/** Empty text, an empty list and an unusable link count as absent. */
function isPresent(value: View[string] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
