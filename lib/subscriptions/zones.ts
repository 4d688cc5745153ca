/** Names that V8 still lists under their old spelling, and today's (IANA `backward`). Intl takes both. */
const TODAY: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const NAMES = Intl.supportedValuesOf('timeZone')
  .filter((zone) => zone.includes('/') && !zone.startsWith('Etc/'))
  .map((zone) => TODAY[zone] ?? zone)
  .toSorted();

/** The IANA zones that this runtime knows, by region: `Europe` -> [`Europe/Amsterdam`, ...]. UTC stands alone. */
export const ZONES: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  [...NAMES, 'UTC'],
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
