import { Command } from 'commander';
import type { EditionRecord } from '../../../lib/editions/ports.ts';
import { InputError } from '../../../lib/errors.ts';
import type { Stores } from '../../../lib/storage/stores.ts';
import { openState } from '../../open-state.ts';
import { option } from '../../options.ts';

export interface EditionOptions {
  readonly state: string;
  readonly json?: boolean;
}

/** A command of the group, with what they all take. */
export function grouped(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addOption(option.state())
    .addOption(option.json());
}

/** Opens the state, writes what `work` found as JSON or, by `describe`, as text, and closes it however it ends. */
export async function answer<T>(
  { state, json }: EditionOptions,
  work: (stores: Stores) => Promise<T>,
  describe: (found: T) => string,
): Promise<void> {
  const stores = openState(state);
  try {
    const found = await work(stores);
    process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : describe(found));
  } finally {
    stores.close();
  }
}

/** @throws InputError when there is no such edition */
export async function editionOf({ editions }: Pick<Stores, 'editions'>, id: string): Promise<EditionRecord> {
  const record = await editions.get(id);
  if (record) return record;
  throw new InputError(`There is no edition "${id}".`, 'List them with: dispatches edition list');
}
