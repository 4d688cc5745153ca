import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE, bundle, NODE_OPTIONS } from '../../lib/infra/bundle.ts';
import { editionView } from '../../lib/rendering/edition-view.ts';
import { SITE, sampleEdition } from '../editions/build.ts';
import { sectioned } from './render/sectioned.ts';

/**
 * How long a function takes from nothing to its first rendered mail, next to importing nothing but what it imports of the
 * AWS SDK. Each run is a process of its own, bundled and started like those that are deployed. Run: npm run bench -- start.
 */
const ROUNDS = 31;
const root = resolve(import.meta.dirname, '../..');
const edition = sampleEdition(20);
const letter = { locale: 'en', site: SITE, confirmUrl: 'https://x.example/c' };
const mjml = sectioned(editionView(edition, SITE));

interface Contender {
  readonly name: string;
  /** What is bundled. */
  readonly entry: string;
  /** What a process does once `m`, the bundle, is imported; made text after that text, so nothing is ready beforehand. */
  readonly first: string;
}

const DELIVER =
  "export { handler } from './functions/deliver.ts'; export { renderLetter } from './lib/rendering/letter.ts';";
const PUBLISH =
  "export { handler } from './functions/publish.ts'; export { renderEdition } from './lib/rendering/edition.ts';";

const contenders: readonly Contender[] = [
  { name: 'AWS SDK clients alone', entry: sdkOf(DELIVER), first: '' },
  {
    name: 'deliver: import, first letter',
    entry: DELIVER,
    first: `m.renderLetter('confirm', ${JSON.stringify(letter)})`,
  },
  {
    name: 'publish: import, first edition of 20',
    entry: PUBLISH,
    first: `m.renderEdition(${JSON.stringify(edition)}, ${JSON.stringify(SITE)})`,
  },
  {
    name: 'mjml: import, first compile of 20',
    entry: "import mjml2html from 'mjml'; export { mjml2html };",
    first: `await m.mjml2html(${JSON.stringify(mjml)})`,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'dispatches-start-'));

/** A module of nothing but what our files behind an entry import of the AWS SDK: the same names. */
function sdkOf(contents: string): string {
  const { metafile } = buildSync({ ...BUNDLE, stdin: { contents, resolveDir: root }, metafile: true, write: false });
  const own = Object.keys(metafile.inputs).filter((file) => file.startsWith('lib/'));
  const names = new Map<string, Set<string>>();
  for (const text of own.map((file) => readFileSync(join(root, file), 'utf8')))
    for (const [, list = '', from = ''] of text.matchAll(/^import \{([^}]*)\} from '(@aws-sdk\/[^']+)'/gm)) {
      const values = list.split(',').filter((name) => name.trim() && !name.trim().startsWith('type '));
      names.set(from, new Set([...(names.get(from) ?? []), ...values.map((name) => name.trim())]));
    }
  return [...names].map(([from, values]) => `export { ${[...values].join(', ')} } from '${from}';`).join('\n');
}

/** Makes the bundle, and a program that says how many ms its import and first work took. */
function prepare({ entry, first }: Contender, index: number): string {
  const own = join(folder, String(index));
  bundle({ stdin: { contents: entry, resolveDir: root }, external: ['typescript'] }, own);
  const program = join(own, 'run.mjs');
  const text = `const start = performance.now(); const m = await import('./index.mjs'); ${first};
console.log(performance.now() - start);`;
  writeFileSync(program, text);
  return program;
}

function run(program: string): { inside: number; whole: number } {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    env: { NODE_OPTIONS },
  });
  if (status !== 0) throw new Error(stderr);
  return { inside: Number(stdout), whole: performance.now() - start };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

try {
  const programs = contenders.map(prepare);
  const runs = programs.map(() => [] as { inside: number; whole: number }[]);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, program] of programs.entries()) runs[index]?.push(run(program));
  const inside = runs.map((own) => median(own.map((one) => one.inside)));
  const whole = runs.map((own) => median(own.map((one) => one.whole)));
  console.log(
    `medians of ${ROUNDS} runs`.padEnd(40),
    'import and first work, ms   of the SDK’s   whole process, ms   of the SDK’s',
  );
  for (const [index, { name }] of contenders.entries()) {
    const figures = [inside, whole].flatMap((all) => {
      const own = all[index] ?? 0;
      return [own.toFixed(0), (own / (all[0] ?? 1)).toFixed(2)];
    });
    console.log(name.padEnd(40), ...figures.map((figure, place) => figure.padStart([25, 14, 19, 14][place] ?? 0)));
  }
} finally {
  rmSync(folder, { recursive: true });
}
