const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const LANGUAGES = [
  ...['nl', 'de', 'fr', 'es', 'it', 'pt', 'ca', 'ro', 'pl', 'cs', 'sk', 'sl', 'hr', 'sr', 'bg', 'mk', 'uk', 'ru', 'be'],
  ...['sv', 'da', 'nb', 'is', 'fi', 'et', 'lv', 'lt', 'hu', 'el', 'tr', 'az', 'id', 'vi', 'eu', 'gl', 'ar', 'fa', 'he'],
];

/** The month (1..12) that a word names in English or another language, in any of its usual forms; else undefined. */
export function monthOf(word: string): number | undefined {
  const plain = withoutAccents(word);
  const english = ENGLISH.indexOf(plain.slice(0, 3));
  if (english >= 0 && /^(?:...|sept|june|july|march|april|(?:jan|febr)uary|august|.{3,6}ber)$/.test(plain))
    return english + 1;
  return otherMonths().get(plain);
}

function withoutAccents(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}|\./gu, '');
}

let others: ReadonlyMap<string, number> | undefined;

/** Built once, at the first date that is not in English: it costs some milliseconds. */
function otherMonths(): ReadonlyMap<string, number> {
  others ??= buildOtherMonths();
  return others;
}

function buildOtherMonths(): ReadonlyMap<string, number> {
  const months = new Map<string, number>();
  const shapes = [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
  ] as const;
  for (const language of LANGUAGES) {
    for (const shape of shapes) addMonths(months, new Intl.DateTimeFormat(language, { ...shape, timeZone: 'UTC' }));
  }
  return months;
}

function addMonths(months: Map<string, number>, format: Intl.DateTimeFormat): void {
  for (let month = 1; month <= 12; month++) {
    const parts = format.formatToParts(Date.UTC(2024, month - 1, 15));
    const name = withoutAccents(parts.find(({ type }) => type === 'month')?.value ?? '');
    if (/^\p{L}{2,}$/u.test(name) && !months.has(name)) months.set(name, month);
  }
}
