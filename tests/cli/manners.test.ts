import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { dispatches } from './cli.ts';

describe('the command line', () => {
  test('lists every command with its summary and the exit codes', async () => {
    const { code, out } = await dispatches(['--help']);
    expect(code).toBe(0);
    for (const name of Object.keys(COMMANDS)) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(out).toContain('Exit codes');
  });

  test.each(['start', 'run', 'preview', 'status', 'edition', 'backup', 'restore'])(
    '%s --help shows examples',
    async (name) => {
      const { code, out } = await dispatches([name, '--help']);
      expect(code).toBe(0);
      expect(out).toContain('Examples:');
    },
  );

  test('help COMMAND is the same as COMMAND --help', async () => {
    const [a, b] = await Promise.all([dispatches(['help', 'run']), dispatches(['run', '--help'])]);
    expect(a).toEqual(b);
  });

  test.each([
    ['nothing', [], /Usage: dispatches/],
    ['an unknown command', ['rum'], /unknown command 'rum'[\s\S]*Did you mean run\?[\s\S]*dispatches --help/],
    [
      'an unknown flag',
      ['run', '--tto', 'x'],
      /unknown option '--tto'[\s\S]*Did you mean --to\?[\s\S]*dispatches run --help/,
    ],
    ['a broken time', ['run', '--now', 'yesterday'], /'yesterday' is invalid.*Write a time like/],
    ['an unknown language', ['run', '--locale', 'xx'], /Allowed choices are nl, en/],
    ['a broken address', ['run', '--to', 'me'], /not a usable e-mail address.*name@example\.org/],
    ['a broken port', ['start', '--port', 'x'], /Write a number from 0/],
    [
      'flags that exclude each other',
      ['run', '--stage', 'dev', '--dry-run'],
      /'--stage <name>' cannot be used with option '--dry-run'/,
    ],
  ])('%s ends with code 2 and says how to go on', async (_what, args, message) => {
    const { code, out, err } = await dispatches(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('colour is used only where it is wanted', async () => {
    const ESC = '\u001b[';
    expect((await dispatches(['rum'])).err).not.toContain(ESC);
    expect((await dispatches(['rum'], { env: { FORCE_COLOR: '1' } })).err).toContain(ESC);
    expect((await dispatches(['rum'], { env: { NO_COLOR: '1' } })).err).not.toContain(ESC);
  });
});
