import type { Message } from '../editions/message.ts';
import type { EditionRecord } from '../editions/ports.ts';
import { renderEdition } from './edition.ts';
import type { Site } from './site.ts';

/**
 * Renders a stored edition again and names the parts that are not byte for byte what was stored. Other parts than none
 * mean that templates, texts or code changed since; the edition's `versions` say which.
 */
export function replay(record: Pick<EditionRecord, 'edition' | 'message'>, site: Site) {
  const message = renderEdition(record.edition, site);
  const parts = Object.keys(message) as (keyof Message)[];
  return {
    message,
    differs: parts.filter((part) => JSON.stringify(message[part]) !== JSON.stringify(record.message[part])),
  };
}
