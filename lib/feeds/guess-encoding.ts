/** Encodings to try, each with the characters that most text in it consists of beyond ASCII. */
const CANDIDATES: readonly (readonly [encoding: string, usual: RegExp])[] = [
  ['euc-kr', /[\uac00-\ud7a3]/g],
  ['shift_jis', /[\u3041-\u30ff\u4e00-\u9fff]/g],
  ['euc-jp', /[\u3041-\u30ff\u4e00-\u9fff]/g],
  [
    'gb18030',
    /[的一是不了在人有我他这中大来上国个到说们为子和你地出年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长]/g,
  ],
  [
    'big5',
    /[的一是不了在人有我他這中大來上國個到說們為子和你地出年得就那要下以生會自著去之過家學對可里後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長]/g,
  ],
  ['windows-1251', /[оеаинтсрвлкмдпуяыьгзбчйхжшюцщіїє]/g],
  ['koi8-r', /[оеаинтсрвлкмдпуяыьгзбчйхжшюцщ]/g],
  ['iso-8859-5', /[оеаинтсрвлкмдпуяыьгзбчйхжшюцщ]/g],
  ['windows-1253', /[αοιετσνηυρκπμλςίόά]/g],
  ['windows-1255', /[יוהלאתרבמשנכד]/g],
  ['windows-1256', /[الينمرتوبةعدسفهقك]/g],
  ['windows-874', /[\u0e01-\u0e5b]/g],
];

/** Latin text has single letters beyond ASCII among others; other scripts have runs of them. */
const LONGEST_LATIN_RUN = 2.2;
const SAMPLE = 65_536;

/** The most likely encoding of bytes that are not UTF-8 and say nothing about themselves: windows-1252 when in doubt. */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE);
  const runs = new TextDecoder('latin1').decode(sample).match(/[^\u0000-\u007f]+/g) ?? [];
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  if (length / runs.length <= LONGEST_LATIN_RUN) return 'windows-1252';
  const scored = CANDIDATES.map(([encoding, usual]) => ({ encoding, score: scoreOf(sample, encoding, usual) }));
  const best = scored.reduce((first, next) => (next.score > first.score ? next : first));
  return best.score > 0.3 ? best.encoding : 'windows-1252';
}

/** The share of characters beyond ASCII that are usual; what cannot be decoded counts against it. */
function scoreOf(bytes: Uint8Array, encoding: string, usual: RegExp): number {
  const text = new TextDecoder(encoding).decode(bytes);
  const beyond = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  const broken = text.split('\ufffd').length - 1;
  if (beyond === 0 || broken > 2) return 0;
  return (text.match(usual)?.length ?? 0) / beyond;
}
