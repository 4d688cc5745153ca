import type { Edition, EditionStory } from '../editions/model.ts';
import { isOutage } from '../editions/outage.ts';
import { storiesOf } from '../editions/since.ts';
import { cleanLine, cleanSubject, shorten } from './escape.ts';
import { clock, directionOf, longDate, plural, shortDate, zoneName } from './format.ts';
import type { DigestView, StoryView } from './shapes.ts';
import type { Site } from './site.ts';
import { extractOf, storyView, titleOf } from './story-view.ts';
import { say, texts } from './texts.ts';

const SUBJECT_MAX = 70;
const PREHEADER_MAX = 120;
const PREHEADER_MIN = 40;
const PREHEADER_STORIES = 3;
/** So many silent publishers are named; how many there are stands before. */
const SILENT_MAX = 8;

/** Everything an edition says, in its language; the mail, its text part and the page are all made from this. */
export function editionView(edition: Edition, site: Site): DigestView {
  const { variant, zone } = edition;
  const t = texts(variant);
  const subject = subjectOf(edition);
  const show = storyViews(edition);
  return {
    lang: variant,
    dir: directionOf(variant),
    subject,
    preheader: preheaderOf(edition, subject),
    name: site.name,
    siteUrl: site.url,
    dateline: `${longDate(variant, edition.dueAt, zone)} · ${t.title[edition.cadence]}`,
    summary: edition.quiet ? '' : summaryOf(edition),
    since: edition.quiet ? '' : sinceOf(edition),
    ended: endedOf(edition),
    notice: edition.quiet ? noticeOf(edition) : '',
    lead: edition.lead ? [show(edition.lead)] : [],
    leadLabel: t.lead,
    sections: edition.sections.map(({ title, stories }) => ({
      title: title || t.elsewhere,
      stories: stories.map(show),
    })),
    more: '',
    pageUrl: `${site.url}/editions/${edition.id}`,
    health: healthOf(edition),
    colophon: edition.quiet ? '' : say(t.colophon, { zone: zoneName(variant, edition.dueAt, zone) }),
    reason: say(t.foot.reason, { name: site.name }),
    contact: site.contact,
    unsubscribe: t.foot.unsubscribe,
    preferences: t.foot.preferences,
    browser: t.foot.browser,
  };
}

/** Shows stories in turn; an extract that was shown already (a publisher's boilerplate) is not shown again. */
function storyViews(edition: Edition): (story: EditionStory) => StoryView {
  const shown = new Set<string>();
  const { variant, dueAt, zone } = edition;
  const frame = { variant, clock: clock(variant, dueAt, zone) };
  return (story) => {
    const view = storyView(story, frame);
    if (shown.has(view.extract)) return { ...view, extract: '' };
    shown.add(view.extract);
    return view;
  };
}

/** What is new in its lead's words, and when: the day, for alerts the hour too, so that no two look alike to a reader. */
function subjectOf(edition: Edition): string {
  const { variant, dueAt, zone, lead, cadence } = edition;
  const day = shortDate(variant, dueAt, zone);
  const date = cadence === 'breaking' ? `${day} ${clock(variant, dueAt, zone)(dueAt)}` : day;
  if (!lead) return say(quietTexts(edition).subject, { ...valuesOf(edition), date });
  const title = headline(lead);
  return `${shorten(title, SUBJECT_MAX - date.length - 3)} · ${date}`;
}

const headline = ({ items: [first] }: EditionStory): string => (first ? cleanSubject(titleOf(first.item)) : '');

/** The next headlines; where there are too few, the lead's own words and the counts. */
function preheaderOf(edition: Edition, subject: string): string {
  if (edition.quiet) return quietTexts(edition).preheader;
  const [lead, ...rest] = storiesOf(edition).slice(0, PREHEADER_STORIES + 1);
  let text = rest.map(headline).join(' · ');
  const extract = lead?.items[0] ? cleanSubject(extractOf(lead.items[0].item)) : '';
  for (const more of [extract, summaryOf(edition)]) {
    if (text.length < PREHEADER_MIN) text = [text, more].filter(Boolean).join(' · ');
  }
  return shorten(text === subject ? summaryOf(edition) : text, PREHEADER_MAX);
}

function quietTexts(edition: Edition) {
  const { quiet, outage } = texts(edition.variant);
  if (isOutage(edition.health)) return outage;
  return isNarrow(edition) ? quiet.wish : quiet;
}

/** There was news, and its readers' wish left it out. */
function isNarrow({ considered }: Edition): boolean {
  return considered.some(({ why }) => why === 'not wanted');
}

function noticeOf(edition: Edition): string {
  const silence = quietTexts(edition);
  const { quiet } = texts(edition.variant);
  const isPartial = silence === quiet && edition.health.healthy < edition.health.total;
  return say(isPartial ? quiet.partial : silence.text, valuesOf(edition));
}

function valuesOf({ variant, counts, health }: Edition) {
  const t = texts(variant).counts;
  return {
    n: counts.items,
    items: plural(variant, t.items, counts.items),
    feeds: plural(variant, t.feeds, health.total),
    total: health.total,
    healthy: health.healthy,
    failed: health.total - health.healthy,
  };
}

function summaryOf({ variant, counts, filter, dominant }: Edition): string {
  const t = texts(variant);
  const summary = say(t.summary, {
    stories: plural(variant, t.counts.stories, counts.stories),
    publishers: plural(variant, t.counts.publishers, counts.publishers),
    minutes: plural(variant, t.counts.minutes, counts.readMinutes),
  });
  const mostly = dominant ? say(t.mostly, { publisher: dominant }) : '';
  return [summary, filter ? t.chosen : '', mostly].filter(Boolean).join(' · ');
}

/** Nothing when every story is new and none ended: then there is nothing to compare. */
function sinceOf(edition: Edition): string {
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

function endedOf({ variant, ended }: Edition): string {
  if (ended.length === 0) return '';
  const titles = ended.slice(0, 5).map(({ title }) => shorten(cleanLine(title), 80));
  return say(texts(variant).since.endedList, { titles: titles.join('; ') });
}

function healthOf(edition: Edition): string {
  const { variant, health } = edition;
  const t = texts(variant).health;
  if (health.healthy === health.total) return plural(variant, t.all, health.total);
  const names = health.silent.slice(0, SILENT_MAX).map(cleanLine);
  if (names.length < health.silent.length) names.push('…');
  return `${say(t.some, valuesOf(edition))}${names.length > 0 ? ` ${say(t.silent, { names: names.join(', ') })}` : ''}`;
}
