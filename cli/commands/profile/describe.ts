import type { Exemplar } from '../../../lib/selection/exemplars/model.ts';
import { line } from '../../summary.ts';
import { style } from '../../terminal.ts';

const SHOWN = 8;

/** An exemplar in five lines. */
export function describeExemplar({ name, negative, strength, lang, source, concepts, names, terms }: Exemplar): string {
  const about = [negative ? 'less like this' : 'more like this', `strength ${strength}`, lang, source];
  const list = (shares: Readonly<Record<string, number>>) =>
    Object.entries(shares)
      .slice(0, SHOWN)
      .map(([id, share]) => `${id} ${share}`)
      .join(', ') || 'none';
  return [
    `${style('bold', name)}  ${about.filter(Boolean).join(', ')}\n`,
    line('Concepts', list(concepts)),
    line('Names', list(names)),
    line('Words', list(terms)),
  ].join('');
}
