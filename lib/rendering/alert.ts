import { alert } from '../../templates/compiled/alert.generated.ts';
import type { Message, Slotted } from '../editions/message.ts';
import { cleanSubject, safeLink, shorten } from './escape.ts';
import type { AlertView } from './shapes.ts';
import type { Site } from './site.ts';
import { PREHEADER_MAX, SUBJECT_MAX } from './subject.ts';
import { wrap } from './wrap.ts';

export interface AlertInput {
  readonly site: Site;
  /** What is wrong, in one line; the subject as well. */
  readonly title: string;
  /** What was seen: numbers, names, since when. */
  readonly paragraphs: readonly string[];
  /** What to do about it. */
  readonly advice: readonly string[];
  /** Where more about it stands. */
  readonly url?: string;
}

/** Renders a mail to the operator. English, as the commands and the log are; without slots, for it is of no list. */
export function renderAlert(input: AlertInput): Message {
  const view = alertView(input);
  const { subject, preheader, lang } = view;
  return { subject, preheader, lang, html: alert(view), text: alertText(view) };
}

function alertView({ site, title, paragraphs, advice, url = '' }: AlertInput): AlertView {
  const each = (texts: readonly string[]) => texts.map((text) => ({ text }));
  return {
    lang: 'en',
    dir: 'ltr',
    name: site.name,
    siteUrl: site.url,
    subject: shorten(cleanSubject(`${site.name}: ${title}`), SUBJECT_MAX),
    preheader: shorten(cleanSubject([...paragraphs, ...advice].join(' ')), PREHEADER_MAX),
    title,
    paragraphs: each(paragraphs),
    adviceLabel: 'What to do',
    advice: each(advice),
    link: 'More about it',
    action: safeLink(url) || null,
    note: `You receive this because the settings of ${site.name} name you as its operator.`,
  };
}

function alertText(view: AlertView): Slotted {
  const { title, paragraphs, adviceLabel, advice, link, action, note } = view;
  const label = advice.length > 0 ? [`${adviceLabel}:`] : [];
  const body = [title, ...paragraphs.map(({ text }) => text), ...label, ...advice.map(({ text }) => text)];
  const more = action ? [`${link}:\n${action}`] : [];
  return [`${[...body.map((text) => wrap(text)), ...more, wrap(note)].join('\n\n')}\n`];
}
