import { digest } from '../../templates/compiled/digest.generated.ts';
import type { Message, Slotted } from '../editions/message.ts';
import type { Edition } from '../editions/model.ts';
import { editionView } from './edition-view.ts';
import { plural } from './format.ts';
import type { DigestView } from './shapes.ts';
import type { Site } from './site.ts';
import { bind } from './template.ts';
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
  const { view, html } = fitted(editionView(edition, site), edition);
  return {
    subject: view.subject,
    preheader: view.preheader,
    lang: edition.variant,
    html,
    text: editionText(view, texts(edition.variant).foot),
  };
}

function fitted(whole: DigestView, { variant, counts }: Edition): { view: DigestView; html: Slotted } {
  let view = whole;
  let html = bind(digest, view);
  for (let keep = counts.stories; sizeOf(html) > HTML_MAX && keep > 1; html = bind(digest, view)) {
    keep = Math.max(1, Math.min(keep - 1, Math.floor((keep * HTML_MAX) / sizeOf(html))));
    view = shorten(whole, keep, plural(variant, texts(variant).more, counts.stories - keep));
  }
  return { view, html };
}

/** The view with its first `keep` stories only; sections left empty disappear. */
function shorten(whole: DigestView, keep: number, more: string): DigestView {
  let left = keep - whole.lead.length;
  const sections = whole.sections.map((section) => {
    const stories = section.stories.slice(0, left);
    left -= stories.length;
    return { ...section, stories };
  });
  return { ...whole, more, sections: sections.filter(({ stories }) => stories.length > 0) };
}

function sizeOf(html: Slotted): number {
  return html.reduce((sum, piece) => sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : 0), 0);
}
