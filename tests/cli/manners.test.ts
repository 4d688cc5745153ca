import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { completionScript } from '../../cli/completion/scripts.ts';
import { commandTree } from '../../cli/completion/tree.ts';
import { dispatches } from './cli.ts';

/** What they write is a file or a stream in a form of its own, or they change something. */
const NO_JSON: Readonly<Record<string, string>> = {
  ...{ start: 'serves', serve: 'serves', preview: 'serves', init: 'writes', completion: 'a script' },
  ...{
    pause: 'changes',
    resume: 'changes',
    send: 'changes',
    redrive: 'changes',
    backup: 'changes',
    restore: 'changes',
  },
  ...{ 'subscribers add': 'changes', 'subscribers import': 'changes', 'subscribers erase': 'changes' },
  ...{ 'subscribers suppress': 'changes', 'subscribers unsuppress': 'changes', 'subscribers tidy': 'changes' },
  ...{ 'subscribers export': 'CSV', 'subscribers show': 'JSON always', 'profile show': 'JSON always' },
  ...{ 'feeds add': 'changes', 'feeds import': 'changes', 'feeds export': 'OPML' },
  ...{ 'profile add': 'changes', 'profile remove': 'changes', score: 'NDJSON', stories: 'NDJSON', evaluate: 'NDJSON' },
};

interface Listed {
  readonly name: string;
  readonly command: Command;
  readonly flags: readonly string[];
  readonly children: readonly string[];
}

async function commands(): Promise<readonly Listed[]> {
  return (await commandTree()).flatMap(({ path, command, flags, children }) =>
    command ? [{ name: path.join(' '), command, children, flags: flags.map(({ name }) => name) }] : [],
  );
}

function helpOf(command: Command): string {
  let help = '';
  command
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  return help;
}

describe('the command line', () => {
  test('lists every command with its summary and the exit codes', async () => {
    const { code, out } = await dispatches(['--help']);
    expect(code).toBe(0);
    for (const name of Object.keys(COMMANDS)) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(out).toContain('Exit codes');
  });

  test('every command and subcommand shows an example in its help', async () => {
    const without = (await commands()).filter(({ command }) => !/^Examples?:$/m.test(helpOf(command)));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('the help alone breaks the lines of a description, for it knows how wide they may be', async () => {
    const broken = (await commands()).filter(({ command }) => command.description().includes('\n'));
    expect(broken.map(({ name }) => name)).toEqual([]);
  });

  test('every command is in docs/cli.md', async () => {
    const page = await readFile('docs/cli.md', 'utf8');
    expect(Object.keys(COMMANDS).filter((name) => !new RegExp(`^\\|.*\`${name}\\b`, 'm').test(page))).toEqual([]);
  });

  test('every command that only looks answers as JSON too', async () => {
    const without = (await commands()).filter(
      ({ name, flags, children }) => children.length === 0 && !(name in NO_JSON) && !flags.includes('--json'),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('every command by which mail may leave asks first, unless --yes', async () => {
    const asking = (await commands()).filter(({ flags }) => flags.includes('--yes')).map(({ name }) => name);
    expect(asking).toEqual(
      expect.arrayContaining(['run', 'resume', 'send', 'redrive', 'edition resend-failed', 'restore']),
    );
  });

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

test('a reader of the output who has had enough ends nothing with an error', async () => {
  const program = new URL('../../cli/dispatches.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([code, said]).toEqual([0, '']);
});

describe('shell completion', () => {
  /** What bash would offer at the end of these words. */
  async function offers(...words: string[]): Promise<readonly string[]> {
    const script = completionScript('bash', await commandTree());
    const line = ['dispatches', ...words].map((word) => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _dispatches; printf '%s\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await promisify(execFile)('bash', ['-c', `${script}\n${ask}`]);
    return stdout.split('\n').filter(Boolean);
  }

  test('offers commands, subcommands and options, in bash', async () => {
    expect(await offers('ed')).toEqual(['edition']);
    expect(await offers('edition', 'r')).toEqual(expect.arrayContaining(['replay', 'report', 'resend-failed']));
    expect(await offers('edition', 'report', 'some-id', '--s')).toEqual(['--state', '--stage']);
    expect(await offers('run', '--feeds', 'x', '--dry')).toEqual(['--dry-run']);
  });

  test('names every command for fish and zsh too', async () => {
    const tree = await commandTree();
    const [fish, zsh] = [completionScript('fish', tree), completionScript('zsh', tree)];
    for (const name of Object.keys(COMMANDS)) expect(fish).toContain(`-a ${name} -d '`);
    expect(zsh).toMatch(/^autoload -U \+X bashcompinit && bashcompinit\n_dispatches_words/);
  });
});
