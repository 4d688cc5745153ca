import { Eta } from 'eta';
import mjml2html from 'mjml';
import { assemble } from '../../lib/rendering/compile.ts';
import { sourceOf } from '../../lib/rendering/compile-templates.ts';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { editionView, inWords, wordsOf } from '../../lib/rendering/edition-view.ts';
import { fillOf } from '../../lib/rendering/generate.ts';
import { parseTemplate } from '../../lib/rendering/parse.ts';
import { type DigestView, SHAPES } from '../../lib/rendering/shapes.ts';
import { digest } from '../../templates/compiled/digest.generated.ts';
import { SITE, sampleEdition } from '../editions/build.ts';
import { fill } from '../support/fill.ts';
import { etaHtml, etaText } from './render/eta-source.ts';
import { sectioned } from './render/sectioned.ts';

/**
 * How long a frozen edition takes to become a message, next to other ways to make the same mail from the same words. What
 * its words took to make when it was composed has a line of its own. Run: npm run bench -- render. Absolute times depend
 * on the machine; read the ratios.
 */
process.env.NODE_ENV = 'production';
const { reactEmail } = await import('./render/react-email.ts');
const MJML = { validationLevel: 'strict', ignoreIncludes: true, fonts: {} } as const;
const links = { unsubscribeUrl: 'https://x.example/u', preferencesUrl: 'https://x.example/p' };
const eta = new Eta({ autoTrim: false });
const etaHtmlFill = eta.compile(await etaHtml());
const etaTextFill = eta.compile(etaText);
const mjmlFill = fillOf<DigestView>(parseTemplate(assemble(sourceOf('digest')), SHAPES.digest));

interface Contender {
  readonly name: string;
  readonly calls: number;
  readonly run: () => unknown;
}

/** Each does what its name says for one edition; what it needs beforehand is made here and not counted. */
function contenders(count: number, variant: 'en' | 'uk'): readonly Contender[] {
  const draft = sampleEdition(count, variant);
  const frozen = JSON.parse(JSON.stringify(inWords(draft))) as typeof draft;
  const view = editionView(frozen, SITE);
  const own = fill(mjmlFill(view), links);
  const sections = sectioned(view);
  return [
    { name: 'edition: subject, preheader, HTML, text', calls: 100, run: () => renderEdition(frozen, SITE) },
    { name: '  of it its HTML', calls: 100, run: () => digest(view) },
    { name: 'its words, when it is composed', calls: 100, run: () => wordsOf(draft) },
    { name: 'eta, HTML', calls: 100, run: () => eta.render(etaHtmlFill, view) },
    {
      name: 'eta, HTML and text',
      calls: 100,
      run: () => [etaHtmlFill, etaTextFill].map((one) => eta.render(one, view)),
    },
    { name: 'react-email, HTML', calls: 10, run: () => reactEmail(view) },
    { name: 'mjml, our template', calls: 3, run: () => mjml2html(own, MJML) },
    { name: 'mjml, a section per story', calls: 3, run: () => mjml2html(sections, MJML) },
  ];
}

/** Milliseconds of processor time of one call: other programs disturb it less than the clock's. */
async function timeOf({ calls, run }: Contender): Promise<number> {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call++) await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / calls;
}

/** Medians of rounds in which all take turns. The slow ones go apart: what they leave to the garbage collector is theirs. */
async function medians(all: readonly Contender[], rounds = 25): Promise<readonly number[]> {
  const times: number[][] = all.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, contender] of all.entries()) times[index]?.push(await timeOf(contender));
  return times.map((own) => own.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
}

for (const [variant, count] of [
  ['en', 5],
  ['en', 20],
  ['uk', 20],
  ['en', 60],
] as const) {
  const all = contenders(count, variant);
  const quick = all.filter(({ calls }) => calls > 10);
  const times = [...(await medians(quick)), ...(await medians(all.slice(quick.length)))];
  console.log(`${count} stories, ${variant}`.padEnd(44), '     ms   of the edition’s');
  for (const [index, { name }] of all.entries()) {
    const time = times[index] ?? 0;
    console.log(name.padEnd(44), time.toFixed(3).padStart(7), `${(time / (times[0] ?? 1)).toFixed(2)}`.padStart(10));
  }
}
