import { Eta } from 'eta';
import mjml2html from 'mjml';
import { assemble } from '../../lib/rendering/compile.ts';
import { sourceOf } from '../../lib/rendering/compile-templates.ts';
import { renderEdition } from '../../lib/rendering/edition.ts';
import { editionView } from '../../lib/rendering/edition-view.ts';
import { parseTemplate } from '../../lib/rendering/parse.ts';
import { SHAPES } from '../../lib/rendering/shapes.ts';
import { bind, bindText, type Template } from '../../lib/rendering/template.ts';
import { digest } from '../../templates/compiled/digest.generated.ts';
import { SITE, sampleEdition } from '../editions/build.ts';

/**
 * How long an edition takes, next to compiling the same template with the data in it and to a bare eta fill of
 * the same HTML.
 * Run: node tests/bench/render.bench.ts. Absolute times depend on the machine; read the ratios.
 */
function etaSource(template: Template): string {
  const names = ['it', ...Array.from({ length: 5 }, (_, n) => `v${n + 1}`)];
  return template
    .map((node): string => {
      if (typeof node === 'string') return node;
      if (node[0] === 'slot') return `@@${node[1]}@@`;
      const value = `${names[node[1]]}.${node[2]}`;
      if (node[0] === 'text' || node[0] === 'link') return `<%= ${value} %>`;
      if (node[0] === 'each') return `<% for (const v${node[1] + 1} of ${value}) { %>${etaSource(node[3])}<% } %>`;
      return `<% if (${value} && ${value}.length !== 0) { %>${etaSource(node[3])}<% } else { %>${etaSource(node[4])}<% } %>`;
    })
    .join('');
}

/** Median milliseconds of processor time of one call, over 15 rounds: other programs disturb it less than the clock's. */
async function median(calls: number, run: () => unknown): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 15; round++) {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call++) await run();
    const { user, system } = process.cpuUsage(start);
    rounds.push((user + system) / 1000 / calls);
  }
  return rounds.sort((a, b) => a - b)[7] ?? 0;
}

const eta = new Eta({ autoTrim: false });
const unbound = parseTemplate(assemble(sourceOf('digest')), SHAPES.digest);
const filled = eta.compile(etaSource(digest));
console.log('variant stories  render ms  fill ms  view ms   eta ms  mjml ms   mjml/render  render/eta');
for (const [variant, count] of [
  ['en', 5],
  ['en', 20],
  ['uk', 20],
  ['en', 60],
] as const) {
  const edition = sampleEdition(count, variant);
  const view = editionView(edition, SITE);
  const source = bindText(unbound, view);
  const render = await median(100, () => renderEdition(edition, SITE));
  const fill = await median(100, () => bind(digest, view));
  const make = await median(100, () => editionView(edition, SITE));
  const bare = await median(100, () => eta.render(filled, view));
  const mjml = await median(3, () => mjml2html(source, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} }));
  const numbers = [render, fill, make, bare, mjml].map((ms) => ms.toFixed(3).padStart(8)).join(' ');
  console.log(
    `${variant} ${String(count).padStart(12)} ${numbers} ${(mjml / render).toFixed(0).padStart(12)} ${(render / bare).toFixed(2).padStart(11)}`,
  );
}
