import type { SlotName } from '../editions/message.ts';
import type { Shape } from './shapes.ts';
import type { Node, Template } from './template.ts';

/** A tag that a template may not carry, or not there. */
export class TemplateError extends Error {
  override name = 'TemplateError' as const;
  readonly tag: string;
  readonly advice: string;

  constructor(tag: string, problem: string, advice: string) {
    super(`${tag} ${problem}.`);
    this.tag = tag;
    this.advice = advice;
  }
}

const SLOTS: readonly SlotName[] = ['unsubscribeUrl', 'preferencesUrl'];
const TAG = /(\{\{[^{}]*\}\})/;

interface Scope {
  readonly name: string;
  readonly shape: Shape;
}

interface Open {
  readonly tag: string;
  readonly nodes: Node[];
  readonly scopes: readonly Scope[];
  readonly close: (nodes: Template, otherwise: Template) => Node;
  otherwise?: Node[];
}

/**
 * HTML with {{tags}} to a template. Every tag is checked against the shape (names, kinds, nesting) and against its
 * surroundings: `link` values fill a whole href, `text` stands in text and in quoted attributes that are neither links,
 * styles nor handlers, and nothing stands in comments, styles or between attributes. Throws TemplateError.
 */
export function parseTemplate(html: string, shape: Shape): Template {
  const stack: Open[] = [{ tag: '', nodes: [], scopes: [{ name: '', shape }], close: () => '' }];
  let before = '';
  for (const part of html.split(TAG)) {
    const open = stack.at(-1) as Open;
    if (TAG.test(part)) step(part, placeIn(before), stack);
    else if (part) (open.otherwise ?? open.nodes).push(part);
    before += part;
  }
  const left = stack.at(-1) as Open;
  if (stack.length > 1) throw new TemplateError(left.tag, 'is never closed', 'Close it with {{/each}} or {{/if}}.');
  return left.nodes;
}

function step(tag: string, place: Place, stack: Open[]): void {
  const open = stack.at(-1) as Open;
  const words = tag.slice(2, -2).trim().split(/\s+/);
  const [word = '', name = ''] = words;
  const target = open.otherwise ?? open.nodes;
  if (/^[#/]|^else$/.test(word) && place !== 'text')
    throw new TemplateError(tag, 'stands inside a tag', 'Loops and conditions belong between elements.');
  if (word === '#each') stack.push(openEach(tag, words, open.scopes));
  else if (word === '#if') stack.push(openIf(tag, name, open.scopes));
  else if (word === 'else') startElse(tag, open);
  else if (word === '/each' || word === '/if') closeBlock(tag, word, stack);
  else if (word === 'slot') target.push(slot(tag, name, place));
  else target.push(value(tag, word, place, open.scopes));
}

function openEach(tag: string, [, list = '', as, name = '']: readonly string[], scopes: readonly Scope[]): Open {
  const { depth, key, kind } = resolve(tag, list, scopes);
  if (typeof kind === 'string' || as !== 'as' || !/^[a-z]+$/.test(name))
    throw new TemplateError(tag, 'is no loop', 'Write {{#each list as item}}, where list is a list.');
  return {
    tag,
    nodes: [],
    scopes: [...scopes, { name, shape: kind[0] }],
    close: (nodes) => ['each', depth, key, nodes],
  };
}

function openIf(tag: string, path: string, scopes: readonly Scope[]): Open {
  const { depth, key, kind } = resolve(tag, path, scopes);
  const absence = typeof kind === 'string' ? 'value' : 'list';
  return { tag, nodes: [], scopes, close: (nodes, otherwise) => ['if', depth, key, absence, nodes, otherwise] };
}

function startElse(tag: string, open: Open): void {
  if (!open.tag.startsWith('{{#if') || open.otherwise) throw new TemplateError(tag, 'has no {{#if}}', 'Remove it.');
  open.otherwise = [];
}

function closeBlock(tag: string, word: string, stack: Open[]): void {
  const open = stack.pop() as Open;
  if (!open.tag.startsWith(`{{#${word.slice(1)}`)) throw new TemplateError(tag, `closes nothing`, 'Check the nesting.');
  const parent = stack.at(-1) as Open;
  (parent.otherwise ?? parent.nodes).push(open.close(open.nodes, open.otherwise ?? []));
}

function slot(tag: string, name: string, place: Place): Node {
  const known = SLOTS.find((entry) => entry === name);
  if (!known) throw new TemplateError(tag, 'is an unknown slot', `Known are: ${SLOTS.join(', ')}.`);
  if (place !== 'link' && place !== 'text')
    throw new TemplateError(tag, 'stands in the wrong place', 'Put it in an href.');
  return ['slot', known];
}

function value(tag: string, path: string, place: Place, scopes: readonly Scope[]): Node {
  const { depth, key, kind } = resolve(tag, path, scopes);
  if (kind === 'link' && place === 'link') return ['link', depth, key];
  if (kind === 'text' && (place === 'text' || place === 'attribute')) return ['text', depth, key];
  const advice = kind === 'link' ? 'A link fills a whole href="".' : 'Text stands in text or in a quoted attribute.';
  throw new TemplateError(tag, 'stands in the wrong place', advice);
}

function resolve(tag: string, path: string, scopes: readonly Scope[]) {
  const [first = '', second] = path.split('.');
  const name = second === undefined ? '' : first;
  const depth = scopes.findLastIndex((scope) => scope.name === name);
  const key = second ?? first;
  const kind = Object.hasOwn(scopes[depth]?.shape ?? {}, key) ? scopes[depth]?.shape[key] : undefined;
  if (kind !== undefined) return { depth, key, kind };
  const known = scopes.flatMap((scope) => Object.keys(scope.shape).map((k) => (scope.name ? `${scope.name}.${k}` : k)));
  throw new TemplateError(tag, 'is an unknown name', `Known here are: ${known.join(', ')}.`);
}

type Place = 'text' | 'attribute' | 'link' | 'nowhere';

/** What the HTML before a tag makes of it. */
function placeIn(before: string): Place {
  const inside = (open: string, close: string) => before.lastIndexOf(open) > before.lastIndexOf(close);
  if (inside('<!--', '-->') || inside('<style', '</style') || inside('<script', '</script')) return 'nowhere';
  if (!inside('<', '>')) return 'text';
  const [, name = '', start = ''] = /\s([\w:-]+)="([^"]*)$/.exec(before.slice(before.lastIndexOf('<'))) ?? [];
  if (name === 'href') return start === '' ? 'link' : 'nowhere';
  return name === '' || /^(?:style|src|srcset|action|on.*)$/i.test(name) ? 'nowhere' : 'attribute';
}
