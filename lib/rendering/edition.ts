import { digest } from '../../templates/compiled/digest.generated.ts';
import type { Message, Slotted } from '../editions/message.ts';
import type { Edition } from '../editions/model.ts';
import { editionView } from './edition-view.ts';
import { plural } from './format.ts';
import type { DigestView } from './shapes.ts';
import type { Site } from './site.ts';
import { editionText } from './text-part.ts';
import { texts } from './texts.ts';

export type { Site } from './site.ts';

/** Gmail hides what comes after about 102 KB; links come on top and grow on their way, and the foot must stay in sight. */
const HTML_MAX = 78_000;

/**
 * Renders an edition, once for all its readers: what differs per reader stays a slot. Where the HTML would pass 78 KB the
 * last stories are left to the edition's page, and a line at the end says how many.
 */
export function renderEdition(edition: Edition, site: Site): Message {
  const { variant, counts } = edition;
  const whole = editionView(edition, site);
  let parts = { html: digest(whole), text: editionText(whole) };
  for (let keep = counts.stories; keep > 1 && !fits(parts); ) {
    keep = Math.max(1, Math.min(keep - 1, Math.floor((keep * HTML_MAX) / bytesOf(parts.html))));
    const view = shortened(whole, keep, plural(variant, texts(variant).more, counts.stories - keep));
    parts = { html: digest(view), text: editionText(view) };
  }
  return { subject: whole.subject, preheader: whole.preheader, lang: variant, ...parts };
}

/** The view with its first `keep` stories only; sections left empty disappear. */
function shortened(whole: DigestView, keep: number, more: string): DigestView {
  let left = keep - whole.lead.length;
  const sections = whole.sections.map((section) => {
    const stories = section.stories.slice(0, left);
    left -= stories.length;
    return { ...section, stories };
  });
  return { ...whole, more, sections: sections.filter(({ stories }) => stories.length > 0) };
}

/**
 * Counting bytes takes longer than filling the template, so it is done only where it may matter: what is not ASCII stands in
 * the text part too, and a letter has at most two bytes more than its one unit of length (UTF-8, RFC 3629).
 */
function fits({ html, text }: Pick<Message, 'html' | 'text'>): boolean {
  return lengthOf(html) + 2 * lengthOf(text) <= HTML_MAX || bytesOf(html) <= HTML_MAX;
}

const lengthOf = (part: Slotted): number => sum(part, (piece) => piece.length);
const bytesOf = (part: Slotted): number => sum(part, Buffer.byteLength);

function sum(part: Slotted, size: (piece: string) => number): number {
  return part.reduce((total, piece) => total + (typeof piece === 'string' ? size(piece) : 0), 0);
}
