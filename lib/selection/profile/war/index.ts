import type { Concept, Profile } from '../../profile.ts';
import concepts from './concepts.json' with { type: 'json' };
import conflicts from './conflicts.json' with { type: 'json' };
import model from './model.json' with { type: 'json' };
import any from './terms/any.json' with { type: 'json' };
import ar from './terms/ar.json' with { type: 'json' };
import cs from './terms/cs.json' with { type: 'json' };
import da from './terms/da.json' with { type: 'json' };
import de from './terms/de.json' with { type: 'json' };
import el from './terms/el.json' with { type: 'json' };
import en from './terms/en.json' with { type: 'json' };
import es from './terms/es.json' with { type: 'json' };
import fa from './terms/fa.json' with { type: 'json' };
import fi from './terms/fi.json' with { type: 'json' };
import fr from './terms/fr.json' with { type: 'json' };
import he from './terms/he.json' with { type: 'json' };
import hu from './terms/hu.json' with { type: 'json' };
import it from './terms/it.json' with { type: 'json' };
import ja from './terms/ja.json' with { type: 'json' };
import nl from './terms/nl.json' with { type: 'json' };
import no from './terms/no.json' with { type: 'json' };
import pl from './terms/pl.json' with { type: 'json' };
import pt from './terms/pt.json' with { type: 'json' };
import ro from './terms/ro.json' with { type: 'json' };
import ru from './terms/ru.json' with { type: 'json' };
import sv from './terms/sv.json' with { type: 'json' };
import tr from './terms/tr.json' with { type: 'json' };
import uk from './terms/uk.json' with { type: 'json' };
import zh from './terms/zh.json' with { type: 'json' };

/** Coverage of current armed conflicts. */
export const war: Profile = {
  name: 'war',
  concepts: concepts as Readonly<Record<string, Concept>>,
  terms: { any, ar, cs, ro, fi, el, he, fa, da, de, en, es, fr, hu, it, ja, nl, no, pl, pt, ru, sv, tr, uk, zh },
  bias: -2,
  threshold: 0.5,
  model,
  conflicts,
  exemplars: [],
};
