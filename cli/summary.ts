import type { PublishResult } from '../lib/delivery/publish.ts';
import type { DeliverResult } from '../lib/delivery/result.ts';
import { UnavailableError } from '../lib/errors.ts';
import type { CollectResult } from '../lib/feeds/collect.ts';
import { languageOf } from './language-of.ts';
import { count, style } from './terminal.ts';

export interface Results {
  readonly collected: CollectResult;
  readonly published: PublishResult;
  readonly delivered: readonly DeliverResult[];
  /** Mails that were being sent when an earlier run broke off, and of which nobody knows yet whether they left. */
  readonly inDoubt: number;
}

/** One labelled line of a summary. */
export function line(label: string, text: string): string {
  return `  ${style('bold', label.padEnd(9))}${text}\n`;
}

/** What was read, picked and mailed, in a few lines. @param nameOf the publisher of a feed's address */
export function summarise(results: Results, nameOf: (url: string) => string): string {
  const { published, delivered, inDoubt } = results;
  return [
    ...made(results, nameOf),
    line('Mails', mailsLine(published, delivered)),
    inDoubt > 0
      ? line('', `${count(inDoubt, 'mail')} in doubt since an earlier run broke off: later runs settle it`)
      : '',
  ].join('');
}

/** The same for a stage, whose mails leave through its queue after the functions are done. */
export function summariseStage(results: Pick<Results, 'collected' | 'published'>, stage: string): string {
  const { editions } = results.published;
  const rows = editions.map(({ id, outcome, audience }) => `${id} ${outcome}, ${count(audience, 'reader')}`);
  const mailed = editions.find(({ audience }) => audience > 0);
  return [
    ...made(results, (url) => url),
    ...(rows.length > 0 ? rows : ['none: there is no reader whose hour has come']).map((text, index) =>
      line(index === 0 ? 'Editions' : '', text),
    ),
    mailed ? line('Mails', `on their way; see dispatches edition report ${mailed.id} --stage ${stage}`) : '',
  ].join('');
}

function made({ collected, published }: Pick<Results, 'collected' | 'published'>, nameOf: (url: string) => string) {
  const { items, picked, notPicked, editions } = published;
  return [
    line('Feeds', feedsLine(collected)),
    ...collected.failed.map(({ url, problem }) => line('', style('dim', `${nameOf(url)}: ${problem}`))),
    line(
      'Items',
      `${items.toLocaleString('en')} looked at, ${picked} picked, ${notPicked.toLocaleString('en')} left out`,
    ),
    ...storiesLines(editions).map((text, index) => line(index === 0 ? 'Stories' : '', text)),
  ];
}

/** @throws UnavailableError when the mail service takes nothing any more */
export function checkSent(delivered: readonly DeliverResult[]): void {
  const stopped = delivered.find((result) => result.stopped)?.stopped;
  if (!stopped) return;
  throw new UnavailableError(
    `No mail can leave: ${stopped}.`,
    'Correct that and run it again: nobody is mailed twice.',
  );
}

function feedsLine({ read, unchanged, notDue, failed, newItems }: CollectResult): string {
  const parts = [
    `${read} read`,
    unchanged > 0 ? `${unchanged} unchanged` : '',
    notDue > 0 ? `${notDue} not due` : '',
    failed.length > 0 ? `${failed.length} failed` : '',
  ];
  return `${parts.filter(Boolean).join(', ')}; ${count(newItems, 'new item')}`;
}

/** `9 in Dutch, English and Ukrainian`: one line for all editions that tell equally many stories. */
function storiesLines(editions: PublishResult['editions']): readonly string[] {
  const byCount = Map.groupBy(editions, ({ stories }) => stories);
  return [...byCount].map(([stories, alike]) => {
    const languages = [...new Set(alike.map(({ id }) => languageOf(id)))].sort();
    const several = alike.length > languages.length ? ` (${alike.length} editions)` : '';
    return `${stories} in ${new Intl.ListFormat('en-GB').format(languages)}${several}`;
  });
}

function mailsLine({ editions }: PublishResult, delivered: readonly DeliverResult[]): string {
  const sum = (field: 'sent' | 'rejected' | 'uncertain' | 'expired' | 'deferred' | 'suppressed') =>
    delivered.reduce((total, result) => total + result[field], 0);
  const failed = sum('rejected') + sum('uncertain') + sum('expired') + sum('deferred');
  if (sum('sent') + failed > 0) return `${sum('sent')} sent${failed > 0 ? `, ${failed} not: see the log` : ''}`;
  if (editions.length === 0) return 'none: there is no reader whose hour has come';
  if (editions.every(({ outcome }) => outcome === 'outage')) return 'none: most feeds could not be read';
  if (editions.every(({ outcome }) => outcome === 'quiet')) return 'none: there is no news to send';
  const out = sum('suppressed');
  if (out > 0) return `none: ${count(out, 'reader')} left, paused or chose this hour after it had come`;
  return 'none: this edition went out before, and nothing is sent twice';
}
