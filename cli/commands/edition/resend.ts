import type { Command } from 'commander';
import { type ResendDeps, resendFailed } from '../../../lib/delivery/resend-failed.ts';
import { silent } from '../../../lib/log.ts';
import { agree } from '../../agree.ts';
import type { Place } from '../../open-place.ts';
import { option } from '../../options.ts';
import { count } from '../../terminal.ts';
import { type EditionOptions, grouped } from './open.ts';

interface ResendOptions extends EditionOptions {
  readonly uncertain?: boolean;
  readonly yes?: boolean;
}

export function resendFailedCommand(): Command {
  return grouped('resend-failed', 'send an edition again to those whom it did not reach', 'war-daily-nl-20261123T0600Z')
    .argument('<id>', 'the edition')
    .option('--uncertain', 'also to those of whom nobody knows: they may get it a second time')
    .addOption(option.yes('before mail leaves'))
    .action(async (id: string, { json, uncertain = false, yes, ...where }: ResendOptions) => {
      const { inPlace } = await import('../../open-place.ts');
      const result = await inPlace(where, (place) => resend(place, { editionId: id, uncertain, yes }));
      if (json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
      else process.stdout.write(told(result.rejected + result.uncertain, where.stage));
    });
}

async function resend(
  place: Place,
  { yes, ...input }: { editionId: string; uncertain: boolean; yes: boolean | undefined },
) {
  const deps: ResendDeps = { ...place.stores, queue: place.queue(), clock: () => new Date(), log: silent };
  const found = await resendFailed(deps, { ...input, dryRun: true });
  const all = found.rejected + found.uncertain;
  if (all === 0) return found;
  const which = `${found.rejected} refused, ${found.uncertain} uncertain`;
  await agree(`Send ${input.editionId} again to ${count(all, 'reader')} (${which})?`, yes);
  return resendFailed(deps, input);
}

function told(mails: number, stage: string | undefined): string {
  if (mails === 0) return 'There is nobody to send it to again.\n';
  const how = stage ? 'on their way' : 'planned again: "dispatches serve" sends them within a quarter of an hour';
  return `${count(mails, 'mail')} ${how}.\n`;
}
