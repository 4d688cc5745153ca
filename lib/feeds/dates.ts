/** First version: what the platform reads, zone-less dates as UTC. */
export function parseDate(text: string): string | null {
  const trimmed = text.trim();
  const zoned = /(?:Z|[+-]\d\d:?\d\d|\b[A-Z]{1,5})$/i.test(trimmed) ? trimmed : `${trimmed} UTC`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
