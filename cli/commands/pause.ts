import { Command } from 'commander';
import type { Where } from '../open-place.ts';
import { whereOptions } from '../options.ts';

interface PauseOptions extends Where {
  readonly reason?: string;
}

export function pauseCommand(): Command {
  const command = new Command('pause')
    .description(
      'Stops all mail, letters too, until "dispatches resume". What waits stays planned, and expires as always.',
    )
    .option('--reason <text>', 'shown by status and doctor')
    .addHelpText('after', '\nExamples:\n  dispatches pause --reason "wrong headline"\n  dispatches pause --stage prod')
    .action(async ({ reason, ...where }: PauseOptions) => {
      const [{ inPlace }, { pauseSending }] = await Promise.all([
        import('../open-place.ts'),
        import('../../lib/delivery/sending.ts'),
      ]);
      const clock = () => new Date();
      await inPlace(where, ({ stores }) => pauseSending({ sending: stores.sending, clock }, reason ? { reason } : {}));
      process.stdout.write('Paused: no mail leaves. A mail that is on its way now still arrives.\n');
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}
