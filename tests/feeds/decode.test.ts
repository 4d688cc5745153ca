import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decode } from '../../lib/feeds/decode.ts';

const russian = 'Порт снова открыт для судов после ночного шторма, сообщили городские власти';
const words: Readonly<Record<string, string>> = {
  'windows-1251': russian,
  'koi8-r': russian,
  'iso-8859-5': russian,
  'windows-1250': 'Přístav je znovu otevřen, říká město',
  'iso-8859-2': 'Łódź: port znów otwarty, źródła',
  'windows-1252': 'Café “Zum Löwen” öffnet – für 5 €',
  'windows-1253': 'Το λιμάνι άνοιξε ξανά μετά την καταιγίδα',
  'windows-1254': 'Liman fırtınadan sonra yeniden açıldı, şehir diyor',
  'windows-1255': 'הנמל נפתח מחדש לאחר הסערה בלילה',
  'windows-1256': 'فتح الميناء من جديد بعد العاصفة',
  'euc-kr': '항구가 폭풍 후에 다시 열렸다고 시가 밝혔다',
  shift_jis: '嵐の後、港は再び開かれたと市が発表した',
  'euc-jp': '嵐の後、港は再び開かれたと市が発表した',
  gb18030: '市政府说，暴风雨过后，港口已经重新开放了',
  big5: '市政府說，暴風雨過後，港口已經重新開放了',
};
const document = (text: string, encoding?: string) =>
  `<?xml version="1.0"${encoding ? ` encoding="${encoding}"` : ''}?><rss><title>${text}</title></rss>`;

describe('the encoding is found', () => {
  test.each(Object.entries(words))('in the declaration: %s', (encoding, text) => {
    expect(decode(iconv.encode(document(text, encoding), encoding)).text).toContain(text);
  });

  test.each(Object.entries(words))('in the header, which comes before the declaration: %s', (encoding, text) => {
    const bytes = iconv.encode(document(text, 'iso-8859-1'), encoding);
    expect(decode(bytes, `text/xml; charset="${encoding}"`).text).toContain(text);
  });

  test.each([
    'windows-1251',
    'koi8-r',
    'windows-1252',
    'windows-1253',
    'windows-1255',
    'windows-1256',
    'euc-kr',
    'shift_jis',
    'gb18030',
    'big5',
  ])('in the bytes alone: %s', (encoding) => {
    const text = words[encoding] ?? '';
    expect(decode(iconv.encode(document(text), encoding)).text).toContain(text);
  });

  test.each(['utf-8', 'utf-16le', 'utf-16be'])('in the byte order mark: %s', (encoding) => {
    const bytes = iconv.encode(document(russian, 'koi8-r'), encoding, { addBOM: true });
    expect(decode(bytes, 'text/xml; charset=iso-8859-1').text).toContain(russian);
  });

  test.each(['utf-16le', 'utf-16be'])('in the pattern of %s without a mark', (encoding) => {
    expect(decode(iconv.encode(document(russian, 'utf-16'), encoding)).text).toContain(russian);
  });
});

describe('a wrong declaration is survived', () => {
  test.each(['windows-1251', 'iso-8859-1', 'us-ascii', 'utf-7', 'utf-16', 'nonsense', ''])(
    'UTF-8 declared as %s',
    (label) => {
      expect(decode(Buffer.from(document(russian, label)), `text/xml; charset=${label}`).text).toContain(russian);
    },
  );

  test('declared as UTF-8 in the header, rightly in the document', () => {
    const bytes = iconv.encode(document(russian, 'windows-1251'), 'windows-1251');
    expect(decode(bytes, 'text/xml; charset=utf-8').text).toContain(russian);
  });

  test('a few broken bytes cost themselves only', () => {
    const bytes = Buffer.concat([Buffer.from(russian), Buffer.from([0xff, 0xfe]), Buffer.from(russian)]);
    expect(decode(bytes).text).toBe(`${russian}\ufffd\ufffd${russian}`);
  });
});

describe('text that was encoded twice', () => {
  const twice = (text: string) => Buffer.from(new TextDecoder('windows-1252').decode(Buffer.from(text)));

  test.each([
    'Köln prüft Brücken – “für Fußgänger”',
    'Дощ над портом: гавань закрита',
    '港の朝 静かな海 船が出る',
    'à Évreux, où l’été… 🚢',
  ])('is decoded twice: %s', (text) => expect(decode(twice(text)).text).toBe(text));

  test.each([
    ['Only Ã¶ and Ã¼ are named here, and that may be meant'],
    ['KÃ¶ln, BrÃ¼cke, FuÃŸ beside a proper é'],
    ['ÃO PAULO: AÇÃO E REAÇÃO, NÃO'],
    ['Ãrea, Â± 3, Ã is a letter'],
  ])('is left alone when it may be meant: %s', (text) => expect(decode(Buffer.from(text)).text).toBe(text));
});
