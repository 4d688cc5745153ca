import { describe, expect, test } from 'vitest';
import { timeIn } from '../../lib/selection/stories/when.ts';
import { groupStories } from '../../lib/selection/stories.ts';
import { scored } from './items.ts';

/** A Wednesday. */
const published = '2026-03-04T09:30:00.000Z';
const day = (date: string) => ({ at: `${date}T00:00:00.000Z`, precision: 'day' });

describe('the day that a text names, seen from its publication', () => {
  test.each([
    ['en', 'Strike on Monday killed four people', '2026-03-02'],
    ['en', 'A bridge was destroyed overnight', '2026-03-04'],
    ['nl', 'Gisteren werd de haven van Odesa geraakt', '2026-03-03'],
    ['nl', 'Maandagavond viel in de hele stad de stroom uit', '2026-03-02'],
    ['de', 'Bei einem Angriff am Dienstag starben zwei Menschen', '2026-03-03'],
    ['fr', 'Deux morts dans une frappe lundi soir', '2026-03-02'],
    ['es', 'Un ataque deja ayer tres muertos', '2026-03-03'],
    ['it', 'Raid nella notte sul porto di Odessa', '2026-03-04'],
    ['pt', 'Ataque mata quatro na segunda-feira', '2026-03-02'],
    ['pl', 'W środę rosyjski dron spadł na szkołę', '2026-03-04'],
    ['uk', 'У понеділок військові обстріляли село', '2026-03-02'],
    ['ru', 'Вчера в порту произошёл взрыв', '2026-03-03'],
    ['sv', 'Två dödades i tisdags', '2026-03-03'],
    ['hu', 'Kedden rakétatámadás érte a várost', '2026-03-03'],
    ['ar', 'مقتل أربعة في غارة يوم الاثنين', '2026-03-02'],
    ['zh', '昨天港口发生爆炸', '2026-03-03'],
    ['ja', '3月2日、港で爆発があった', '2026-03-02'],
    ['en', 'The convoy was hit on 28 February', '2026-02-28'],
    ['en', 'The convoy was hit on February 28', '2026-02-28'],
    ['es', 'El convoy fue atacado el 28 de febrero', '2026-02-28'],
    ['uk', 'Колону обстріляли 28 лютого', '2026-02-28'],
  ])('%s: %s', (lang, text, date) => {
    expect(timeIn(text, lang, published)).toEqual(day(date));
  });
});

describe('a time that is not when it happened is none', () => {
  test.each([
    ['en', 'Fighting has gone on since Monday'],
    ['en', 'Talks are planned for next Friday'],
    ['nl', 'De stad is sinds maandag omsingeld'],
    ['de', 'Seit Montag wird die Stadt beschossen'],
    ['ru', 'С понедельника город без света'],
    ['en', 'The war that began on 24 February 2022 goes on'],
    ['en', 'Ministers may meet'],
    ['it', 'I presidenti si vedono venerdì 13 marzo'],
    ['xx', 'Monday'],
  ])('%s: %s', (lang, text) => {
    expect(timeIn(text, lang, published)).toBeUndefined();
  });
});

test('an hour is known when the text gives Greenwich time', () => {
  expect(timeIn('On Monday at 14:20 GMT a missile hit the port', 'en', published)).toEqual({
    at: '2026-03-02T14:00:00.000Z',
    precision: 'hour',
  });
});

test('a week and a month are told as such, from their first day', () => {
  expect(timeIn('Dozens were killed last week', 'en', published)).toEqual({
    at: '2026-02-23T00:00:00.000Z',
    precision: 'week',
  });
  expect(timeIn('Vorigen Monat: nein; im Februar starben Dutzende', 'de', published)).toEqual({
    at: '2026-02-01T00:00:00.000Z',
    precision: 'month',
  });
});

test('an explicit date in the new year belongs to the old one', () => {
  expect(timeIn('Le port a été touché le 30 décembre', 'fr', '2026-01-02T08:00:00.000Z')).toEqual(day('2025-12-30'));
});

test('a story has the finest time that its items give', () => {
  const items = [
    scored('Ukrainian drone hits Kerch bridge last week', { key: 'a', family: 'a.example' }),
    scored('Ukrainian drone hits Kerch bridge on Sunday', { key: 'b', family: 'b.example' }),
  ];
  const [story] = groupStories(items, { now: published });
  expect(story?.items).toHaveLength(2);
  expect(story?.time).toEqual(day('2026-03-01'));
});

test('a story whose items give no time has none', () => {
  expect(groupStories([scored('Drone hits Kerch bridge')], { now: published })[0]).not.toHaveProperty('time');
});
