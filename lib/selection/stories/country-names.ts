/**
 * Names of countries as nouns, in the languages of the profile, with their case endings. From the names that the
 * platform knows (Unicode CLDR); adjectives and inhabitants ("Russian", "Russians") are never among them.
 */
const ENDINGS: Readonly<Record<string, { readonly drop?: RegExp; readonly endings: string }>> = {
  ar: { endings: '' },
  cs: { drop: /[aoeě]$/, endings: 'a e o y u ou em i' },
  da: { endings: 's' },
  de: { endings: 's' },
  el: { drop: /ς$/, endings: 'ς ν υ' },
  en: { endings: '' },
  es: { endings: '' },
  fa: { endings: '' },
  fi: { endings: 'n in ssa issa sta ista an aan iin lla lle lta' },
  fr: { endings: '' },
  he: { endings: '' },
  hu: { endings: 'ban ben ba be bol ra re rol nak nek val vel on en t hoz hez tol ert' },
  it: { endings: '' },
  ja: { endings: '' },
  nl: { endings: 's' },
  no: { endings: 's' },
  pl: { drop: /[aąeęoś]$/, endings: 'a e i o y ie u em iem owi si' },
  pt: { endings: '' },
  ro: { drop: /a$/, endings: 'a ei ul ului' },
  ru: { drop: /[аяь]$/, endings: 'а я ы и у ю е ой ей ом ем' },
  sv: { endings: 's' },
  tr: { endings: '' },
  uk: { drop: /[аяь]$/, endings: 'а я и і ї у ю ою єю ею ом ем єм' },
  zh: { endings: '' },
};
/** Languages that write the side of a country onto its name: `Südlibanon`, `Oost-Oekraïne`. */
const COMPOUNDING = new Set(['da', 'de', 'nl', 'no', 'sv']);
const COMPOUND_MIN = 5;
/** Where the platform's name is not the one that news uses. */
const ALSO: Readonly<Record<string, string>> = {
  CD: 'congo, kongo, rdc, конго, الكونغو, 刚果, コンゴ',
  GB: 'britain, great britain, grossbritannien, groot brittannie, storbritannien, британі*',
  MM: 'myanmar, birma, birmanie, birmania, burma, mianmar, мьянма, мьянме, мьянмы, м янма, м янмі, м янми, ميانمار, ミャンマー',
  PS: 'palestine, palestina, palastina, palestyna, palestyny, palestynie, палестина, палестины, палестине, палестини, палестині, فلسطين, 巴勒斯坦, パレスチナ',
  TR: 'turkey',
  US: 'usa, сша, 美国, アメリカ, 米国',
};

/** Terms (see `addTerms`) that name a country, ISO 3166-1 alpha-2, in every language. */
export function countryTerms(country: string): string {
  const named = Object.entries(ENDINGS).flatMap(([lang, { drop, endings }]) => {
    const name = (new Intl.DisplayNames(lang, { type: 'region' }).of(country) ?? '').replace(/,/g, ' ');
    const stem = drop ? name.replace(drop, '') : name;
    const forms = endings ? endings.split(' ').map((ending) => stem + ending) : [];
    const compound = COMPOUNDING.has(lang) && name.length >= COMPOUND_MIN && !/[\s-]/.test(name) ? [`*${name}`] : [];
    return [name, ...forms, ...(drop ? [stem] : []), ...compound].filter((form) => form.length > 2 || lang === 'zh');
  });
  return [...new Set(named), ALSO[country] ?? ''].join(',');
}
