import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { adviceFor } from '../lib/errors.ts';
import { COMMANDS } from './commands.ts';
import { style } from './terminal.ts';

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

const FOOT = `
Examples:
  dispatches start                                  the whole thing on this machine, with sample feeds
  dispatches run --feeds my.opml --to me@example.org --outbox mails
  dispatches doctor                                 what lacks until mail can leave

Exit codes: 0 done, 1 it failed (the last line says what to do), 2 the command line is wrong.
Colour is left out when NO_COLOR is set or the output is no terminal.`;

/**
 * Runs one command line and says how it ended, as an exit code. Every error becomes one sentence on standard error.
 * @param args the arguments after the program's name
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(args);
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${style('red', 'error:', process.stderr)} ${adviceFor(error)}\n`);
    return EXIT.failed;
  }
}

/** Beside the sources in a clone, beside what was built of them in the package. */
function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

/** The program with the one command that `args` names loaded, and the others listed. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = strict(new Command('dispatches'))
    .description('A newsletter on war coverage, made from news feeds.')
    .usage('<command> [options]')
    .version(version(), '--version', 'say which version this is')
    .helpCommand('help [command]', 'what a command takes, with examples')
    .addHelpText('after', FOOT);
  const words = args.filter((word) => !word.startsWith('-'));
  const chosen = words[0] === 'help' ? words[1] : words[0];
  for (const [name, entry] of Object.entries(COMMANDS)) {
    const command = name === chosen ? await entry.load() : new Command(name);
    program.addCommand(strictly(command.name(name).summary(entry.summary)));
  }
  return program;
}

/** Throws instead of exiting, and points to the help after a mistake. */
function strict(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(text.replace(/^error:/, style('red', 'error:', process.stderr))),
    })
    .showHelpAfterError(`Run "${path(command)} --help" for what it takes.`);
}

function strictly(command: Command): Command {
  for (const child of command.commands) strictly(child);
  return strict(command);
}

function path(command: Command): string {
  const above = command.parent ? `${path(command.parent)} ` : command.name() === 'dispatches' ? '' : 'dispatches ';
  return `${above}${command.name()}`;
}
