import { Command } from 'commander';
import { discoverFeeds, type FoundFeed } from '../../../lib/feeds/discover.ts';
import type { FeedSource } from '../../../lib/feeds/model.ts';
import { option } from '../../options.ts';
import { count } from '../../terminal.ts';
import { addedTo, addToList } from './lists.ts';
import { feedSettings } from './settings.ts';

interface AddOptions {
  readonly config: string;
  readonly all?: boolean;
  readonly title?: string;
  readonly language?: string;
}

/** `dispatches feeds add`: finds the feed of a site and puts it into the feed list. */
export function addCommand(): Command {
  return new Command('add')
    .summary('find the feed of a site and add it')
    .description('Finds the feed of a site (or takes the feed itself), reads it once and adds it to the feed list.')
    .argument('<address>', 'site or feed')
    .option('--all', 'add every feed that the site names, not only the first')
    .option('--title <name>', 'name of the publisher, as readers will see it')
    .option('--language <tag>', 'its language, like nl or uk')
    .addOption(option.config())
    .addHelpText('after', '\nExample:\n  dispatches feeds add news.example.org --title "Example News" --language en')
    .action(async (address: string, options: AddOptions) => {
      const { list, fetcher } = await feedSettings(options.config);
      const found = await discoverFeeds(address, fetcher);
      const chosen = options.all ? found : found.slice(0, 1);
      const added = await addToList(
        list,
        chosen.map((feed) => toSource(feed, options)),
      );
      process.stdout.write(`${found.map(describe).join('')}${addedTo(list, added)}\n`);
    });
}

function toSource({ url, feed }: FoundFeed, { title, language }: AddOptions): FeedSource {
  const name = title ?? feed.title;
  return { url, ...(name ? { title: name } : {}), ...(language ? { lang: language } : {}) };
}

function describe({ url, feed }: FoundFeed): string {
  return `${feed.title ?? '(no title)'}: ${feed.format}, ${count(feed.items.length, 'item')}, ${url}\n`;
}
