import { Heading } from '@react-email/heading';
import { Link } from '@react-email/link';
import { render } from '@react-email/render';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement as h, type ReactElement } from 'react';
import type { DigestView, StoryView } from '../../../lib/rendering/shapes.ts';

const SANS = '-apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif';
const meta = { fontSize: 14, lineHeight: '20px', color: '#5b564d', fontFamily: SANS, margin: '0 0 6px' };

/** A digest as one writes it with React Email: the same words as ours, a section per story. HTML only. */
export function reactEmail(view: DigestView): Promise<string> {
  return render(
    h(
      'html',
      { lang: view.lang, dir: view.dir },
      h('head', null, h('title', null, view.subject)),
      h(
        'body',
        { style: { backgroundColor: '#fbfaf7', fontFamily: 'Georgia, serif' } },
        h(Heading, { as: 'h1' }, view.name),
        h(Text, { style: meta }, view.dateline, h('br', null), view.summary),
        ...[{ title: view.leadLabel, stories: view.lead }, ...view.sections].flatMap(({ title, stories }) => [
          h(Heading, { as: 'h2', key: title }, title),
          ...stories.map(story),
        ]),
        h(Text, { style: meta }, `${view.health} ${view.colophon}`),
        h(Text, { style: meta }, h(Link, { href: '@@unsubscribeUrl@@' }, view.unsubscribe)),
      ),
    ) as never,
  );
}

function story(s: StoryView, key: number): ReactElement {
  const also = s.also.map(({ link, publisher, language }, at) =>
    h('span', { key: at }, h(Link, { href: link ?? '' }, publisher), ` ${language} `),
  );
  return h(
    Section,
    { key },
    h(Heading, { as: 'h3', lang: s.lang, dir: s.dir }, h(Link, { href: s.link ?? '' }, s.title)),
    s.warning ? h(Text, { style: meta }, s.warning) : null,
    h(Text, { lang: s.lang, dir: s.dir, style: { fontSize: 17 } }, s.extract),
    h(Text, { style: meta }, `${s.publisher} ${s.language} · ${s.facts}`, h('br', null), also, h('br', null), s.why),
  );
}
