import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileMjml } from '../../lib/rendering/compile.ts';
import { compileAll, compiledPath } from '../../lib/rendering/compile-templates.ts';
import { SHAPES, type TemplateName } from '../../lib/rendering/shapes.ts';

const inMail = (content: string) => `<mjml lang="en" dir="ltr">
  <mj-body>
    <mj-section><mj-column><mj-text>
      ${content}
    </mj-text></mj-column></mj-section>
  </mj-body>
</mjml>`;

function compile(text: string, partials: Record<string, string> = {}) {
  const theme = { 'light.ink': '#123456' };
  return compileMjml({ file: 'own.mjml', text, theme, partials, shape: SHAPES.digest });
}

describe('templates', () => {
  test('the compiled templates are those of today: else run `npm run templates`', async () => {
    for (const [name, text] of Object.entries(await compileAll())) {
      expect(readFileSync(compiledPath(name as TemplateName), 'utf8') === text, `${name} is stale`).toBe(true);
    }
  });

  test('are compiled by a script only: no other code reaches mjml', () => {
    const root = new URL('../../', import.meta.url).pathname;
    const files = ['lib', 'functions', 'cli']
      .flatMap((folder) =>
        readdirSync(root + folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
      )
      .filter((name) => name.endsWith('.ts'));
    const users = files.filter((name) =>
      /from '(?:mjml|[^']*\/compile(?:-templates)?\.ts)'/.test(readFileSync(root + name, 'utf8')),
    );
    expect(users.sort()).toEqual(['lib/rendering/compile-templates.ts', 'lib/rendering/compile.ts']);
  });

  test('load no font, style sheet or picture from anywhere', async () => {
    for (const text of Object.values(await compileAll())) expect(text).not.toMatch(/@import|<link|<img|url\(/);
  });

  test('hold nothing to the left or right but what older Outlook needs', async () => {
    for (const [name, text] of Object.entries(await compileAll())) {
      const rest = text.replaceAll('text-align:left;text-align:start;', '');
      expect(rest, name).not.toMatch(
        /(?:text-align|float|direction): ?(?:left|right|ltr|rtl)|(?:margin|padding|border)-(?:left|right)/,
      );
    }
  });

  test.each([
    [
      'an unknown name',
      '<p>{{headline}}</p>',
      /own\.mjml:4: \{\{headline\}\} is an unknown name\. Known here are: lang, /,
    ],
    [
      'a name of the inside of a loop outside it',
      '<p>{{s.title}}</p>',
      /own\.mjml:4: \{\{s\.title\}\} is an unknown name/,
    ],
    [
      'an unknown slot',
      '<a href="{{slot trackingUrl}}">x</a>',
      /own\.mjml:4: .* unknown slot\. Known are: unsubscribeUrl, /,
    ],
    ['a link in text', '<p>{{pageUrl}}</p>', /own\.mjml:4: \{\{pageUrl\}\} stands in the wrong place\. A link fills/],
    ['a link that is only part of an address', '<a href="https://x.example/{{pageUrl}}">x</a>', /wrong place/],
    ['text as an address', '<a href="{{name}}">x</a>', /own\.mjml:4: \{\{name\}\} stands in the wrong place/],
    ['text in a style', '<p style="color:{{name}}">x</p>', /wrong place/],
    ['text in a handler', '<p onclick="{{name}}">x</p>', /wrong place/],
    ['text in a comment', '<!-- {{name}} -->', /wrong place/],
    ['a condition between attributes', '<p {{#if since}}class="x"{{/if}}>x</p>', /stands inside a tag/],
    ['a loop over text', '{{#each name as n}}x{{/each}}', /is no loop/],
    ['a loop left open', '{{#each lead as s}}x', /own\.mjml:4: \{\{#each lead as s\}\} is never closed/],
    ['crossed nesting', '{{#each lead as s}}{{#if s.title}}x{{/each}}{{/if}}', /closes nothing/],
    ['an else of nothing', '{{else}}', /has no \{\{#if\}\}/],
    ['an unknown partial', '{{> sidebar}}', /own\.mjml:4: \{\{> sidebar\}\} is not known/],
    ['an unknown theme value', '{{theme.light.mood}}', /own\.mjml:4: .* Known are: light\.ink/],
    ['an element that MJML lacks', '</mj-text><mj-carpet></mj-carpet><mj-text>', /own\.mjml:4: .*mj-carpet/],
  ])('%s is refused with file, line and reason', async (_what, content, message) => {
    const problem = await compile(inMail(content)).then(
      () => 'accepted',
      (error) => `${error.message} ${error.advice}`,
    );
    expect(problem).toMatch(message);
  });

  test('a mistake in a partial is found in the partial', async () => {
    await expect(compile(inMail('{{> box}}'), { box: '<p>\n{{nothing}}</p>' })).rejects.toThrow(
      /^partials\/box\.mjml:2: /,
    );
  });

  test('theme values are put in before MJML is compiled', async () => {
    const template = await compile(inMail('<p style="color: {{theme.light.ink}}">{{name}}</p>'));
    expect(JSON.stringify(template)).toContain('#123456');
  });
});
