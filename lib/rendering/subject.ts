import type { Edition, EditionStory } from '../editions/model.ts';
import { storiesOf } from '../editions/since.ts';
import { quietTexts, summaryOf, valuesOf } from './edition-words.ts';
import { cleanSubject, shorten } from './escape.ts';
import { clock, shortDate } from './format.ts';
import { extractOf, titleOf } from './story-words.ts';
import { say } from './texts.ts';

export const SUBJECT_MAX = 70;
export const PREHEADER_MAX = 120;
const PREHEADER_MIN = 40;
const PREHEADER_STORIES = 3;

/** What is new in its lead's words, and when: the day, for alerts the hour too, so that no two look alike to a reader. */
export function subjectOf(edition: Edition): string {
  const { variant, dueAt, zone, lead, cadence } = edition;
  const day = shortDate(variant, dueAt, zone);
  const date = cadence === 'breaking' ? `${day} ${clock(variant, dueAt, zone)(dueAt)}` : day;
  if (!lead) return say(quietTexts(edition).subject, { ...valuesOf(edition), date });
  const title = headline(lead);
  return `${shorten(title, SUBJECT_MAX - date.length - 3)} · ${date}`;
}

const headline = ({ items: [first] }: EditionStory): string => (first ? cleanSubject(titleOf(first.item)) : '');

/** The next headlines; where there are too few, the lead's own words and the counts. */
export function preheaderOf(edition: Edition, subject: string): string {
  if (edition.quiet) return quietTexts(edition).preheader;
  const [lead, ...rest] = storiesOf(edition).slice(0, PREHEADER_STORIES + 1);
  let text = rest.map(headline).join(' · ');
  const extract = lead?.items[0] ? cleanSubject(extractOf(lead.items[0].item)) : '';
  for (const more of [extract, summaryOf(edition)]) {
    if (text.length < PREHEADER_MIN) text = [text, more].filter(Boolean).join(' · ');
  }
  return shorten(text === subject ? summaryOf(edition) : text, PREHEADER_MAX);
}
