const LIST = [
  ...['a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink blockquote body br'],
  ...['button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em'],
  ...[
    'embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i',
  ],
  ...['iframe img input ins kbd keygen label legend li link main map mark marquee menu meta meter nav nobr noframes'],
  ...['noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp'],
  ...['script search section select slot small source span strike strong style sub summary sup svg table tbody td'],
  ...['template textarea tfoot th thead time title tr track tt u ul var video wbr xmp math image'],
];

const NAMES = new Set(LIST.join(' ').split(' '));

/** Whether a tag is HTML; names with `:` or `-` are taken for extensions of it. Others, like `<vector>`, are text. */
export function isHtmlName(name: string): boolean {
  return NAMES.has(name.toLowerCase()) || /[:-]/.test(name);
}
