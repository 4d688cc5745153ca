import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../lib/config/load.ts';
import { stageOf } from '../../lib/config/stage.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import { InputError } from '../../lib/errors.ts';
import { openOutbox } from '../../lib/runtime/local-ses/outbox.ts';
import { outboxTransport } from '../../lib/runtime/local-ses/transport.ts';
import type { Locale } from '../../lib/types.ts';
import { agree } from '../agree.ts';
import { readFeedInput } from '../feed-input.ts';
import { inPlace } from '../open-place.ts';
import { siteUrlOf } from '../site-url.ts';
import { checkSent, line, summarise, summariseStage } from '../summary.ts';
import { count, createProgress, style } from '../terminal.ts';
import { nowhere, type Outcome, runByHand } from './by-hand.ts';
import { countDue } from './due-readers.ts';
import { editionFile } from './edition-file.ts';
import { runOwn } from './own.ts';

export interface RunOptions {
  readonly feeds?: readonly string[];
  readonly to?: string;
  readonly outbox?: string;
  readonly now?: Date;
  readonly since?: Date;
  readonly locale?: Locale;
  readonly dryRun?: boolean;
  readonly stage?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly config: string;
  readonly state: string;
}

/** One edition now: on a stage, from feeds named by hand, or of the publication on this machine. */
export async function run(options: RunOptions): Promise<void> {
  if (options.stage) return deployed(options, options.stage);
  if (options.feeds) return byHand(options, options.feeds);
  return own(options);
}

async function own(options: RunOptions): Promise<void> {
  const { config: configFile, state, outbox, yes, now = new Date() } = options;
  const config = await loadConfig(configFile);
  const results = await runOwn({ config, configFile, state, outbox, now, yes, progress: createProgress() });
  const { mailed, ...told } = results;
  if (options.json) process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  else process.stdout.write(`${summarise(results, (url) => url)}${line(config.serve ? 'By' : 'Outbox', mailed)}`);
  checkSent(results.delivered);
}

async function byHand(options: RunOptions, places: readonly string[]): Promise<void> {
  const { dryRun, outbox } = options;
  if (!dryRun && !(options.to && outbox))
    throw new InputError(
      'It is not said to whom and where the mail goes.',
      'Add --to ADDRESS --outbox DIR, or --dry-run.',
    );
  const config = await loadConfig(options.config);
  const outcome = await runByHand({
    config,
    feeds: await readFeedInput(places),
    to: options.to ?? 'reader@example.org',
    locale: options.locale ?? config.locales[0] ?? 'en',
    now: options.now ?? new Date(),
    ...(options.since && { since: options.since }),
    transport: outbox && !dryRun ? outboxTransport(await openOutbox(outbox)) : nowhere,
    siteUrl: siteUrlOf(config),
    progress: createProgress(),
  });
  outcome.local.close();
  await tell(outcome, options);
  checkSent(outcome.delivered);
}

async function tell(outcome: Outcome, { dryRun, outbox, json }: RunOptions): Promise<void> {
  const result = editionFile(outcome.record, outcome.collected);
  const text = `${JSON.stringify(result, null, 2)}\n`;
  if (outbox && !dryRun) {
    await mkdir(outbox, { recursive: true });
    await writeFile(join(outbox, 'edition.json'), text);
  }
  if (json) process.stdout.write(text);
  else process.stdout.write(`${titles(outcome)}${summarise(outcome, (url) => url)}${where(outbox, dryRun)}`);
}

function titles({ record }: Outcome): string {
  const stories = storiesOf(record.edition).map(({ items }) => {
    const [first, ...others] = items.map(({ item }) => item);
    const more = others.length > 0 ? ` +${others.length}` : '';
    return `  ${first?.title} ${style('dim', `${first?.publisher}${more}`)}\n`;
  });
  return `\n${style('bold', record.message.subject)}\n${stories.join('')}\n`;
}

function where(outbox: string | undefined, dryRun: boolean | undefined): string {
  if (dryRun) return line('', 'Dry run: nothing was written, nobody was mailed.');
  return line('Outbox', `${outbox}: messages as .eml, edition.json with every decision`);
}

async function deployed({ config: file, now = new Date(), yes, json }: RunOptions, stage: string): Promise<void> {
  const config = await loadConfig(file);
  const settings = stageOf(config, stage, file);
  const [{ runStage }, { stageOutputs }] = await Promise.all([import('./stage.ts'), import('../stage/outputs.ts')]);
  const outputs = await stageOutputs(settings, stage);
  const hours = config.edition.sendWithinHours;
  const due = yes
    ? 0
    : await inPlace({ state: '', stage, config: file }, ({ stores }) => countDue(stores.subscribers, now, hours));
  await agree(`Publish on stage "${stage}" now? ${count(due, 'reader')} whose hour has come may get real mail.`, yes);
  const ran = await runStage({ settings, outputs, now, say: (text) => process.stderr.write(`${text}\n`) });
  process.stdout.write(json ? `${JSON.stringify(ran, null, 2)}\n` : summariseStage(ran, stage));
}
