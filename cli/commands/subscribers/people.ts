import { Command } from 'commander';
import { InputError } from '../../../lib/errors.ts';
import { erase } from '../../../lib/subscriptions/erase.ts';
import { allSubscribers } from '../../../lib/subscriptions/export-list.ts';
import { subscriberId } from '../../../lib/subscriptions/identity.ts';
import type { Subscriber } from '../../../lib/subscriptions/model.ts';
import { suppress, unsuppress } from '../../../lib/subscriptions/suppress.ts';
import { option, whereOptions } from '../../options.ts';
import { confirm, count } from '../../terminal.ts';
import type { Readers, Where, WithReaders } from './open.ts';

const STATUSES = ['pending', 'active', 'paused', 'unsubscribed', 'suppressed'];

export function listCommand(withReaders: WithReaders): Command {
  const command = grouped('list', 'who is in, who left and why', '--status suppressed --json')
    .option('--status <status>', `only those who are ${STATUSES.join(', ')}`)
    .addOption(option.json());
  return command.action(async ({ status, json, ...where }: Where & { status?: string; json?: boolean }) => {
    if (status && !STATUSES.includes(status)) {
      throw new InputError(`There is no status "${status}".`, `Choose one of ${STATUSES.join(', ')}.`);
    }
    await withReaders(where, async ({ subscribers }) => {
      let shown = 0;
      for await (const reader of allSubscribers(subscribers)) {
        if (status && reader.status !== status) continue;
        process.stdout.write(json ? `${JSON.stringify(reader)}\n` : describe(reader));
        shown += 1;
      }
      if (!json) process.stdout.write(`${count(shown, 'subscriber')}.\n`);
    });
  });
}

function describe({ id, email, status, reason, preferences }: Subscriber): string {
  const { cadence, hour, zone, locale } = preferences;
  const name = (email || `(erased, ${id})`).padEnd(32);
  const when = `${locale} ${cadence} ${String(hour).padStart(2, '0')}:00 ${zone}`;
  return `${name} ${(reason ? `${status} (${reason})` : status).padEnd(24)} ${when}\n`;
}

export function showCommand(withReaders: WithReaders): Command {
  return onOne(withReaders, 'show', 'everything that is stored about one address', async (readers, id) => {
    const reader = await readers.subscribers.get(id);
    if (!reader) throw new InputError('This address is not known here.', 'Check its spelling.');
    return JSON.stringify(reader, null, 2);
  });
}

export function suppressCommand(withReaders: WithReaders): Command {
  return onOne(withReaders, 'suppress', 'never mail this address again', async (readers, id) => {
    await suppress(readers, id, 'operator');
    return 'Suppressed: no mail leaves for this address.';
  });
}

export function unsuppressCommand(withReaders: WithReaders): Command {
  return onOne(withReaders, 'unsuppress', 'let this address subscribe again', async (readers, id) => {
    const lifted = await unsuppress(readers, id);
    return lifted ? 'Lifted. Its owner is back in only after subscribing again.' : 'It was not suppressed.';
  });
}

export function eraseCommand(withReaders: WithReaders): Command {
  const command = onOne(withReaders, 'erase', 'remove everything about one person', async (readers, id, options) => {
    const sure = options.yes || (await confirm('Remove everything about this person?'));
    if (!sure) throw new InputError('Nothing was erased.', 'Answer y, or say --yes.');
    const known = await erase(readers, id);
    return known
      ? 'Erased. A keyed hash stays, so that no import brings the address back.'
      : 'This address is not known here.';
  });
  return command.option('--yes', 'do not ask');
}

type OneAction = (readers: Readers, id: string, options: { yes?: boolean }) => Promise<string>;

/** A command on one address that answers with one text. */
function onOne(withReaders: WithReaders, name: string, summary: string, act: OneAction): Command {
  const command = grouped(name, summary, 'reader@example.org').argument('<address>', 'e-mail address');
  return command.action(async (address: string, options: Where & { yes?: boolean }) => {
    const text = await withReaders(options, (readers) =>
      act(readers, subscriberId(address, readers.keys.identity), options),
    );
    process.stdout.write(`${text}\n`);
  });
}

/** A command of the group, with what they all take. @param example what follows `dispatches subscribers <name>` */
export function grouped(name: string, summary: string, example: string): Command {
  const command = new Command(name)
    .summary(summary)
    .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
    .addHelpText('after', `\nExamples:\n  dispatches subscribers ${`${name} ${example}`.trim()}`);
  for (const each of whereOptions()) command.addOption(each);
  return command;
}
