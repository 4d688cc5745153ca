import { Command, InvalidArgumentError, Option } from 'commander';
import type { BackTest, Differing } from '../../lib/editions/back-test.ts';
import { DAY } from '../../lib/time.ts';
import type { Where } from '../open-place.ts';
import { option, whereOptions } from '../options.ts';
import { profileOption, selectorOf } from '../selector-of.ts';
import { line } from '../summary.ts';
import { count, style } from '../terminal.ts';

interface Options extends Where {
  readonly since: Date;
  readonly profile?: string;
  readonly json?: boolean;
}

/** `dispatches rules ...`: what a change of the profile would mean. */
export function rulesCommand(): Command {
  return new Command('rules')
    .description('Tries a changed profile on what is stored, before it is deployed. Changes nothing.')
    .addCommand(backTestCommand())
    .addHelpText('after', '\nExample:\n  dispatches rules back-test --since 30d --profile profile-new');
}

function backTestCommand(): Command {
  const command = new Command('back-test')
    .summary('which stored items a changed profile gains and loses')
    .description(
      'Decides the stored items again. With --profile: that folder against the configured profile. Without: the configured profile against what the editions decided.',
    )
    .addOption(
      new Option('--since <time>', 'how far back: 30d, or a time').argParser(daysOrTime).default(ago(30), '30d'),
    )
    .addOption(profileOption())
    .addOption(option.json())
    .addHelpText('after', '\nExample:\n  dispatches rules back-test --since 7d --json');
  for (const each of whereOptions()) command.addOption(each);
  return command.action(async ({ since, profile, json, ...where }: Options) => {
    const [{ backTest }, { lookInPlace }] = await Promise.all([
      import('../../lib/editions/back-test.ts'),
      import('../open-place.ts'),
    ]);
    const configured = await selectorOf({ config: where.config });
    const compared =
      profile === undefined
        ? { after: configured }
        : { before: configured, after: await selectorOf({ config: where.config, profile }) };
    const found = await lookInPlace(where, ({ stores }) =>
      backTest(stores, { since: since.toISOString(), ...compared }),
    );
    process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : describe(found));
  });
}

function ago(days: number): Date {
  return new Date(Date.now() - days * DAY);
}

function daysOrTime(text: string): Date {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  const at = days === undefined ? new Date(text) : ago(Number(days));
  if (days !== undefined || (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(at.getTime()))) return at;
  throw new InvalidArgumentError('Write days like 30d, or a time like 2026-11-23.');
}

function describe({ profiles, items, picked, gained, lost, since }: BackTest): string {
  if (items === 0) return `Nothing to compare: no item since ${since} was decided before.\n`;
  const same = profiles.before.length === 1 && profiles.before[0] === profiles.after;
  return [
    line('Before', profiles.before.join(', ')),
    line('After', profiles.after + (same ? ' (the same)' : '')),
    line('Items', `${count(items, 'item')} since ${since.slice(0, 10)}; both pick ${picked}`),
    ...table('Gained', gained, '+'),
    ...table('Lost', lost, '-'),
  ].join('');
}

function table(label: string, rows: readonly Differing[], sign: '+' | '-'): string[] {
  return [
    line(label, rows.length === 0 ? 'none' : count(rows.length, 'item')),
    ...rows.map((row) => `${describeRow(row, sign)}\n`),
  ];
}

function describeRow({ item, before, after }: Differing, sign: '+' | '-'): string {
  const scores = `${before.score.toFixed(2)} -> ${after.score.toFixed(2)}`;
  const [reason] = after.reasons.filter(({ weight }) => weight > 0 === (sign === '+'));
  return `  ${sign} ${scores}  ${after.lang}  ${item.title}  ${style('dim', `${item.publisher}${reason ? `; ${reason.text}` : ''}`)}`;
}
