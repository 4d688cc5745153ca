import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choiceAt, filterOf, rememberChoice } from '../../lib/subscriptions/choice.ts';
import { updatePreferences } from '../../lib/subscriptions/preferences.ts';
import { DAY, HOUR, MINUTE } from '../../lib/time.ts';
import { LOCALES } from '../../lib/types.ts';
import { createWorld, idOf, PREFERENCES } from './world.ts';

const START = Date.parse('2026-11-20T00:00:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();

test('whoever looks, and whenever, finds one choice per due moment, however often the reader changes their mind', () => {
  const change = fc.record({
    after: fc.integer({ min: 1, max: 5 * HOUR }),
    locale: fc.constantFrom(...LOCALES),
    maxStories: fc.constantFrom(undefined, 5, 10),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 9 }), fc.integer({ min: 0, max: 2 * DAY }), (changes, due) => {
      let preferences = PREFERENCES;
      let now = 0;
      const seen = new Set<string>();
      // Looked at from the due moment on; a look within a minute after a change may still show what was before it.
      const look = (when: number) => when >= due && seen.add(JSON.stringify(choiceAt(preferences, at(due))));
      look(0);
      for (const { after, locale, maxStories } of changes) {
        now += after;
        look(now);
        look(now + MINUTE);
        const filter = filterOf({ languages: [], conflicts: [], ...(maxStories && { maxStories }) });
        const { filter: _old, ...rest } = preferences;
        preferences = rememberChoice(preferences, { ...rest, locale, ...(filter && { filter }) }, at(now));
        look(now);
      }
      look(now + 3 * DAY);
      expect(seen.size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 3000 },
  );
});

test('a change counts for what is due from a minute after it', () => {
  const changed = rememberChoice(PREFERENCES, { ...PREFERENCES, locale: 'de' }, at(0));
  expect(choiceAt(changed, at(-DAY)).locale).toBe('nl');
  expect(choiceAt(changed, at(MINUTE - 1)).locale).toBe('nl');
  expect(choiceAt(changed, at(MINUTE)).locale).toBe('de');
});

test('the same choice in other words is no change, and old choices are forgotten', () => {
  const filter = filterOf({ languages: ['uk', 'en', 'uk'], conflicts: [] });
  expect(filter).toEqual({ languages: ['en', 'uk'] });
  expect(filterOf({ languages: [], conflicts: [] })).toBeUndefined();
  const chosen = rememberChoice(PREFERENCES, { ...PREFERENCES, ...(filter && { filter }) }, at(0));
  expect(chosen.earlier).toHaveLength(1);
  const same = { ...chosen, hour: 9, filter: { languages: ['en', 'uk'] } };
  expect(rememberChoice(chosen, same, at(HOUR)).earlier).toHaveLength(1);
  expect(rememberChoice(chosen, same, at(5 * DAY))).not.toHaveProperty('earlier');
});

test('settings remember the choice they took the place of, and take no such memory from outside', async () => {
  const world = createWorld();
  await world.ask('ada@example.org');
  const id = idOf('ada@example.org');
  const row = await world.row('ada@example.org');
  if (!row) throw new Error('no row');
  await world.deps.subscribers.put({ ...row, status: 'active', version: row.version + 1 }, row.version);
  const forged = [{ until: '2099-01-01T00:00:00.000Z', locale: 'fr' as const }];
  await updatePreferences(world.deps, { id, preferences: { ...PREFERENCES, locale: 'uk', earlier: forged } });
  const saved = (await world.row('ada@example.org'))?.preferences;
  expect(saved).toMatchObject({ locale: 'uk', earlier: [{ locale: 'nl', until: '2026-11-23T09:01:00.000Z' }] });
  expect(saved?.earlier).toHaveLength(1);
});
