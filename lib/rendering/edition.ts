import { digest } from '../../templates/compiled/digest.generated.ts';
import type { Message } from '../editions/message.ts';
import type { Edition } from '../editions/model.ts';
import { editionView } from './edition-view.ts';
import type { Site } from './site.ts';
import { bind } from './template.ts';
import { editionText } from './text-part.ts';
import { texts } from './texts.ts';

export type { Site } from './site.ts';

/** Renders an edition, once for all its readers: what differs per reader stays a slot. */
export function renderEdition(edition: Edition, site: Site): Message {
  const view = editionView(edition, site);
  return {
    subject: view.subject,
    preheader: view.preheader,
    lang: edition.variant,
    html: bind(digest, view),
    text: editionText(view, texts(edition.variant).foot),
  };
}
