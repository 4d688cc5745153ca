import type { Edition, EditionStory } from '../editions/model.ts';
import { endedOf, healthOf, noticeOf, sinceOf, summaryOf } from './edition-words.ts';
import { clock, directionOf, longDate, zoneName } from './format.ts';
import type { DigestView, StoryView } from './shapes.ts';
import type { Site } from './site.ts';
import { storyView } from './story-view.ts';
import { preheaderOf, subjectOf } from './subject.ts';
import { say, texts } from './texts.ts';

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
