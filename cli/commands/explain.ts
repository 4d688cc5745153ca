import { Command } from 'commander';
import type { Kept } from '../../lib/editions/kept.ts';
import { type Explanation, explain, explainLines } from '../../lib/selection/explain.ts';
import { createSelector } from '../../lib/selection/selector.ts';
import { isAddress, readArticles } from '../article/read.ts';
import type { Where } from '../open-place.ts';
import { hasState } from '../open-state.ts';
import { option, whereOptions } from '../options.ts';
import { profileOf, profileOption } from '../selector-of.ts';
import { findStored, isKey, keptLine } from './explain/stored.ts';
import { itemNumber } from './profile/add.ts';

interface Options extends Where {
  readonly profile?: string;
  readonly item?: number;
  readonly json?: boolean;
}

interface Subject {
  readonly title: string;
  readonly summary: string;
  readonly kept?: Kept;
}

const EXAMPLES = `
Examples:
  dispatches explain article.txt
  dispatches explain news.xml --item 3
  dispatches explain https://example.org/2026/liberated-town --json`;

/** `dispatches explain`: the score of an article or headline, with every reason and its weight. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description('Explains why something would be picked or not: every reason with its weight, and what was missing.')
    .argument('<what>', 'web address, file (page, text or feed), or the key or address of a stored item')
    .option('--item <number>', 'only this item of a feed', itemNumber)
    .addOption(profileOption())
    .addOption(option.json())
    .addHelpText('after', EXAMPLES);
  for (const each of whereOptions()) command.addOption(each);
  return command.action(async (what: string, options: Options) => {
    const profile = await profileOf(options);
    const selector = createSelector(profile);
    const subjects = await subjectsOf(what, options);
    const told = subjects.map(({ kept, ...item }) => ({ ...explain(profile, selector, item), ...(kept && { kept }) }));
    process.stdout.write(options.json ? `${JSON.stringify(told, null, 2)}\n` : told.map(describe).join('\n'));
  });
}

async function subjectsOf(what: string, options: Options): Promise<readonly Subject[]> {
  const stored = await storedSubject(what, options);
  if (stored) return [stored];
  const articles = await readArticles(what, options.config);
  const chosen = options.item === undefined ? articles : articles.slice(options.item - 1, options.item);
  return chosen.map(({ title, text }) => ({ title, summary: text }));
}

/** A key is looked for in the store; an address too, if there is one, before it is fetched. */
async function storedSubject(what: string, where: Options): Promise<Subject | undefined> {
  const wanted = isKey(what) || (isAddress(what) && (where.stage !== undefined || hasState(where.state)));
  if (!wanted) return undefined;
  const { lookInPlace } = await import('../open-place.ts');
  const found = await lookInPlace(where, ({ stores }) => findStored(stores, what));
  return found && { title: found.item.title, summary: found.item.summary, ...(found.kept && { kept: found.kept }) };
}

function describe({ kept, ...explanation }: Explanation & { readonly kept?: Kept }): string {
  return [...explainLines(explanation), ...(kept ? [keptLine(kept)] : [])].map((line) => `${line}\n`).join('');
}
