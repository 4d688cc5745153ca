import { decodeEntities, escapeMarkup } from './entities.ts';
import { resolveUrl } from './urls.ts';

const ATTRIBUTES = /(?:"[^"<]*"|'[^'<]*'|[^<>"'])*/.source;
/** Start tags with attributes. */
const START = new RegExp(`<([a-z][^\\s<>/]*)(\\s${ATTRIBUTES})>`, 'gi');
/** Start and end tags. */
const TAG = new RegExp(`<(/?)([a-z][^\\s<>/]*)(${ATTRIBUTES})>`, 'gi');
const URL_ATTRIBUTE =
  /(\s(?:href|src|poster|cite|data|background|longdesc|action|xlink:href|srcset)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const BASE = /\sxml:base\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
/** Cheap test whether anything could need resolving: most publishers write absolute addresses. */
const RELATIVE =
  /\b(?:href|src|poster|cite|data|background|longdesc|action|srcset)\s*=\s*(?!["']?\s*(?:https?:|data:|mailto:))|srcset\s*=/i;

/** The same HTML with the addresses in its attributes made absolute, by `xml:base` inside it and by `base`. */
export function resolveHtml(html: string, base: string | undefined): string {
  if (!html.includes('<') || !RELATIVE.test(html)) return html;
  if (html.includes('xml:base')) return resolveWithBases(html, base);
  return html.replace(START, (_tag, name: string, rest: string) => `<${name}${resolveAttributes(rest, base)}>`);
}

function resolveWithBases(html: string, base: string | undefined): string {
  const bases: { readonly name: string; readonly base: string | undefined }[] = [];
  return html.replace(TAG, (tag: string, slash: string, name: string, rest: string) => {
    if (slash) {
      if (bases.at(-1)?.name === name) bases.pop();
      return tag;
    }
    const outer = bases.at(-1)?.base ?? base;
    const own = BASE.exec(rest);
    const current = own ? (resolveUrl(own[1] ?? own[2] ?? '', outer) ?? outer) : outer;
    if (bases.some((open) => open.name === name) || own) bases.push({ name, base: current });
    return `<${name}${resolveAttributes(rest, current)}>`;
  });
}

function resolveAttributes(attributes: string, base: string | undefined): string {
  return attributes.replace(URL_ATTRIBUTE, (_all, start: string, double?: string, single?: string, bare?: string) => {
    const value = decodeEntities(double ?? single ?? bare ?? '');
    const resolved = /srcset/i.test(start) ? resolveSrcset(value, base) : (resolveUrl(value, base) ?? value);
    return `${start}"${escapeMarkup(resolved)}"`;
  });
}

/** `a.jpg 1x, b.jpg 2x`: a comma ends a candidate only where white space follows, since addresses hold commas. */
function resolveSrcset(value: string, base: string | undefined): string {
  const candidates = value.split(/,\s+|,(?=https?:)/);
  return candidates
    .map((candidate) => {
      const [address = '', ...descriptor] = candidate.trim().split(/\s+/);
      return [resolveUrl(address, base) ?? address, ...descriptor].join(' ');
    })
    .join(', ');
}
