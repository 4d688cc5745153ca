import { escapeHtml, href } from './escape.ts';
import type { Fill, Node, Template } from './template.ts';

/** Slots, loops and conditions: what is a statement of its own. */
type Block = Exclude<Node, string | readonly ['text' | 'link', ...unknown[]]>;

/**
 * A parsed template as the source of a TypeScript function that fills it. The function escapes values by where they
 * stand, cuts the HTML at reader slots, and holds nothing but literals and names of the template's shape.
 */
export function sourceOfFill(name: string, template: Template): string {
  return `// Made by \`npm run templates\` from ../${name}.mjml: do not edit.
import type { Slotted } from '../../lib/editions/message.ts';
import { escapeHtml, href } from '../../lib/rendering/escape.ts';
import type { SHAPES, ViewOf } from '../../lib/rendering/shapes.ts';

export function ${name}(v0: ViewOf<(typeof SHAPES)['${name}']>): Slotted {
  const pieces: Slotted[number][] = [];
${bodyOf(template)}
}
`;
}

/** A parsed template as a function at once, for tools that compile while they run: previews, tests and benches. */
export function fillOf<V>(template: Template): Fill<V> {
  const make = new Function('escapeHtml', 'href', `return (v0) => {\nconst pieces = [];\n${bodyOf(template)}\n};`);
  return make(escapeHtml, href) as Fill<V>;
}

const bodyOf = (template: Template): string => `  let html = '';
${statements(template, 1, '  ')}
  pieces.push(html);
  return pieces;`;

/** @param loop the depth that a loop in here gets; its entry is `v<depth>` */
function statements(template: Template, loop: number, indent: string): string {
  const lines: string[] = [];
  let joined: string[] = [];
  const flush = () => {
    if (joined.length > 0) lines.push(`${indent}html += ${joined.join(' + ')};`);
    joined = [];
  };
  for (const node of template) {
    if (isBlock(node)) {
      flush();
      lines.push(statement(node, loop, indent));
    } else joined.push(expression(node));
  }
  flush();
  return lines.join('\n');
}

const isBlock = (node: Node): node is Block => typeof node !== 'string' && node[0] !== 'text' && node[0] !== 'link';

function expression(node: Exclude<Node, Block>): string {
  if (typeof node === 'string') return JSON.stringify(node);
  return `${node[0] === 'text' ? 'escapeHtml' : 'href'}(v${node[1]}.${node[2]})`;
}

function statement(node: Block, loop: number, indent: string): string {
  const block = (inner: Template, depth: number) => `{\n${statements(inner, depth, `${indent}  `)}\n${indent}}`;
  if (node[0] === 'slot') return `${indent}pieces.push(html, { slot: '${node[1]}' });\n${indent}html = '';`;
  if (node[0] === 'each') return `${indent}for (const v${loop} of v${node[1]}.${node[2]}) ${block(node[3], loop + 1)}`;
  const [, depth, name, absence, present, absent] = node;
  const test = `v${depth}.${name}${absence === 'list' ? '.length > 0' : ''}`;
  return `${indent}if (${test}) ${block(present, loop)}${absent.length > 0 ? ` else ${block(absent, loop)}` : ''}`;
}
