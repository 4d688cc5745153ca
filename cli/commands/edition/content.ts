import type { Command } from 'commander';
import { loadConfig } from '../../../lib/config/load.ts';
import { diffEditions, type EditionDiff } from '../../../lib/editions/diff.ts';
import type { Edits } from '../../../lib/editions/edits.ts';
import type { EditionRecord } from '../../../lib/editions/ports.ts';
import { storiesOf } from '../../../lib/editions/since.ts';
import { line } from '../../summary.ts';
import { count, style } from '../../terminal.ts';
import { answer, type EditionOptions, editionOf, grouped } from './open.ts';
import { type Replayed, replayed } from './replayed.ts';

const ID = ['<id>', 'the edition'] as const;

export function showCommand(): Command {
  return grouped(
    'show',
    'what one edition tells; --json gives all that is stored, with every decision',
    'war-daily-nl-20261123T0600Z',
  )
    .argument(...ID)
    .action((id: string, options: EditionOptions) => answer(options, (stores) => editionOf(stores, id), show));
}

export function diffCommand(): Command {
  return grouped(
    'diff',
    'which stories came, went, grew or moved between two editions',
    'war-daily-nl-20261122T0600Z war-daily-nl-20261123T0600Z',
  )
    .argument('<before>', 'the earlier edition')
    .argument('<after>', 'the later edition')
    .action((before: string, after: string, options: EditionOptions) =>
      answer(
        options,
        async (stores) =>
          diffEditions((await editionOf(stores, before)).edition, (await editionOf(stores, after)).edition),
        changes,
      ),
    );
}

export function replayCommand(): Command {
  return grouped(
    'replay',
    'render a stored edition again; exit code 1 when that is not what was mailed',
    'war-daily-nl-20261123T0600Z',
  )
    .argument(...ID)
    .action((id: string, options: EditionOptions) =>
      answer(
        options,
        async (stores) => checked(replayed(await editionOf(stores, id), await loadConfig(options.config))),
        outcome,
      ),
    );
}

/** A script sees by the exit code what a person reads. */
function checked(replay: Replayed): Replayed {
  if (replay.differs.length > 0) process.exitCode = 1;
  return replay;
}

function show({ edition, message, status }: EditionRecord): string {
  const { counts, versions, considered, health } = edition;
  const stories = storiesOf(edition).map(({ items, change }, index) => {
    const publishers = new Set(items.map(({ item }) => item.publisher));
    const about = style('dim', `${[...publishers].join(', ')}${change === 'grown' ? ' (grown)' : ''}`);
    return `${String(index + 1).padStart(4)}  ${items[0]?.item.title}\n      ${about}\n`;
  });
  return [
    `${style('bold', message.subject)}\n`,
    ...(stories.length > 0 ? stories : ['  Nothing passed the quality floor.\n']),
    '\n',
    line('Edition', `${edition.id}, ${status}, composed ${edition.composedAt}`),
    line('Items', `${counts.items} looked at, ${counts.picked} picked, ${considered.length} told as left out`),
    ...(edition.edits ? [line('Editor', decided(edition.edits))] : []),
    line('Feeds', `${health.healthy} of ${health.total} could be read`),
    line('Made by', `Dispatches ${versions.code}, profile ${versions.profile}, settings ${versions.config}`),
  ].join('');
}

function decided({ pinned, hidden, threshold }: Edits): string {
  const own = threshold === undefined ? '' : `, threshold ${threshold.toFixed(2)}`;
  return `${count(pinned.length, 'item')} pinned, ${hidden.length} hidden${own}`;
}

function changes({ added, dropped, changed }: EditionDiff): string {
  const moved = changed.map(({ title, items, place }) => {
    const grew = items[0] === items[1] ? '' : `, ${items[0]} -> ${count(items[1], 'item')}`;
    return `~ ${title} ${style('dim', `place ${place[0]} -> ${place[1]}${grew}`)}\n`;
  });
  const lines = [
    ...added.map(({ title }) => `${style('green', '+')} ${title}\n`),
    ...dropped.map(({ title }) => `${style('red', '-')} ${title}\n`),
    ...moved,
  ];
  return lines.join('') || 'They tell the same stories in the same order.\n';
}

function outcome({ id, differs, made, now }: Replayed): string {
  if (differs.length === 0) return `${id}: rendered again, byte for byte what was mailed.\n`;
  return (
    `${id}: ${differs.join(', ')} would not be what was mailed. It was made by Dispatches ${made}; this is ${now}. ` +
    'Templates, texts or settings changed since; what was mailed stays in the store.\n'
  );
}
