import { addTerms, createTermIndex, findTerms, type TermIndex } from '../terms.ts';
import { fold } from '../text.ts';
import events from './events.json' with { type: 'json' };

/** Parts of a web address that tell how an article is told, where its title does not. */
const SECTIONS: readonly (readonly [RegExp, string])[] = [
  [/\/(live|liveblog|live-news|liveticker|en-direct|newsblog|directo)[/-]|live-updates|liveblog/, 'live'],
  [
    /\/(opini[a-z]*|idees|tribunes?|analys[a-z]*|analisi?s?|features?|explainers?|commentisfree|commentary|kommentare?|meinung|kolumnen?|columns?|debatt|ledare|editoriali?|rubriche|articoli|blogs?|reportages?|longreads?|essay|interviews?|velemeny|publicystyka)\//,
    'analysis',
  ],
];
const formats = createIndex();

function createIndex(): TermIndex {
  const index = createTermIndex();
  for (const [name, terms] of Object.entries(events.formats)) addTerms(index, name, terms);
  return index;
}

/** How an item is told: any of `analysis`, `images`, `live`, `portrait`, `reaction`, `roundup`; none for plain news. */
export function formatsOf(title: string, link: string | null): ReadonlySet<string> {
  const path = (link ?? '').split(/[?#]/, 1)[0]?.toLowerCase() ?? '';
  const found = new Set(findTerms(formats, fold(title)).map(({ id }) => id));
  for (const [section, format] of SECTIONS) if (section.test(path)) found.add(format);
  if (found.size === 0 && /[?？]/.test(title)) found.add('analysis');
  return found;
}
