import type { Slotted } from '../editions/message.ts';
import type { DigestView, StoryView } from './shapes.ts';
import { WIDTH, wrap } from './wrap.ts';

const INDENT = '  ';

/** Numbers links in the order in which they are named; the list stands at the end. */
class Footnotes {
  readonly #numbers = new Map<string, number>();

  mark(link: string | null): string {
    if (!link) return '';
    const number = this.#numbers.get(link) ?? this.#numbers.size + 1;
    this.#numbers.set(link, number);
    return ` [${number}]`;
  }

  list(): string {
    let lines = '';
    for (const [link, number] of this.#numbers) lines += `[${number}] ${link}\n`;
    return lines;
  }
}

/** The text part of an edition: the same stories in the same order, links as numbered footnotes. */
export function editionText(view: DigestView): Slotted {
  const notes = new Footnotes();
  const stories = storiesText(view, notes);
  const more = view.more && `${view.more}${notes.mark(view.pageUrl)}`;
  const links = notes.list();
  const head =
    `${view.name.toUpperCase()}\n${view.dateline}\n${view.summary && `${view.summary}\n`}\n` +
    `${paragraph(view.since)}${paragraph(view.notice && `${view.notice} ${view.preheader}`)}${stories}` +
    `${paragraph(more)}${paragraph(view.ended)}${links && `${heading(view.links)}${links}\n`}` +
    `${paragraph(`${view.health} ${view.colophon}`.trim())}${paragraph(view.reason)}` +
    `${view.browser}:\n${view.pageUrl ?? ''}\n\n${view.preferences}:\n`;
  return [
    head,
    { slot: 'preferencesUrl' },
    `\n\n${view.unsubscribe}:\n`,
    { slot: 'unsubscribeUrl' },
    `\n\n${wrap(view.contact)}\n`,
  ];
}

function storiesText({ lead, leadLabel, sections }: DigestView, notes: Footnotes): string {
  let text = '';
  for (const { title, stories } of [{ title: leadLabel, stories: lead }, ...sections]) {
    if (stories.length > 0) text += heading(title);
    for (const story of stories) text += `${storyText(story, notes)}\n\n`;
  }
  return text;
}

const paragraph = (text: string): string => (text ? `${wrap(text)}\n\n` : '');

function heading(text: string): string {
  return `${text.toUpperCase()}\n${'-'.repeat(Math.min(WIDTH, text.length))}\n\n`;
}

/** Headline, extract, then who tells it and why it is here, ending in the link's number. */
function storyText(story: StoryView, notes: Footnotes): string {
  const { title, warning, extract, facts, why, link, also, alsoBy } = story;
  const told = `${sourceText(story)} · ${facts}${why && `. ${why}`}.${notes.mark(link)}`;
  let text = `${wrap(title, INDENT, '* ')}\n`;
  if (warning) text += `${wrap(`! ${warning}`, INDENT)}\n`;
  if (extract) text += `${wrap(extract, INDENT)}\n`;
  return text + wrap(also.length > 0 ? `${told} ${alsoBy} ${alsoText(also, notes)}.` : told, INDENT);
}

function alsoText(also: StoryView['also'], notes: Footnotes): string {
  let text = '';
  for (const other of also) text += `${sourceText(other)}${notes.mark(other.link)}${other.last ? '' : ', '}`;
  return text;
}

const sourceText = ({ publisher, language }: Pick<StoryView, 'publisher' | 'language'>): string =>
  language ? `${publisher} (${language})` : publisher;
