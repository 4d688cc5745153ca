import { confirm } from '../../templates/compiled/confirm.generated.ts';
import { goodbye } from '../../templates/compiled/goodbye.generated.ts';
import { welcome } from '../../templates/compiled/welcome.generated.ts';
import type { Message, Slotted } from '../editions/message.ts';
import type { Locale } from '../types.ts';
import { directionOf } from './format.ts';
import type { LetterView } from './shapes.ts';
import type { Site } from './site.ts';
import { say, texts } from './texts.ts';
import { wrap } from './wrap.ts';

const TEMPLATES = { confirm, welcome, goodbye };

export interface LetterInput {
  readonly locale: Locale;
  readonly site: Site;
  /** `confirm`: the link that confirms. */
  readonly confirmUrl?: string;
  /** `welcome`, `goodbye`: where the button leads. Default: the site. */
  readonly homeUrl?: string;
}

/** Renders a transactional mail to one reader. Each can be unsubscribed from; `welcome` leads to the preferences too. */
export function renderLetter(letter: keyof typeof TEMPLATES, input: LetterInput): Message {
  const view = letterView(letter, input);
  return {
    subject: view.subject,
    preheader: view.preheader,
    lang: view.lang,
    html: TEMPLATES[letter](view),
    text: letterText(view),
  };
}

function letterView(letter: keyof typeof TEMPLATES, { locale, site, confirmUrl, homeUrl }: LetterInput): LetterView {
  const { letters, foot } = texts(locale);
  const { name } = site;
  const own = letters[letter];
  return {
    lang: locale,
    dir: directionOf(locale),
    name,
    siteUrl: site.url,
    subject: say(own.subject, { name }),
    preheader: own.preheader,
    title: own.title,
    paragraphs: own.text.map((text) => ({ text: say(text, { name }) })),
    button: own.button,
    action: confirmUrl ?? homeUrl ?? site.url,
    note: own.note,
    contact: site.contact,
    unsubscribe: foot.unsubscribe,
    preferences: letter === 'welcome' ? foot.preferences : '',
  };
}

function letterText(view: LetterView): Slotted {
  const body = [view.title, ...view.paragraphs.map(({ text }) => text)].map((text) => wrap(text));
  const head = [...body, `${view.button}:\n${view.action ?? ''}`, wrap(view.note)].join('\n\n');
  const preferences: Slotted = view.preferences ? [`\n\n${view.preferences}:\n`, { slot: 'preferencesUrl' }] : [];
  const foot = `\n\n${view.name}, ${view.siteUrl ?? ''}\n${wrap(view.contact)}\n`;
  return [head, ...preferences, `\n\n${view.unsubscribe}:\n`, { slot: 'unsubscribeUrl' }, foot];
}
