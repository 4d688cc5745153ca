import { publishNow } from '../run/publish-now.ts';
import { sampleConfig } from '../sample/config.ts';
import { checkSent, line, type Results, summarise } from '../summary.ts';
import { createProgress } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';
import { startTrial, type Trial } from './trial.ts';

export interface StartOptions {
  readonly once?: boolean;
  readonly port?: number;
  readonly config: string;
  readonly state: string;
}

/** Sets up the trial, publishes what is due, tells what happened and serves until Ctrl-C. */
export async function start(options: StartOptions): Promise<void> {
  const config = await sampleConfig(options.config);
  const trial = await startTrial({
    ...{ config, folder: options.state, clock: () => new Date(), progress: createProgress() },
    port: options.port,
  });
  try {
    const results = await publishNow(trial.local, new Date());
    process.stdout.write(summary(trial, results, options));
    checkSent(results.delivered);
    if (!options.once) await untilStopped();
  } finally {
    await trial.close();
  }
}

function summary({ feeds, inbox, site }: Trial, results: Results, { state, once: brief }: StartOptions): string {
  const nameOf = (url: string) => feeds.sources.find((source) => source.url === url)?.title ?? url;
  const where = brief
    ? [line('Mail', `${state}/outbox/*.eml`), line('Look', `run it without --once for inbox and site`)]
    : [
        line('Inbox', `${inbox.url}  every mail lands here, also the letters that the site sends`),
        line('Preview', `${inbox.url}/preview  what was picked and left out, and why; the studio of the next edition`),
        line('Site', `${site.url}  where readers subscribe, change and leave`),
        line('Sources', `${feeds.url}  the sample feeds and articles, invented`),
      ];
  const kept = line('State', `${state}/ (remove the folder to begin again)`);
  return ['\n', summarise(results, nameOf), '\n', ...where, kept, brief ? '' : '\n  Ctrl-C stops.\n'].join('');
}
