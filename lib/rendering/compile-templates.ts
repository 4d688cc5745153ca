import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { adviceFor } from '../errors.ts';
import { compileMjml, type TemplateSource } from './compile.ts';
import { sourceOfFill } from './generate.ts';
import { SHAPES, type TemplateName } from './shapes.ts';
import { readTheme } from './theme.ts';

const home = resolve(import.meta.dirname, '../../templates');
const names = Object.keys(SHAPES) as TemplateName[];

/** Where a template's compiled form is kept: committed, and the only form that the running program reads. */
export function compiledPath(name: TemplateName, folder = home): string {
  return join(folder, 'compiled', `${name}.generated.ts`);
}

/** A template with what it is made of: theme, partials and the names it may use. Throws ConfigError. */
export function sourceOf(name: TemplateName, folder = home): TemplateSource {
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  const partials = readdirSync(join(folder, 'partials')).map(
    (file) => [basename(file, '.mjml'), read('partials', file)] as const,
  );
  return {
    file: `${name}.mjml`,
    text: read(`${name}.mjml`),
    theme: readTheme(read('theme.json')),
    partials: Object.fromEntries(partials),
    shape: SHAPES[name],
  };
}

/** Compiles every template of templates/ to the text of its compiled file. Throws ConfigError. */
export async function compileAll(folder = home): Promise<Record<TemplateName, string>> {
  const compiled = await Promise.all(
    names.map(async (name) => [name, sourceOfFill(name, await compileMjml(sourceOf(name, folder)))] as const),
  );
  return Object.fromEntries(compiled) as Record<TemplateName, string>;
}

if (import.meta.main) {
  const folder = process.argv[2] ?? home;
  try {
    for (const [name, text] of Object.entries(await compileAll(folder)) as [TemplateName, string][])
      writeFileSync(compiledPath(name, folder), text);
    console.log(`Compiled ${names.join(', ')}.`);
  } catch (error) {
    console.error(adviceFor(error));
    process.exitCode = 1;
  }
}
