import type { Edition } from '../editions/model.ts';
import { renderEdition } from './edition.ts';
import { fill } from './fill.ts';
import type { Site } from './site.ts';

/** The page of an edition in the public archive. */
export function renderEditionPage(edition: Edition, site: Site): string {
  return fill(renderEdition(edition, site).html, { unsubscribeUrl: site.url, preferencesUrl: site.url });
}
