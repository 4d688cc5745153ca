import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { fillOf } from '../../lib/rendering/generate.ts';
import { parseTemplate } from '../../lib/rendering/parse.ts';
import type { ViewOf } from '../../lib/rendering/shapes.ts';
import { fill } from '../support/fill.ts';

const shape = { name: 'text', url: 'link', shown: 'flag', rows: [{ title: 'text', url: 'link' }] } as const;
const html =
  '<h1 title="{{name}}">{{name}}</h1>{{#if shown}}<i>yes</i>{{else}}<i>no</i>{{/if}}<ul>{{#each rows as r}}<li><a href="{{r.url}}">{{r.title}}</a> {{name}}</li>{{/each}}</ul><a href="{{slot unsubscribeUrl}}">x</a>';
const bind = fillOf<ViewOf<typeof shape>>(parseTemplate(html, shape));
const view = (over: Partial<ViewOf<typeof shape>> = {}): ViewOf<typeof shape> => ({
  name: 'N',
  url: null,
  shown: true,
  rows: [],
  ...over,
});
const links = { unsubscribeUrl: 'https://x.example/u', preferencesUrl: 'https://x.example/p' };

describe('a template', () => {
  test('fills text, attributes, loops and conditions', () => {
    const rows = [{ title: 'One', url: 'https://one.example/?a=1&b=2' }];
    expect(fill(bind(view({ rows, shown: false })), links)).toBe(
      '<h1 title="N">N</h1><i>no</i><ul><li><a href="https://one.example/?a=1&amp;b=2">One</a> N</li></ul><a href="https://x.example/u">x</a>',
    );
  });

  test('takes an empty text, an empty list and a missing link for absent', () => {
    const tested = parseTemplate('{{#if name}}n{{/if}}{{#if url}}u{{/if}}{{#if rows}}r{{else}}-{{/if}}', shape);
    const show = fillOf<ViewOf<typeof shape>>(tested);
    expect(show(view({ name: '' }))).toEqual(['-']);
    expect(show(view({ url: 'https://x.example', rows: [{ title: 't', url: null }] }))).toEqual(['nur']);
  });

  test('no value becomes markup, an attribute, a tag or a slot', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '<script>',
        '"><img src=x onerror=alert(1)>',
        "' onload='",
        '{{slot unsubscribeUrl}}',
        '{{name}}',
        '$&',
        '<mj-raw>',
        '-->',
        '</style>',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, title, url) => {
        const pieces = bind(view({ name, rows: [{ title, url }] }));
        expect(pieces.filter((piece) => typeof piece !== 'string')).toEqual([{ slot: 'unsubscribeUrl' }]);
        expect(tagsOf(fill(pieces, links))).toEqual(['h1', 'i', 'ul', 'li', 'a', 'a']);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    'javascript:alert(1)',
    ' https://x.example',
    'data:text/html,x',
    '//x.example',
    'https://x.example/ onclick=',
    'vbscript:x',
  ])('the link %j is left out', (url) => {
    expect(fill(bind(view({ rows: [{ title: 't', url }] })), links)).toContain('<a href="">t</a>');
  });
});

function tagsOf(text: string): string[] {
  const names: string[] = [];
  const walk = (nodes: readonly { type: string; name?: string; children?: unknown }[]) => {
    for (const node of nodes) {
      if (node.type === 'tag' || node.type === 'script' || node.type === 'style') names.push(node.name ?? '');
      if (Array.isArray(node.children)) walk(node.children);
    }
  };
  walk(parseDocument(text).children as never);
  return names;
}
