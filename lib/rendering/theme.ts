import { ConfigError } from '../errors.ts';
import { escapeHtml } from './escape.ts';

const FILE = 'theme.json';
const SCHEMES = ['light', 'dark'] as const;
const COLOURS = ['paper', 'ink', 'muted', 'rule', 'accent'] as const;
const FONTS = ['serif', 'sans'] as const;
/** What is read stands on the paper; WCAG 2.2, 1.4.3 (AA) asks 4.5:1 of it. */
const READ = ['ink', 'muted', 'accent'] as const;
const CONTRAST = 4.5;

/**
 * Reads a theme: fonts, the sign before the name, and colours for light and dark.
 * @returns its values by the names that templates use, such as `light.paper`
 * @throws ConfigError for a value that is missing or of the wrong form, and for text that would be hard to read
 */
export function readTheme(text: string): Record<string, string> {
  const theme = parsed(text);
  const fonts = FONTS.map((name) => [name, fontIn(theme, name)]);
  const colours = SCHEMES.flatMap((scheme) =>
    COLOURS.map((name) => [`${scheme}.${name}`, colourIn(theme, scheme, name)]),
  );
  const values = Object.fromEntries([...fonts, ...colours]) as Record<string, string>;
  for (const scheme of SCHEMES) for (const name of READ) check(values, `${scheme}.${name}`, `${scheme}.paper`);
  const logo =
    typeof theme.logo === 'string' && theme.logo !== '' ? `<span class="sign">${escapeHtml(theme.logo)}</span> ` : '';
  return { ...values, logo };
}

type Values = Readonly<Record<string, unknown>>;

function parsed(text: string): Values {
  try {
    return JSON.parse(text) as Values;
  } catch (cause) {
    throw new ConfigError(`${FILE} is no JSON: ${(cause as Error).message}.`, 'See docs/templates.md.', { cause });
  }
}

function fontIn(theme: Values, name: string): string {
  const font = theme[name];
  if (typeof font === 'string' && /^[\w ,'-]+$/.test(font)) return font;
  throw new ConfigError(
    `${FILE}: ${name} is no list of fonts.`,
    "Write names with commas between, such as Georgia, 'Times New Roman', serif.",
  );
}

function colourIn(theme: Values, scheme: string, name: string): string {
  const colour = (theme[scheme] as Values | undefined)?.[name];
  if (typeof colour === 'string' && /^#[\da-f]{6}$/i.test(colour)) return colour;
  throw new ConfigError(`${FILE}: ${scheme}.${name} is ${JSON.stringify(colour)}.`, 'Colours are written #rrggbb.');
}

function check(values: Values, text: string, ground: string): void {
  const ratio = contrast(String(values[text]), String(values[ground]));
  if (ratio >= CONTRAST) return;
  throw new ConfigError(
    `${FILE}: ${text} (${values[text]}) on ${ground} (${values[ground]}) has a contrast of ${ratio.toFixed(1)}:1.`,
    `Text needs ${CONTRAST}:1 (WCAG 2.2, 1.4.3): choose colours further apart.`,
  );
}

/** The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
