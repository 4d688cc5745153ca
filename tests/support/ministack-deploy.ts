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

/** Deploys the real stack as an operator would, with `npm run deploy`, this configuration and these feeds. */
export async function deploy(emulator: Ministack, input: DeployInput): Promise<Deployment> {
  const { folder, config, sources, stage } = input;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'feeds.opml'), writeOpml(sources));
  writeFileSync(configFile(folder), `export default ${JSON.stringify({ ...config, feeds: 'feeds.opml' }, null, 2)};\n`);
  const args = [join(root, 'cli/deploy.ts'), '--stage', stage, '--config', configFile(folder)];
  const log = await program(emulator, folder, process.execPath, args, root);
  const outputs = JSON.parse(readFileSync(join(root, '.dispatches', `outputs-${stage}.json`), 'utf8'));
  return { siteUrl: outputs[`Dispatches-${stage}`].SiteUrl, log };
}

/** What another deploy of the same would change, as the CDK CLI says it. */
export function diff(emulator: Ministack, { folder, stage }: Pick<DeployInput, 'folder' | 'stage'>): Promise<string> {
  return cdk(emulator, folder, [
    'diff',
    '-c',
    `stage=${stage}`,
    '-c',
    `config=${configFile(folder)}`,
    '--no-change-set',
  ]);
}

function configFile(folder: string): string {
  return join(folder, 'dispatches.config.mjs');
}

/** Runs the pinned CDK CLI. */
function cdk(emulator: Ministack, folder: string, args: readonly string[], cwd = root): Promise<string> {
  return program(emulator, folder, join(root, 'node_modules/.bin/cdk'), [...args, '--no-notices', '--no-color'], cwd);
}

async function program(
  emulator: Ministack,
  folder: string,
  file: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const env = {
    ...process.env,
    ...emulator.env,
    CDK_HOME: join(folder, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: 'true',
  };
  const { stdout, stderr } = await run(file, [...args], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  return stdout + stderr;
}
