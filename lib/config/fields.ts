import * as v from 'valibot';

export const zone = v.pipe(
  v.string(),
  v.check(
    (name) => isZone(name),
    (issue) => `"${String(issue.input)}" is not an IANA time zone; write one like "Europe/Amsterdam"`,
  ),
);

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The links in every mail begin with it: https, a host in ASCII (Punycode for others), no path. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && text.startsWith('https://') && new URL(text).origin === text;
}

export const address = v.pipe(v.string(), v.email('write an address like "editor@example.org"'));
/** A whole number, bounds included. */
export const count = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
export const hour = count(0, 23);

export const origin = v.pipe(
  v.string(),
  v.check(isOrigin, 'write only scheme and host, like "https://news.example.org"'),
);
export const region = v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write an AWS region like "eu-central-1"'));
