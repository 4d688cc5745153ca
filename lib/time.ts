/** Lengths of time in milliseconds, as `Date` counts them. What counts in another unit says so in its name. */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
