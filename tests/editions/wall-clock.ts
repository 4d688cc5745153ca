/** What a clock on the wall of a zone shows at an instant, as if it were UTC; found without the code under test. */
export function wallClock(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (at) => {
    const shown = format.format(at).match(/\d+/g) ?? [];
    const [day = 0, month = 1, year = 0, hour = 0, minute = 0, second = 0] = shown.map(Number);
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}
