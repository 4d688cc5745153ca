/** The IANA zones that this runtime knows, by region: `Europe` -> [`Europe/Amsterdam`, ...]. UTC stands alone. */
export const ZONES: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  [...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/')), 'UTC'],
  (zone) => zone.split('/')[0] ?? zone,
);

const KNOWN: ReadonlySet<string> = new Set([...ZONES.values()].flat());

/** One spelling per place: offsets and nicknames, which Intl takes too, would scatter readers over appointments. */
export function isListedZone(zone: string): boolean {
  return KNOWN.has(zone);
}

/** `America/Argentina/Buenos_Aires` -> `Argentina, Buenos Aires` (its region is the group's heading). */
export function zoneLabel(zone: string): string {
  const place = zone.includes('/') ? zone.slice(zone.indexOf('/') + 1) : zone;
  return place.replaceAll('/', ', ').replaceAll('_', ' ');
}
