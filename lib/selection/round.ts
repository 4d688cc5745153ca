/** A number to so many decimal places: what is shown and stored of scores and weights. */
export function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
