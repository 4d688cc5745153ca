import type { Locale } from '../types.ts';

/**
 * The best of `offered` for an `Accept-Language` header (RFC 9110, section 12.5.4; region subtags are ignored).
 * Undefined when none fits.
 */
export function acceptedLocale(header: string | undefined, offered: readonly Locale[]): Locale | undefined {
  const wanted = (header ?? '').slice(0, 200).split(',').map(parseRange);
  return wanted
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => offered.find((locale) => locale === language))
    .find((locale) => locale !== undefined);
}

function parseRange(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
  const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
  const weight = quality ? Number(quality.trim().slice(2)) : 1;
  return { language: tag.trim().split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
}
