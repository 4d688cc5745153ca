import { once } from 'node:events';
import { Command } from 'commander';
import { loadConfig } from '../../lib/config/load.ts';
import type { PublishResult } from '../../lib/delivery/publish.ts';
import type { DeliverResult } from '../../lib/delivery/result.ts';
import { UnavailableError } from '../../lib/errors.ts';
import type { CollectResult } from '../../lib/feeds/collect.ts';
import { count, createProgress, style } from '../terminal.ts';
import { startTrial, type Trial } from '../trial.ts';

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
    .option('--config <file>', 'configuration file', 'dispatches.config.ts')
    .option('--state <dir>', 'folder of database, keys and mails', '.dispatches')
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
    const now = new Date().toISOString();
    await trial.local.app.sweep();
    const collected = await trial.local.app.collect({ force: true });
    const published = await trial.local.app.publish({ at: now, withinHours: 24 });
    const delivered = await trial.local.idle();
    process.stdout.write(summary(trial, collected, published, delivered, options));
    check(collected, delivered);
    if (!options.once) await untilStopped();
  } finally {
    await trial.close();
  }
}

/** Throws when what was asked for did not happen; a few feeds that fail are daily life. */
function check(collected: CollectResult, delivered: readonly DeliverResult[]): void {
  if (collected.read + collected.unchanged === 0 && collected.failed.length > 0)
    throw new UnavailableError('No feed could be read.', 'The reasons stand above; nothing was mailed.');
  const stopped = delivered.find((result) => result.stopped)?.stopped;
  if (stopped)
    throw new UnavailableError(`The mail service refuses: ${stopped}.`, 'Mail that is left goes out next time.');
}

async function untilStopped(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  process.stdout.write('\nStopped.\n');
}

function summary(
  { feeds, inbox, site }: Trial,
  collected: CollectResult,
  published: PublishResult,
  delivered: readonly DeliverResult[],
  { state, once: brief }: StartOptions,
): string {
  const line = (label: string, text: string) => `  ${style('bold', label.padEnd(9))}${text}\n`;
  const name = (url: string) => feeds.sources.find((source) => source.url === url)?.title ?? url;
  return [
    '\n',
    line('Feeds', feedsLine(collected)),
    ...collected.failed.map(({ url, problem }) => line('', style('dim', `${name(url)}: ${problem}`))),
    line('Items', `${published.items} looked at, ${published.picked} picked, ${published.notPicked} left out`),
    line('Stories', published.editions.map(({ id, stories }) => `${stories} in ${id}`).join('\n           ') || 'none'),
    line('Mails', mailsLine(published, delivered)),
    '\n',
    line('Inbox', brief ? `${state}/outbox/*.eml` : inbox.url),
    line('Site', brief ? 'run without --once' : site.url),
    line('Preview', brief ? 'npm run -s dispatches -- preview' : `${inbox.url}/preview`),
    line('State', `${state}/ (remove the folder to begin again)`),
    brief ? '' : '\n  Ctrl-C stops.\n',
  ].join('');
}

function feedsLine({ read, unchanged, failed, newItems }: CollectResult): string {
  const parts = [
    `${read} read`,
    unchanged ? `${unchanged} unchanged` : '',
    failed.length ? `${failed.length} failed` : '',
  ];
  return `${parts.filter(Boolean).join(', ')}; ${count(newItems, 'new item')}`;
}

function mailsLine(published: PublishResult, delivered: readonly DeliverResult[]): string {
  const sum = (field: 'sent' | 'rejected' | 'uncertain') =>
    delivered.reduce((total, result) => total + result[field], 0);
  if (
    published.editions.length > 0 &&
    published.editions.every(({ outcome }) => outcome === 'already') &&
    sum('sent') === 0
  )
    return 'none: this edition went out before, and nothing is sent twice';
  if (published.editions.every(({ outcome }) => outcome === 'quiet')) return 'none: there is no news today';
  const failed = sum('rejected') + sum('uncertain');
  return `${sum('sent')} sent${failed > 0 ? `, ${failed} not` : ''}`;
}
