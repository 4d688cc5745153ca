import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../lib/selection/language.ts';

describe('language', () => {
  test.each([
    ['nl', 'De burgemeester sprak gisteren met de bewoners van het dorp'],
    ['en', 'The mayor spoke with the people of the village yesterday'],
    ['de', 'Der Bürgermeister sprach gestern mit den Bewohnern des Dorfes'],
    ['fr', 'Le maire a parlé hier avec les habitants du village'],
    ['es', 'El alcalde habló ayer con los vecinos del pueblo'],
    ['it', 'Il sindaco ha parlato ieri con gli abitanti del paese'],
    ['pt', 'O presidente da câmara falou ontem com os moradores da aldeia'],
    ['pl', 'Burmistrz rozmawiał wczoraj z mieszkańcami wsi'],
    ['sv', 'Borgmästaren talade i går med invånarna i byn'],
    ['no', 'Ordføreren snakket i går med innbyggerne i bygda'],
    ['da', 'Borgmesteren talte i går med indbyggerne i landsbyen'],
    ['tr', 'Belediye başkanı dün köy halkıyla konuştu'],
    ['hu', 'A polgármester tegnap beszélt a falu lakóival'],
    ['cs', 'Starosta včera mluvil s obyvateli vesnice'],
    ['ro', 'Primarul a vorbit ieri cu locuitorii satului'],
    ['fi', 'Pormestari puhui eilen kylän asukkaiden kanssa'],
    ['uk', 'Мер учора розмовляв із мешканцями села'],
    ['ru', 'Мэр вчера говорил с жителями деревни'],
    ['el', 'Ο δήμαρχος μίλησε χθες με τους κατοίκους του χωριού'],
    ['he', 'ראש העיר דיבר אתמול עם תושבי הכפר'],
    ['ar', 'تحدث رئيس البلدية أمس مع سكان القرية'],
    ['fa', 'شهردار دیروز با ساکنان روستا گفتگو کرد'],
    ['zh', '市长昨天与村民交谈'],
    ['ja', '市長は昨日、村の住民と話した'],
    ['und', '2026 — 14:00'],
  ])('%s', (lang, text) => {
    expect(detectLanguage(text)).toBe(lang);
  });

  test.each([
    ['da', 'Tre dræbt i angreb på havneby'],
    ['da', 'Minister vil af med omstridt aftale'],
    ['da', 'Hæren rykker frem mod syd'],
    ['da', 'Flygtninge vender hjem efter krigen'],
    ['no', 'Tre drept i angrep på havneby'],
    ['no', 'Statsråden vil ha ny avtale'],
    ['no', 'Hæren rykker frem mot sør'],
    ['no', 'Flyktninger vender hjem etter krigen'],
    ['sv', 'Tre dödade i angrepp mot hamnstad'],
  ])('%s, though short: %s', (lang, text) => {
    expect(detectLanguage(text)).toBe(lang);
  });

  test('one borrowed foreign name does not change the language', () => {
    expect(detectLanguage('De krant Правда schreef dat de burgemeester met de bewoners sprak')).toBe('nl');
  });
});
