import mjml2html from 'mjml';
import { ConfigError } from '../errors.ts';
import { parseTemplate, TemplateError } from './parse.ts';
import type { Shape } from './shapes.ts';
import type { Template } from './template.ts';

export interface TemplateSource {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly text: string;
  /** Values for {{theme.*}}, put in before anything else: CSS colours and font stacks of the operator. */
  readonly theme: Readonly<Record<string, string>>;
  /** Files for {{> name}}. */
  readonly partials: Readonly<Record<string, string>>;
  readonly shape: Shape;
}

/**
 * Compiles an MJML template, long before there is data: partials and theme are put in, MJML becomes HTML (without
 * the web fonts that it would load), HTML becomes pieces and places. Throws ConfigError with file, line and reason for MJML that is not valid and for names or places that
 * the template may not use.
 */
export async function compileMjml(source: TemplateSource): Promise<Template> {
  const mjml = assemble(source);
  try {
    const { html } = await mjml2html(mjml, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} });
    return parseTemplate(tighten(html), source.shape);
  } catch (error) {
    throw refusal(source, mjml, error);
  }
}

/** The template's MJML with its partials and theme values put in. */
export function assemble({ file, text, theme, partials }: TemplateSource): string {
  const lookUp = (table: Readonly<Record<string, string>>, name: string, tag: string): string => {
    const value = table[name];
    if (value !== undefined) return value;
    const known = Object.keys(table).join(', ');
    throw new ConfigError(`${file}:${lineOf(text, tag)}: ${tag} is not known.`, `Known are: ${known}.`);
  };
  return text
    .replace(/\{\{>\s*([\w-]+)\s*\}\}/g, (tag, name: string) => lookUp(partials, name, tag))
    .replace(/\{\{theme\.([\w.]+)\}\}/g, (tag, name: string) => lookUp(theme, name, tag));
}

/**
 * Drops line breaks with the indent around them (between tags wholly, elsewhere to one space) and styles that say nothing.
 * MJML writes left-to-right into every box; here the document's `dir` decides, and `left` stays for programs that do not
 * know `start` (Outlook on Windows).
 */
function tighten(html: string): string {
  return html
    .replace(/>\s*\n\s*</g, '><')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/ ?([{};]) (?=[.#@\w[}])/g, '$1')
    .replaceAll('direction:ltr;', '')
    .replaceAll('text-align:left;', 'text-align:left;text-align:start;')
    .replaceAll('<td align="left"', '<td')
    .replace(/(?:cursor: ?auto|text-transform: ?none|word-spacing: ?normal); ?/g, '')
    .trim();
}

function refusal(source: TemplateSource, assembled: string, error: unknown): Error {
  if (error instanceof TemplateError) {
    const place = placeOf(source, error.tag);
    return new ConfigError(`${place}: ${error.message}`, error.advice, { cause: error });
  }
  const problems = (error as { errors?: { line: number; message: string }[] }).errors;
  if (!problems) return error as Error;
  const told = problems.map(
    ({ line, message }) => `${placeOf(source, assembled.split('\n')[line - 1] ?? '')}: ${message}`,
  );
  return new ConfigError(`Invalid MJML. ${told.join('; ')}.`, 'See docs/templates.md.', { cause: error });
}

/** File and line of a piece of the source: the template's own, else the partial's that holds it. */
function placeOf({ file, text, partials }: TemplateSource, piece: string): string {
  if (text.includes(piece)) return `${file}:${lineOf(text, piece)}`;
  const [name, partial] = Object.entries(partials).find(([, content]) => content.includes(piece)) ?? [];
  return name && partial ? `partials/${name}.mjml:${lineOf(partial, piece)}` : file;
}

function lineOf(text: string, piece: string): number {
  return text.slice(0, text.indexOf(piece)).split('\n').length;
}
