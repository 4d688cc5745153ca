import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { adviceFor } from '../errors.ts';
import { compileMjml } from './compile.ts';
import { SHAPES, type TemplateName } from './shapes.ts';
import type { Template } from './template.ts';

const folder = resolve(import.meta.dirname, '../../templates');
const names = Object.keys(SHAPES) as TemplateName[];

/** Where a template's compiled form is kept: committed, and the only form that the running program reads. */
export function compiledPath(name: TemplateName): string {
  return join(folder, 'compiled', `${name}.generated.ts`);
}

/** Compiles every template of templates/ to the text of its compiled file. Throws ConfigError. */
export async function compileAll(): Promise<Record<TemplateName, string>> {
  const theme = flatten(JSON.parse(readFileSync(join(folder, 'theme.json'), 'utf8')));
  const partials = Object.fromEntries(
    readdirSync(join(folder, 'partials')).map((file) => [
      basename(file, '.mjml'),
      readFileSync(join(folder, 'partials', file), 'utf8'),
    ]),
  );
  const compiled = await Promise.all(
    names.map(async (name) => {
      const file = `${name}.mjml`;
      const text = readFileSync(join(folder, file), 'utf8');
      return [name, generated(name, await compileMjml({ file, text, theme, partials, shape: SHAPES[name] }))] as const;
    }),
  );
  return Object.fromEntries(compiled) as Record<TemplateName, string>;
}

function generated(name: string, template: Template): string {
  return `// Made by \`npm run templates\` from ../${name}.mjml: do not edit.
import type { Template } from '../../lib/rendering/template.ts';

export const ${name}: Template = ${JSON.stringify(template)};
`;
}

/** {light: {paper: "#fff"}} as {"light.paper": "#fff"}. */
function flatten(value: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'string' ? [[path + key, inner]] : Object.entries(flatten(inner, `${path}${key}.`)),
    ),
  );
}

if (import.meta.main) {
  try {
    for (const [name, text] of Object.entries(await compileAll()) as [TemplateName, string][])
      writeFileSync(compiledPath(name), text);
    console.log(`Compiled ${names.join(', ')}.`);
  } catch (error) {
    console.error(adviceFor(error));
    process.exitCode = 1;
  }
}
