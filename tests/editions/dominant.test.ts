import { expect, test } from 'vitest';
import { storiesOf } from '../../lib/editions/since.ts';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { decision, edition, item, SITE, story } from './build.ts';

const from = (publisher: string, title: string) =>
  story([{ item: item({ title, publisher, family: publisher }), decision: decision() }]);
const four = ['One', 'Two', 'Three', 'Four'].map((title) => from('Only News', title));

test('an edition of which one publisher leads most stories says so to its readers', () => {
  const made = edition(four);
  expect(made.dominant).toBe('Only News');
  expect(JSON.stringify(renderEdition(made, SITE).text)).toContain('mostly Only News');
});

test('an edition of several publishers says nothing of the kind', () => {
  const made = edition([...four.slice(0, 2), from('Other News', 'Five'), from('Third News', 'Six')]);
  expect(made).not.toHaveProperty('dominant');
});

test('what readers were told of in part comes after what is new to them', () => {
  const [first, second] = four;
  if (!first || !second) throw new Error('four stories');
  const grown = { ...first, items: [...first.items, ...from('Second News', 'One, again').items] };
  const made = edition([grown, second], { previous: [edition([first])] });
  const [, last] = storiesOf(made);
  expect(last?.change).toBe('grown');
  expect(last?.rank.parts.novelty).toBe(0.5);
});
