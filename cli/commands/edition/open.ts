import { Command } from 'commander';
import type { EditionRecord } from '../../../lib/editions/ports.ts';
import { InputError } from '../../../lib/errors.ts';
import type { Stores } from '../../../lib/storage/stores.ts';
import type { Where } from '../../open-place.ts';
import { option, whereOptions } from '../../options.ts';

export interface EditionOptions extends Where {
  readonly json?: boolean;
}

/** A command of the group, with what they all take. @param example what follows `dispatches edition <name>` */
export function grouped(name: string, summary: string, example: string): Command {
  const command = new Command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addOption(option.json())
    .addHelpText('after', `\nExamples:\n  dispatches edition ${name} ${example}`);
  for (const each of whereOptions()) command.addOption(each);
  return command;
}

/** Opens the place, writes what `work` found as JSON or, by `describe`, as text, and closes it however it ends. */
export async function answer<T>(
  { json, ...where }: EditionOptions,
  work: (stores: Stores) => Promise<T>,
  describe: (found: T) => string,
): Promise<void> {
  const { lookInPlace } = await import('../../open-place.ts');
  const found = await lookInPlace(where, ({ stores }) => work(stores));
  process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : describe(found));
}

/** @throws InputError when there is no such edition */
export async function editionOf({ editions }: Pick<Stores, 'editions'>, id: string): Promise<EditionRecord> {
  const record = await editions.get(id);
  if (record) return record;
  throw new InputError(`There is no edition "${id}".`, 'List them with: dispatches edition list');
}
