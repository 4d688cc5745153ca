import type { Slotted } from '../editions/message.ts';
import { safeLink } from './escape.ts';
import type { DigestView, StoryView } from './shapes.ts';

const WIDTH = 78;
/** Keeps a link's number on the line of the word before it. */
const GLUE = '\u00a0';
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;

/**
 * Words filled into lines of at most 78 columns; a longer word stands alone. East Asian text, whose letters are two
 * columns wide, may break anywhere.
 */
export function wrap(text: string, indent = ''): string {
  const room = WIDTH - indent.length;
  let rest = text;
  let lines = '';
  while (rest.length > room || WIDE.test(rest)) {
    const cut = breakAt(rest, room);
    if (cut < 0) break;
    lines += `${indent}${rest.slice(0, cut)}\n`;
    rest = rest.slice(cut).trimStart();
  }
  return `${lines}${indent}${rest}`.replaceAll(GLUE, ' ');
}

/** Where the line ends; -1 when the rest is one line. */
function breakAt(text: string, room: number): number {
  if (!WIDE.test(text.slice(0, room))) {
    const fits = text.lastIndexOf(' ', room);
    return fits > 0 ? fits : text.indexOf(' ', room);
  }
  let columns = 0;
  for (let index = 0; index < text.length; index++) {
    columns += WIDE.test(text.charAt(index)) ? 2 : 1;
    if (columns > room) return wordStart(text, index);
  }
  return -1;
}

/** The start of the word around `index`, unless that is East Asian text. */
function wordStart(text: string, index: number): number {
  if (WIDE.test(text.charAt(index)) || WIDE.test(text.charAt(index - 1))) return index;
  const space = text.lastIndexOf(' ', index);
  return space > 0 ? space : index;
}

/** Numbers links in the order in which they are named; the list stands at the end. */
class Footnotes {
  readonly #numbers = new Map<string, number>();

  mark(link: string | null): string {
    const safe = safeLink(link ?? '');
    if (!safe) return '';
    const number = this.#numbers.get(safe) ?? this.#numbers.size + 1;
    this.#numbers.set(safe, number);
    return `${GLUE}[${number}]`;
  }

  lines(): string[] {
    return [...this.#numbers].map(([link, number]) => `[${number}] ${link}`);
  }
}

/** The text part of an edition: the same stories in the same order, links as numbered footnotes. */
export function editionText(view: DigestView, labels: { links: string }): Slotted {
  const notes = new Footnotes();
  const body = [
    [view.name.toUpperCase(), view.dateline, view.summary].filter(Boolean).join('\n'),
    paragraph(view.since),
    paragraph(view.notice && `${view.notice} ${view.preheader}`),
    ...view.lead.flatMap((story) => [heading(view.leadLabel), storyText(story, notes)]),
    ...view.sections.flatMap(({ title, stories }) => [
      heading(title),
      ...stories.map((story) => storyText(story, notes)),
    ]),
    view.more && wrap(`${view.more}${notes.mark(view.pageUrl)}`),
    paragraph(view.ended),
  ];
  const links = notes.lines();
  const foot = [
    links.length > 0 ? `${heading(labels.links)}\n\n${links.join('\n')}` : '',
    wrap(`${view.health} ${view.colophon}`.trim()),
    wrap(view.reason),
    `${view.browser}:\n${view.pageUrl ?? ''}`,
    `${view.preferences}:\n`,
  ];
  const head = [...body, ...foot].filter(Boolean).join('\n\n');
  return [
    head,
    { slot: 'preferencesUrl' },
    `\n\n${view.unsubscribe}:\n`,
    { slot: 'unsubscribeUrl' },
    `\n\n${wrap(view.contact)}\n`,
  ];
}

const paragraph = (text: string): string => (text ? wrap(text) : '');

function heading(text: string): string {
  return `${text.toUpperCase()}\n${'-'.repeat(Math.min(WIDTH, text.length))}`;
}

/** Headline, extract, then who tells it and why it is here, ending in the link's number. */
function storyText(story: StoryView, notes: Footnotes): string {
  const told = (name: string, lang: string) => (lang ? `${name} (${lang})` : name);
  const source = [`${told(story.publisher, story.badge)} · ${story.facts}`, story.why].filter(Boolean).join('. ');
  const first = `${source}.${notes.mark(story.link)}`;
  const also = story.also.map((other) => told(other.publisher, other.badge) + notes.mark(other.link)).join(', ');
  return [
    `* ${wrap(story.title, '  ').trimStart()}`,
    story.warning && wrap(`! ${story.warning}`, '  '),
    story.extract && wrap(story.extract, '  '),
    wrap(also ? `${first} ${story.alsoBy} ${also}.` : first, '  '),
  ]
    .filter(Boolean)
    .join('\n');
}
