import type { Message } from '../../lib/editions/message.ts';

/** A small rendered message with everything that is hard for MIME: other scripts, long lines, `=`, slots in awkward places. */
export function rendered(change: Partial<Message> = {}): Message {
  return {
    subject: 'Beschietingen bij de rivier: wat we weten — дзвінок о 7:00',
    preheader: 'Drie berichten, vier minuten lezen',
    lang: 'nl',
    html: [
      `<p style="color:#111111">${'Een lange regel zonder einde. '.repeat(60)}</p>\n<p>Кілька речень українською.</p>\n<a href="`,
      { slot: 'unsubscribeUrl' },
      '">Afmelden</a> <a href="',
      { slot: 'preferencesUrl' },
      '">Voorkeuren</a>\n',
    ],
    text: [
      'Eerste regel met spatie erachter \nTweede = regel\n.\nFrom de lijn\n\nAfmelden: ',
      { slot: 'unsubscribeUrl' },
      '\nVoorkeuren: ',
      { slot: 'preferencesUrl' },
    ],
    ...change,
  };
}

export const links = {
  unsubscribeUrl: `https://dispatches.example/unsubscribe/t1.${'aB9_'.repeat(40)}==`,
  preferencesUrl: 'http://127.0.0.1:4000/preferences/t1.short?a=1',
};
