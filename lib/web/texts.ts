import de from '../../templates/texts/web/de.json' with { type: 'json' };
import en from '../../templates/texts/web/en.json' with { type: 'json' };
import es from '../../templates/texts/web/es.json' with { type: 'json' };
import fr from '../../templates/texts/web/fr.json' with { type: 'json' };
import nl from '../../templates/texts/web/nl.json' with { type: 'json' };
import pl from '../../templates/texts/web/pl.json' with { type: 'json' };
import uk from '../../templates/texts/web/uk.json' with { type: 'json' };
import type { Locale } from '../types.ts';

export { say } from '../rendering/texts.ts';

/** The words of the pages. Every language has every key: the compiler checks it against English. */
export type WebTexts = typeof en;

export const WEB_TEXTS: Record<Locale, WebTexts> = { nl, en, de, fr, es, pl, uk };
