import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { InputError } from '../../lib/errors.ts';
import { averagePrecision, type Judged, qualityAt } from '../../lib/selection/measure.ts';
import type { Profile } from '../../lib/selection/profile.ts';
import { createSelector } from '../../lib/selection/selector.ts';
import { option } from '../options.ts';
import { type ByProfile, profileOf, profileOption } from '../selector-of.ts';
import { readInputItem } from './input-item.ts';

interface Row extends Judged {
  readonly lang: string;
  readonly title: string;
  readonly picked: boolean;
}

/** `dispatches evaluate <labelled.jsonl>`: how well the profile picks an operator's own labelled items. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Measure the profile on labelled items: NDJSON {id, title, summary, label: 0|1|2}')
    .argument('<file>', 'labelled items; 2 is coverage, 1 related (counted nowhere), 0 not')
    .addOption(option.config())
    .addOption(profileOption())
    .addHelpText('after', '\nExample:\n  dispatches evaluate labelled.jsonl --profile profile-new')
    .action(async (file: string, by: ByProfile) => {
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new InputError(`${file} cannot be read.`, 'Name a file of NDJSON lines with title and label.', { cause });
      });
      const profile = await profileOf(by);
      const rows = judge(text, profile);
      if (rows.length === 0)
        throw new InputError(`${file} holds no labelled item.`, 'Each line needs id, title and a label 0, 1 or 2.');
      process.stdout.write(
        `${[...table(rows, profile.threshold), '', ...tradeOff(rows), '', ...mistakes(rows)].join('\n')}\n`,
      );
    });
}

function judge(text: string, profile: Profile): Row[] {
  const selector = createSelector(profile);
  return text.split('\n').flatMap((line) => {
    const input = readInputItem(line);
    const label = labelOf(line);
    if ('error' in input || label === undefined) return [];
    const { score, picked, lang } = selector.decide({ ...input, link: input.url });
    return [{ label, score, picked, lang, title: input.title }];
  });
}

function labelOf(line: string): Judged['label'] | undefined {
  const label = /"label"\s*:\s*([012])\b/.exec(line)?.[1];
  return label === '2' ? 2 : label === '1' ? 1 : label === '0' ? 0 : undefined;
}

function table(rows: readonly Row[], threshold: number): string[] {
  const line = (name: string, of: readonly Row[]) => {
    const { positives, negatives, precision, recall, f1 } = qualityAt(of, threshold);
    const figures = [precision, recall, f1, averagePrecision(of)].map((x) => (100 * x).toFixed(1).padStart(7));
    return `${name.padEnd(6)}${String(positives).padStart(5)}${String(negatives).padStart(6)}${figures.join('')}`;
  };
  const byLanguage = Object.entries(Object.groupBy(rows, ({ lang }) => lang));
  const languages = byLanguage.map(([lang, of]) => line(lang, of ?? []));
  return ['lang    pos   neg   prec    rec     F1     AP', ...languages.sort(), line('ALL', rows)];
}

/** F1 by threshold, as bars. */
function tradeOff(rows: readonly Row[]): string[] {
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((threshold) => {
    const { precision, recall, f1 } = qualityAt(rows, threshold);
    const figures = `prec ${(100 * precision).toFixed(0)} rec ${(100 * recall).toFixed(0)} F1 ${(100 * f1).toFixed(1)}`;
    return `${threshold.toFixed(1)} ${'#'.repeat(Math.round(40 * f1)).padEnd(40)} ${figures}`;
  });
}

function mistakes(rows: readonly Row[]): string[] {
  const wrong = rows.filter(({ label, picked }) => label !== 1 && (label === 2) !== picked);
  const worst = wrong.sort((a, b) => Math.abs(b.score - 0.5) - Math.abs(a.score - 0.5));
  const lines = worst.map(({ label, score, lang, title }) => {
    return `${label === 2 ? 'missed' : 'wrongly picked'}  ${score.toFixed(2)}  ${lang}  ${title}`;
  });
  return [`${wrong.length} mistakes`, ...lines];
}
