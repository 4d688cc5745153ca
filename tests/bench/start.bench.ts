import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { editionView } from '../../lib/rendering/edition-view.ts';
import { SITE, sampleEdition } from '../editions/build.ts';
import { sectioned } from './render/sectioned.ts';

/**
 * How long a function takes from nothing to its first rendered mail, next to importing nothing but the AWS SDK clients that it
 * uses. Each run is a process of its own, of a bundle made like those that are deployed. Run: npm run bench -- start.
 */
const ROUNDS = 31;
const REQUIRE = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";
const SDK = `
export { ConditionalCheckFailedException, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
export { DynamoDBDocument, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
export { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
export { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
export { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';`;
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

const contenders: readonly Contender[] = [
  { name: 'AWS SDK clients alone', entry: SDK, first: '' },
  {
    name: 'deliver: import, first letter',
    entry:
      "export { handler } from './functions/deliver.ts'; export { renderLetter } from './lib/rendering/letter.ts';",
    first: `m.renderLetter('confirm', ${JSON.stringify(letter)})`,
  },
  {
    name: 'publish: import, first edition of 20',
    entry:
      "export { handler } from './functions/publish.ts'; export { renderEdition } from './lib/rendering/edition.ts';",
    first: `m.renderEdition(${JSON.stringify(edition)}, ${JSON.stringify(SITE)})`,
  },
  {
    name: 'mjml: import, first compile of 20',
    entry: "import mjml2html from 'mjml'; export { mjml2html };",
    first: `await m.mjml2html(${JSON.stringify(mjml)})`,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'dispatches-start-'));
const root = resolve(import.meta.dirname, '../..');

/** Makes the bundle, and a program that says how many ms its import and first work took. */
async function prepare({ entry, first }: Contender, index: number): Promise<{ program: string; bytes: number }> {
  const outfile = join(folder, `bundle${index}.mjs`);
  await build({
    ...{ stdin: { contents: entry, resolveDir: root }, bundle: true, minify: true, outfile },
    ...{ format: 'esm', platform: 'node', target: 'node24', mainFields: ['module', 'main'], banner: { js: REQUIRE } },
    ...{ external: ['typescript'], logLevel: 'error' },
  });
  const program = join(folder, `run${index}.mjs`);
  const text = `const start = performance.now(); const m = await import('${outfile}'); ${first};
console.log(performance.now() - start);`;
  writeFileSync(program, text);
  return { program, bytes: text.length };
}

function run(program: string): { inside: number; whole: number } {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { inside: Number(stdout), whole: performance.now() - start };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

try {
  const programs = await Promise.all(contenders.map(prepare));
  const runs = programs.map(() => [] as { inside: number; whole: number }[]);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, { program }] of programs.entries()) runs[index]?.push(run(program));
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
