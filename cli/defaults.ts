/** The configuration, unless --config names another. */
export const CONFIG_FILE = 'dispatches.config.ts';

/** Where this machine keeps its own publication, and where the sample is: two states that never mix. */
export const STATE = '.dispatches';
export const SAMPLE_STATE = '.dispatches/sample';
