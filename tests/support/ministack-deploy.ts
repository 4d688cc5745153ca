import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { type StackOutputs, stackName } from '../../lib/config/outputs.ts';
import type { ConfigInput } from '../../lib/config/schema.ts';
import type { FeedSource } from '../../lib/feeds/model.ts';
import { writeOpml } from '../../lib/feeds/opml.ts';
import { clientConfig, type Ministack } from './ministack.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const ACCOUNT = '000000000000';

export interface Deployment {
  readonly outputs: StackOutputs;
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
  const args = [join(root, 'cli/deploy.ts'), '--stage', stage, '--config', configFile(folder), '--yes'];
  const log = await program(emulator, folder, process.execPath, args, root);
  const outputs = JSON.parse(readFileSync(join(root, '.dispatches', `outputs-${stage}.json`), 'utf8'));
  return { outputs: outputs[stackName(stage)], log };
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

/** Removes the stack with the CDK CLI; rejects with what that said when it is refused. */
export function destroy(
  emulator: Ministack,
  { folder, stage }: Pick<DeployInput, 'folder' | 'stage'>,
): Promise<string> {
  return cdk(emulator, folder, ['destroy', '--force', '-c', `stage=${stage}`, '-c', `config=${configFile(folder)}`]);
}

/** What a command of the operator says about the stage; rejects when it fails. */
export function operate(
  emulator: Ministack,
  { folder, stage }: Pick<DeployInput, 'folder' | 'stage'>,
  args: readonly string[],
): Promise<string> {
  const where = ['--stage', stage, '--config', configFile(folder)];
  return program(emulator, folder, process.execPath, [join(root, 'cli/dispatches.ts'), ...args, ...where], root);
}

/** Lifts the protection of a stack, as somebody would who really means to remove it. */
export async function unprotect(emulator: Ministack, stage: string): Promise<void> {
  const client = new CloudFormationClient(clientConfig(emulator));
  const change = { StackName: stackName(stage), EnableTerminationProtection: false };
  await client.send(new UpdateTerminationProtectionCommand(change));
}

/** Whether the stack is there. */
export async function isDeployed(emulator: Ministack, stage: string): Promise<boolean> {
  const client = new CloudFormationClient(clientConfig(emulator));
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  return Stacks.some(({ StackName }) => StackName === stackName(stage));
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
