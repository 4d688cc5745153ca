import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { FunctionName } from '../../lib/config/env.ts';
import { stackName } from '../../lib/config/outputs.ts';
import { buildApp } from '../../lib/infra/build.ts';
import { ofType, type Synthesised } from '../infra/synth.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Built extends Pick<Synthesised, 'resources'> {
  /** Folder of each function's bundle. */
  readonly bundles: Readonly<Record<FunctionName, string>>;
}

export interface BuildInput {
  readonly feeds?: readonly string[];
  /** More of the configuration, as in `dispatches.config.ts`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Synthesises the stack as the CDK CLI does, bundles and all, into a folder: seconds. */
export async function buildBundles(folder: string, { feeds = ['https://a.example/f'], config }: BuildInput = {}) {
  const configFile = join(folder, 'dispatches.config.mjs');
  const outlines = feeds.map((url) => `<outline text="A" xmlUrl="${url}"/>`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'feeds.opml'), `<opml><body>${outlines.join('')}</body></opml>`);
  const settings = {
    publication: { id: 'war', name: 'Dispatches', from: 'digest@dispatches.example', contact: 'A test.' },
    locales: ['nl'],
    digest: { hour: 7, zone: 'Europe/Amsterdam' },
    stages: { test: { region: 'eu-central-1', account: '123456789012', siteUrl: 'https://news.example' } },
    ...config,
  };
  writeFileSync(configFile, `export default ${JSON.stringify(settings)};`);
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const app = new App({ outdir: join(folder, 'cdk.out'), context });
  await buildApp(app, { stage: 'test', configFile });
  return builtIn(app.synth().getStackByName(stackName('test')).template, app.outdir);
}

function builtIn({ Resources: resources }: { Resources: Built['resources'] }, outdir: string): Built {
  const folders = ofType({ resources }, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
    const { S3Key } = Properties.Code as { S3Key: string };
    const name = id.replace(/[0-9A-F]{8}$/, '').toLowerCase();
    return [name, join(outdir, `asset.${S3Key.replace(/\.zip$/, '')}`)];
  });
  return { resources, bundles: Object.fromEntries(folders) };
}
