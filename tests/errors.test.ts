import { describe, expect, test } from 'vitest';
import { adviceFor, ConfigError, InputError } from '../lib/errors.ts';

describe('errors show a person what to do', () => {
  test('our own errors give the sentence and the advice', () => {
    expect(adviceFor(new InputError('There are no feeds.', 'Add one.'))).toBe('There are no feeds. Add one.');
  });

  test('anything else is called what it is: a bug', () => {
    expect(adviceFor(new TypeError('x is undefined'))).toMatch(/Unexpected error: x is undefined.*report/);
  });

  test('keep their name and cause', () => {
    const cause = new Error('inner');
    const error = new ConfigError('Outer.', 'Do this.', { cause });
    expect([error.name, error.cause]).toEqual(['ConfigError', cause]);
  });
});
