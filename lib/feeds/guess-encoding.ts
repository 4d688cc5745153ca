interface Candidate {
  readonly encoding: string;
  /** Characters beyond ASCII that text in this encoding is full of … */
  readonly usual: RegExp;
  /** … and their share in ordinary text. */
  readonly share: number;
}

const CYRILLIC = /[оеаинтсрвлкм]/g;
const KANA = /[\u3041-\u30ff]/g;
const CANDIDATES: readonly Candidate[] = [
  { encoding: 'euc-kr', usual: /[\uac00-\ud7a3]/g, share: 0.95 },
  { encoding: 'shift_jis', usual: KANA, share: 0.45 },
  { encoding: 'euc-jp', usual: KANA, share: 0.45 },
  {
    encoding: 'gb18030',
    usual:
      /[的一是不了在人有我他这中大来上国个到说们为子和你地出年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长]/g,
    share: 0.3,
  },
  {
    encoding: 'big5',
    usual:
      /[的一是不了在人有我他這中大來上國個到說們為子和你地出年得就那要下以生會自著去之過家學對可里後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長]/g,
    share: 0.3,
  },
  { encoding: 'windows-1251', usual: CYRILLIC, share: 0.7 },
  { encoding: 'koi8-r', usual: CYRILLIC, share: 0.7 },
  { encoding: 'iso-8859-5', usual: CYRILLIC, share: 0.7 },
  { encoding: 'windows-1253', usual: /[αοιετσνηυρκπμλςίόά]/g, share: 0.85 },
  { encoding: 'windows-1255', usual: /[יוהלאתרבמשנכד]/g, share: 0.8 },
  { encoding: 'windows-1256', usual: /[الينمرتوبةعدسفهقك]/g, share: 0.85 },
];

/** Latin text has single letters beyond ASCII among others; other scripts have runs of them. */
const LONGEST_LATIN_RUN = 2.2;
const SAMPLE = 65_536;

/** The likeliest encoding of bytes that are not UTF-8 and say nothing of themselves: windows-1252 when in doubt. */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE);
  const runs = new TextDecoder('latin1').decode(sample).match(/[^\u0000-\u007f]+/g) ?? [];
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  if (length / runs.length <= LONGEST_LATIN_RUN) return 'windows-1252';
  const scored = CANDIDATES.map((candidate) => ({ ...candidate, score: scoreOf(sample, candidate) }));
  const best = scored.reduce((first, next) => (next.score > first.score ? next : first));
  return best.score > 0.5 ? best.encoding : 'windows-1252';
}

/** How much of the text is usual, against ordinary text; nothing when it cannot be decoded. */
function scoreOf(bytes: Uint8Array, { encoding, usual, share }: Candidate): number {
  const text = new TextDecoder(encoding).decode(bytes);
  const beyond = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  const broken = text.split('\ufffd').length - 1;
  if (beyond === 0 || broken > beyond / 50) return 0;
  return (text.match(usual)?.length ?? 0) / beyond / share;
}
