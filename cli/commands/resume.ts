import { Command } from 'commander';
import type { Place, Where } from '../open-place.ts';
import { option, whereOptions } from '../options.ts';
import { count } from '../terminal.ts';

interface ResumeOptions extends Where {
  readonly sentUntil?: Date;
  readonly yes?: boolean;
}

const EXAMPLES = `
Lifts a pause, the brake after too many bounces or complaints, and the fence of a restored database, and counts bounces and
complaints anew. Asks first, with the number of mails that wait.

Examples:
  dispatches resume
  dispatches resume --stage prod --sent-until 2026-11-23T06:00:00Z   editions due up to then count as sent`;

export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('Lets mail leave again.')
    .addOption(option.sentUntil())
    .addOption(option.yes('before mail leaves'))
    .addHelpText('after', EXAMPLES)
    .action(async ({ sentUntil, yes, ...where }: ResumeOptions) => {
      const { inPlace } = await import('../open-place.ts');
      await inPlace(where, (place) => resume(place, { sentUntil, yes }));
      process.stdout.write('Mail may leave.\n');
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}

async function resume(
  { stores }: Place,
  options: { readonly yes: boolean | undefined; readonly sentUntil: Date | undefined },
): Promise<void> {
  const [{ resumeSending }, { readStatus }, { agree }] = await Promise.all([
    import('../../lib/delivery/sending.ts'),
    import('../status.ts'),
    import('../agree.ts'),
  ]);
  const { sending, editions } = await readStatus(stores, new Date());
  const waiting = editions.reduce((sum, { mails }) => sum + (mails.planned ?? 0), 0);
  const why = sending.state === 'on' ? 'It is not held back' : `It is ${sending.state}`;
  await agree(`Let mail leave? ${why}; ${count(waiting, 'mail')} wait.`, options.yes);
  const sentUntil = options.sentUntil?.toISOString();
  await resumeSending({ sending: stores.sending, clock: () => new Date() }, sentUntil ? { sentUntil } : {});
}
