/** Abbreviations of zones in hours from UTC. RFC 2822 names first, then those that publishers use; where several zones
 * share one, the one that most feeds mean. */
const HOURS: Readonly<Record<string, number>> = {
  ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 },
  ...{ ast: -4, adt: -3, nst: -3.5, ndt: -2.5, akst: -9, akdt: -8, hst: -10, hast: -10, brt: -3, art: -3, clt: -4 },
  ...{ bst: 1, west: 1, cet: 1, met: 1, mez: 1, wat: 1, cest: 2, mest: 2, mesz: 2, eet: 2, cat: 2, sast: 2, eest: 3 },
  ...{ msk: 3, msd: 4, eat: 3, trt: 3, ist: 5.5, pkt: 5, npt: 5.75, ict: 7, wib: 7, wita: 8, wit: 9, hkt: 8, sgt: 8 },
  ...{ myt: 8, pht: 8, awst: 8, jst: 9, kst: 9, acst: 9.5, acdt: 10.5, aest: 10, aedt: 11, nzst: 12, nzdt: 13 },
};

/** Names that mean standard time or summer time, whichever holds. */
const PLACES: Readonly<Record<string, string>> = {
  et: 'America/New_York',
  ct: 'America/Chicago',
  mt: 'America/Denver',
  pt: 'America/Los_Angeles',
  at: 'America/Halifax',
};

const NUMERIC = /(?:^|[\s\dA-Z])([+-])(\d{1,2}):?(\d{2})?(?!\d)/i;
const PLACE = /\b[A-Za-z]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?/;

/**
 * Minutes by which the zone named somewhere in `text` is ahead of UTC at the local time `local` (as if it were UTC).
 * A text without a zone is UTC: a date must not depend on the machine that reads it.
 */
export function zoneMinutes(text: string, local: number): number {
  const numeric = NUMERIC.exec(text);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return numeric[1] === '-' ? -minutes : minutes;
  }
  const place = PLACE.exec(text)?.[0];
  if (place) return placeMinutes(place, local);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    if (Object.hasOwn(HOURS, word)) return (HOURS[word] ?? 0) * 60;
    if (Object.hasOwn(PLACES, word)) return placeMinutes(PLACES[word] ?? 'UTC', local);
  }
  return 0;
}

/** 0 for a place that the platform does not know. */
function placeMinutes(place: string, local: number): number {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: place, timeZoneName: 'longOffset' });
    const named = format.formatToParts(local).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(named) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  } catch {
    return 0;
  }
}
