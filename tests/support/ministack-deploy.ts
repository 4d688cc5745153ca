import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ConfigInput } from '../../lib/config/schema.ts';
import type { FeedSource } from '../../lib/feeds/model.ts';
import { writeOpml } from '../../lib/feeds/opml.ts';
import type { Ministack } from './ministack.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const ACCOUNT = '000000000000';

export interface Deployment {
  readonly siteUrl: string;
  /** Everything that the CDK CLI said. */
  readonly log: string;
}

export interface DeployInput {
  readonly folder: string;
  readonly config: ConfigInput;
  readonly sources: readonly FeedSource[];
  readonly stage: string;
}

/** Prepares the emulated account for the CDK (once per emulator). */
export function bootstrap(emulator: Ministack, folder: string): Promise<string> {
  // From a folder without an app: the account is prepared for any.
  return cdk(emulator, folder, ['bootstrap', `aws://${ACCOUNT}/${emulator.env.AWS_REGION}`], folder);
}

/** Deploys the real stack with the CDK CLI, as an operator would, with this configuration and these feeds. */
export async function deploy(
  emulator: Ministack,
  { folder, config, sources, stage }: DeployInput,
): Promise<Deployment> {
  const configFile = join(folder, 'dispatches.config.mjs');
  const outputsFile = join(folder, 'outputs.json');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'feeds.opml'), writeOpml(sources));
  writeFileSync(configFile, `export default ${JSON.stringify({ ...config, feeds: 'feeds.opml' }, null, 2)};\n`);
  const context = ['-c', `stage=${stage}`, '-c', `config=${configFile}`];
  const log = await cdk(emulator, folder, [
    'deploy',
    ...context,
    '--require-approval',
    'never',
    '--outputs-file',
    outputsFile,
  ]);
  const outputs = JSON.parse(readFileSync(outputsFile, 'utf8'));
  return { siteUrl: outputs[`Dispatches-${stage}`].SiteUrl, log };
}

/** Runs the pinned CDK CLI; its caches and its output stay in `folder`. */
export async function cdk(emulator: Ministack, folder: string, args: readonly string[], cwd = root): Promise<string> {
  const options = {
    cwd,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      ...emulator.env,
      CDK_HOME: join(folder, 'cdk-home'),
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CI: 'true',
    },
  };
  const common = ['--output', join(folder, 'cdk.out'), '--no-notices', '--no-color', '--progress', 'events'];
  const { stdout, stderr } = await run(join(root, 'node_modules/.bin/cdk'), [...args, ...common], options);
  return stdout + stderr;
}
