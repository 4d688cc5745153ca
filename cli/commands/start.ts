import { Command } from 'commander';
import { loadConfig } from '../../lib/config/load.ts';
import { option } from '../options.ts';
import { checkRead } from '../run/collect-input.ts';
import { checkSent, line, type Results, summarise } from '../summary.ts';
import { createProgress } from '../terminal.ts';
import { startTrial, type Trial } from '../trial.ts';
import { untilStopped } from '../until-stopped.ts';

interface StartOptions {
  readonly once?: boolean;
  readonly config: string;
  readonly state: string;
}

export function startCommand(): Command {
  return new Command('start')
    .description(
      'Runs everything on this machine: reads sample feeds, mails the digest to three sample readers through a local\n' +
        'mail service, and serves its inbox and the reader site until Ctrl-C. Nothing leaves this machine.',
    )
    .option('--once', 'do it and exit, without serving')
    .addOption(option.config())
    .addOption(option.state())
    .addHelpText('after', '\nExamples:\n  npm start\n  npm start -- --once --state /tmp/trial')
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const config = await loadConfig(options.config);
  const trial = await startTrial({
    ...{ config, folder: options.state, clock: () => new Date(), progress: createProgress() },
    fixedPorts: true,
  });
  try {
    await trial.local.app.sweep();
    const collected = await trial.local.app.collect({ force: true });
    checkRead(collected);
    const published = await trial.local.app.publish({ at: new Date().toISOString(), withinHours: 24 });
    const delivered = await trial.local.idle();
    process.stdout.write(summary(trial, { collected, published, delivered }, options));
    checkSent(delivered);
    if (!options.once) await untilStopped();
  } finally {
    await trial.close();
  }
}

function summary({ feeds, inbox, site }: Trial, results: Results, { state, once: brief }: StartOptions): string {
  const nameOf = (url: string) => feeds.sources.find((source) => source.url === url)?.title ?? url;
  const where = brief
    ? [line('Mail', `${state}/outbox/*.eml`), line('Look', `run "npm start" without --once for inbox and site`)]
    : [line('Inbox', inbox.url), line('Preview', `${inbox.url}/preview`), line('Site', site.url)];
  const kept = line('State', `${state}/ (remove the folder to begin again)`);
  return ['\n', summarise(results, nameOf), '\n', ...where, kept, brief ? '' : '\n  Ctrl-C stops.\n'].join('');
}
