import type { Config } from '../../../lib/config/schema.ts';
import type { EditionRecord } from '../../../lib/editions/ports.ts';
import { replay } from '../../../lib/rendering/replay.ts';
import { siteOf } from '../../../lib/runtime/app.ts';
import { versionsOf } from '../../../lib/runtime/local.ts';
import { siteUrlOf } from '../../site-url.ts';

export interface Replayed {
  readonly id: string;
  /** Parts that are not byte for byte what was stored. */
  readonly differs: readonly string[];
  /** The program that made it, and this one. */
  readonly made: string;
  readonly now: string;
}

/** Renders a stored edition with the templates and texts of today, for the site that it was made for. */
export function replayed(record: EditionRecord, config: Config): Replayed {
  const { id, versions } = record.edition;
  const site = siteOf(config, siteUrlIn(record) ?? siteUrlOf(config));
  return { id, differs: replay(record, site).differs, made: versions.code, now: versionsOf(config).code };
}

/** The site that the mail's own link to the edition's page names: a trial has another than the configuration. */
function siteUrlIn({ edition, message }: EditionRecord): string | undefined {
  const text = message.text.filter((piece) => typeof piece === 'string').join('');
  const end = text.indexOf(`/editions/${edition.id}`);
  return end < 0 ? undefined : /https?:\/\/\S*$/.exec(text.slice(0, end))?.[0];
}
