import { Command } from 'commander';
import { checkDocument, checkFeed, type FeedReport } from '../../../lib/feeds/check.ts';
import { inPool } from '../../../lib/feeds/pool.ts';
import { type FeedInput, readFeedInput, readFeedList } from '../../feed-input.ts';
import { option } from '../../options.ts';
import { createProgress, style } from '../../terminal.ts';
import { feedSettings } from './settings.ts';

interface CheckOptions {
  readonly config: string;
  readonly json?: boolean;
}

const AT_A_TIME = 8;

/** `dispatches feeds check`: fetches every feed and says in a line each how it is. */
export function checkCommand(): Command {
  return new Command('check')
    .summary('fetch every feed and say how it is')
    .description('Fetches the feeds of the list, or those named, and says what is wrong with each and what to do.')
    .argument('[where...]', 'web addresses, OPML files, feed files or folders of them (default: the feed list)')
    .addOption(option.config())
    .addOption(option.json())
    .addHelpText(
      'after',
      '\nExit code 1 when a feed cannot be read.\n\nExamples:\n  dispatches feeds check\n  dispatches feeds check https://example.org/news.xml --json',
    )
    .action(async (where: string[], { config, json }: CheckOptions) => {
      const { list, fetcher } = await feedSettings(config);
      const input: FeedInput =
        where.length > 0 ? await readFeedInput(where) : { sources: await readFeedList(list), files: [] };
      const reports = await checkAll(input, fetcher);
      process.stdout.write(json ? `${JSON.stringify(reports, null, 2)}\n` : reports.map(describe).join(''));
      if (reports.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function checkAll(input: FeedInput, fetcher: Parameters<typeof checkFeed>[1]): Promise<readonly FeedReport[]> {
  const clock = () => new Date();
  const progress = createProgress();
  const total = input.sources.length + input.files.length;
  let done = 0;
  const jobs = [
    ...input.sources.map(
      ({ url }) =>
        () =>
          checkFeed(url, fetcher, clock),
    ),
    ...input.files.map(
      ({ source, bytes }) =>
        () =>
          checkDocument(source.title ?? source.url, bytes, clock),
    ),
  ];
  return inPool(jobs, AT_A_TIME, async (job) => {
    const report = await job();
    progress('feeds', ++done, total);
    return report;
  });
}

function describe(report: FeedReport): string {
  const { ok, url, title, format, items, newest, everyMinutes, remarks } = report;
  const mark = !ok ? style('red', '✗') : remarks.length > 0 ? style('yellow', '!') : style('green', '✓');
  const facts = ok
    ? `${format}, ${items} items, newest ${newest?.slice(0, 16) ?? 'undated'}, every ${everyMinutes} min`
    : '';
  const first = [mark, title ?? '', style('dim', url), facts].filter(Boolean).join('  ');
  return [first, ...remarks.map((remark) => `     ${remark}`)].map((line) => `${line}\n`).join('');
}
