import { expect, test } from 'vitest';
import type { EditionKey } from '../../lib/editions/model.ts';
import { editionView } from '../../lib/rendering/edition-view.ts';
import { texts } from '../../lib/rendering/texts.ts';
import { LOCALES } from '../../lib/types.ts';
import { DUE, edition, SITE, sampleStory } from '../editions/build.ts';

test.each(LOCALES)(
  'in %s an edition for a wish says that it is one, and calls no day quiet on which there was news',
  (variant) => {
    const key: EditionKey = { publication: 'war', cadence: 'daily', variant, dueAt: DUE };
    const story = sampleStory(0);
    const lang = story.items[0]?.decision.lang ?? '';
    const some = editionView(edition([story], { key: { ...key, filter: { languages: [lang] } } }), SITE);
    const none = editionView(edition([story], { key: { ...key, filter: { languages: ['zz'] } } }), SITE);
    const { chosen, quiet } = texts(variant);
    expect(some.summary).toContain(chosen);
    expect(editionView(edition([story], { key }), SITE).summary).not.toContain(chosen);
    expect(none.notice).toBe(quiet.wish.text);
    expect(none.preheader).toBe(quiet.wish.preheader);
    expect(`${none.subject} ${none.notice}`).not.toContain(quiet.subject.split(',')[0]);
  },
);
