import type { Command } from 'commander';
import { COMMANDS } from '../commands.ts';

/** A command with all that may follow it. */
export interface Branch {
  /** `['edition', 'list']`; the program itself is empty. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly children: readonly string[];
  /** Long ones, with their dashes. */
  readonly flags: readonly { readonly name: string; readonly about: string }[];
  readonly command?: Command;
}

/** Every command and subcommand, the program first. */
export async function commandTree(): Promise<readonly Branch[]> {
  const branches = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => walk((await load()).name(name), [], summary)),
  );
  const top = { path: [], summary: '', children: [...Object.keys(COMMANDS), 'help'], flags: [HELP] };
  return [top, ...branches.flat()];
}

const HELP = { name: '--help', about: 'what it takes, with examples' };

function walk(command: Command, above: readonly string[], summary: string): readonly Branch[] {
  const path = [...above, command.name()];
  const flags = command.options.flatMap(({ long, description }) => (long ? [{ name: long, about: description }] : []));
  const children = command.commands.map((child) => child.name());
  const own = { path, summary, children, flags: [...flags, HELP], command };
  return [own, ...command.commands.flatMap((child) => walk(child, path, child.summary() || child.description()))];
}
