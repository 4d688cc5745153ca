import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { MAX_SUMMARY } from '../../lib/feeds/model.ts';
import type { ScoredItem } from '../../lib/selection/model.ts';
import { createSelector } from '../../lib/selection/selector.ts';
import { groupStories } from '../../lib/selection/stories.ts';
import { type InputItem, readInputItem } from './input-item.ts';

/** `dispatches stories --batch`: groups the items of one time window; `{id, story}` a line. */
export function storiesCommand(): Command {
  return new Command('stories')
    .description('Group items into stories: NDJSON {id, title, summary, date} in, {id, story} a line out')
    .requiredOption('--batch', 'read the items of one time window from standard input until it ends')
    .addHelpText('after', '\nExamples:\n  dispatches stories --batch < items.jsonl')
    .action(async () => {
      const inputs: InputItem[] = [];
      for await (const line of createInterface({ input: process.stdin })) {
        if (!line.trim()) continue;
        const input = readInputItem(line);
        if ('error' in input) process.stdout.write(`${JSON.stringify(input)}\n`);
        else inputs.push(input);
      }
      for (const line of storyLines(inputs)) process.stdout.write(`${JSON.stringify(line)}\n`);
    });
}

/** The story of each input, in the order of the input. */
function storyLines(inputs: readonly InputItem[]): { id: string; story: string }[] {
  const selector = createSelector();
  const scored = inputs.map(
    (input): ScoredItem => ({ item: toItem(input), decision: selector.decide({ ...input, link: input.url }) }),
  );
  const now =
    scored
      .map(({ item }) => item.firstSeen)
      .sort()
      .at(-1) ?? new Date(0).toISOString();
  const storyOf = new Map(
    groupStories(scored, { now }).flatMap((story) => story.items.map(({ item }) => [item.key, story.id] as const)),
  );
  return inputs.map(({ id }) => ({ id, story: storyOf.get(id) ?? id }));
}

function toItem({ id, title, summary, source, date, url }: InputItem): ScoredItem['item'] {
  const at = date === null || Number.isNaN(Date.parse(date)) ? null : new Date(date).toISOString();
  return {
    key: id,
    feedUrl: '',
    publisher: source,
    family: source,
    title: title || summary.slice(0, 120),
    link: url,
    summary: summary.slice(0, MAX_SUMMARY),
    author: null,
    image: null,
    published: at,
    firstSeen: at ?? new Date(0).toISOString(),
    hash: '',
    backlog: false,
  };
}
