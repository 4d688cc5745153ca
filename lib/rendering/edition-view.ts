import type { Edition, EditionStory } from '../editions/model.ts';
import type { EditionWords, StoryWords } from '../editions/words.ts';
import { endedOf, healthOf, noticeOf, sinceOf, summaryOf } from './edition-words.ts';
import { clock, directionOf, longDate, zoneName } from './format.ts';
import type { DigestView } from './shapes.ts';
import type { Site } from './site.ts';
import { storyWords } from './story-words.ts';
import { preheaderOf, subjectOf } from './subject.ts';
import { say, texts } from './texts.ts';

/** Everything an edition shows: what it says, and for whom it speaks. The mail, its text part and the page are made from this. */
export function editionView(edition: Edition, site: Site): DigestView {
  const words = edition.words ?? wordsOf(edition);
  return {
    ...words,
    reason: say(words.reason, { name: site.name }),
    name: site.name,
    siteUrl: site.url,
    pageUrl: `${site.url}/editions/${edition.id}`,
    contact: site.contact,
    more: '',
  };
}

/** The edition with what it says: how it is frozen. */
export function inWords(edition: Edition): Edition {
  return { ...edition, words: wordsOf(edition) };
}

/** What an edition says, made from its stories and counts by the texts and `Intl` of now. */
export function wordsOf(edition: Edition): EditionWords {
  const { variant, zone } = edition;
  const t = texts(variant);
  const subject = subjectOf(edition);
  const show = storyWriter(edition);
  return {
    lang: variant,
    dir: directionOf(variant),
    subject,
    preheader: preheaderOf(edition, subject),
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
    health: healthOf(edition),
    colophon: edition.quiet ? '' : say(t.colophon, { zone: zoneName(variant, edition.dueAt, zone) }),
    ...t.foot,
  };
}

/** Tells stories in turn; an extract that was shown already (a publisher's boilerplate) is not shown again. */
function storyWriter(edition: Edition): (story: EditionStory) => StoryWords {
  const shown = new Set<string>();
  const { variant, dueAt, zone } = edition;
  const frame = { variant, clock: clock(variant, dueAt, zone) };
  return (story) => {
    const words = storyWords(story, frame);
    if (shown.has(words.extract)) return { ...words, extract: '' };
    shown.add(words.extract);
    return words;
  };
}
