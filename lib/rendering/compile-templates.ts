import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { adviceFor } from '../errors.ts';
import { compileMjml, type TemplateSource } from './compile.ts';
import { sourceOfFill } from './generate.ts';
import { SHAPES, type TemplateName } from './shapes.ts';

const folder = resolve(import.meta.dirname, '../../templates');
const names = Object.keys(SHAPES) as TemplateName[];

/** Where a template's compiled form is kept: committed, and the only form that the running program reads. */
export function compiledPath(name: TemplateName): string {
  return join(folder, 'compiled', `${name}.generated.ts`);
}

/** A template with what it is made of: theme, partials and the names it may use. */
export function sourceOf(name: TemplateName): TemplateSource {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const partials = readdirSync(join(folder, 'partials')).map(
    (file) => [basename(file, '.mjml'), read('partials', file)] as const,
  );
  return {
    file: `${name}.mjml`,
    text: read(`${name}.mjml`),
    theme: flatten(JSON.parse(read('theme.json'))),
    partials: Object.fromEntries(partials),
    shape: SHAPES[name],
  };
}

/** Compiles every template of templates/ to the text of its compiled file. Throws ConfigError. */
export async function compileAll(): Promise<Record<TemplateName, string>> {
  const compiled = await Promise.all(
    names.map(async (name) => [name, sourceOfFill(name, await compileMjml(sourceOf(name)))] as const),
  );
  return Object.fromEntries(compiled) as Record<TemplateName, string>;
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
