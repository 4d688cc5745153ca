import type { Edition } from '../editions/model.ts';
import { isOutage } from '../editions/outage.ts';
import { storiesOf } from '../editions/since.ts';
import { cleanLine, cleanSubject, shorten } from './escape.ts';
import { plural } from './format.ts';
import { say, texts } from './texts.ts';

/** So many silent publishers are named; how many there are stands before. */
const SILENT_MAX = 8;

/** What an edition without stories says: that the feeds were silent, that it is quiet, that all was told before, or that a wish left all out. */
export function quietTexts(edition: Edition) {
  const { quiet, outage } = texts(edition.variant);
  if (isOutage(edition.health)) return outage;
  const left = new Set(edition.considered.map(({ why }) => why));
  if (left.has('not wanted')) return quiet.wish;
  return left.has('already sent') ? quiet.told : quiet;
}

/** The one line of an edition without stories. */
export function noticeOf(edition: Edition): string {
  const silence = quietTexts(edition);
  const { quiet } = texts(edition.variant);
  const isPartial = silence === quiet && edition.health.healthy < edition.health.total;
  return say(isPartial ? quiet.partial : silence.text, valuesOf(edition));
}

/** Numbers that several texts name. */
export function valuesOf({ variant, counts, health }: Edition) {
  const t = texts(variant).counts;
  return {
    n: counts.items,
    picked: counts.picked,
    items: plural(variant, t.items, counts.items),
    feeds: plural(variant, t.feeds, health.total),
    total: health.total,
    healthy: health.healthy,
    failed: health.total - health.healthy,
  };
}

/** How much there is to read. */
export function summaryOf({ variant, counts, filter, dominant }: Edition): string {
  const t = texts(variant);
  const summary = say(t.summary, {
    stories: plural(variant, t.counts.stories, counts.stories),
    publishers: plural(variant, t.counts.publishers, counts.publishers),
    minutes: plural(variant, t.counts.minutes, counts.readMinutes),
  });
  const mostly = dominant ? say(t.mostly, { publisher: cleanSubject(dominant) }) : '';
  return [summary, filter ? t.chosen : '', mostly].filter(Boolean).join(' · ');
}

/** Nothing when every story is new and none ended: then there is nothing to compare. */
export function sinceOf(edition: Edition): string {
  const { variant, ended } = edition;
  const t = texts(variant).since;
  const grown = storiesOf(edition).filter((story) => story.change === 'grown').length;
  if (grown === 0 && ended.length === 0) return '';
  const counts = [
    [t.new, edition.counts.stories - grown],
    [t.grown, grown],
    [t.ended, ended.length],
  ] as const;
  const changes = counts.filter(([, n]) => n > 0).map(([forms, n]) => plural(variant, forms, n));
  return say(t.label, { changes: changes.join(', ') });
}

/** Stories that nobody reported on any more. */
export function endedOf({ variant, ended }: Edition): string {
  if (ended.length === 0) return '';
  const titles = ended.slice(0, 5).map(({ title }) => shorten(cleanLine(title), 80));
  return say(texts(variant).since.endedList, { titles: titles.join('; ') });
}

/** Which feeds were read. */
export function healthOf(edition: Edition): string {
  const { variant, health } = edition;
  const t = texts(variant).health;
  if (health.healthy === health.total) return plural(variant, t.all, health.total);
  const names = health.silent.slice(0, SILENT_MAX).map(cleanLine);
  if (names.length < health.silent.length) names.push('…');
  return `${say(t.some, valuesOf(edition))}${names.length > 0 ? ` ${say(t.silent, { names: names.join(', ') })}` : ''}`;
}
