import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { GetIdentityDkimAttributesCommand, GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { Command } from 'commander';
import { loadConfig } from '../lib/config/load.ts';
import { stackName } from '../lib/config/outputs.ts';
import { type StageSettings, senderDomain } from '../lib/config/schema.ts';
import { stageOf } from '../lib/config/stage.ts';
import { adviceFor, ConfigError, UnavailableError } from '../lib/errors.ts';
import { type MailState, nextSteps, type Outputs } from './deploy-steps.ts';
import { option } from './options.ts';

const root = resolve(import.meta.dirname, '..');

/** SES's daily limit for an account that may only mail verified addresses. */
const SANDBOX_QUOTA = 200;

interface Options {
  readonly stage: string;
  readonly yes?: boolean;
  readonly config: string;
}

/** `npm run deploy -- --stage dev`: checks what can be checked, runs the CDK CLI, says what is left to do by hand. */
async function deploy({ stage, config: file, yes = false }: Options, isChosen: boolean): Promise<void> {
  const config = await loadConfig(file);
  const settings = stageOf(config, stage, file);
  const ses = new SESClient({ region: settings.region });
  const chosen = isChosen ? '' : ' (the default; choose with --stage)';
  process.stdout.write(`Stage "${stage}"${chosen}, in ${settings.region}.\n`);
  await checkCredentials(ses, settings);
  await cdk(stage, file, settings, yes);
  const outputs = JSON.parse(await readFile(outputsFile(stage), 'utf8'))[stackName(stage)] as Outputs;
  const mail = await mailState(ses, senderDomain(config.publication.from));
  process.stdout.write(`\n${nextSteps({ stage, settings, outputs, mail }).join('\n')}\n`);
}

/** @throws UnavailableError when there are no credentials; ConfigError when they are another account's */
async function checkCredentials(client: SESClient, { account, region }: StageSettings): Promise<void> {
  const credentials = await client.config.credentials().catch((cause: unknown) => {
    throw new UnavailableError(
      `There are no AWS credentials to deploy to ${region} with.`,
      'Sign in (for example with "aws sso login") or set AWS_PROFILE, then run the command again.',
      { cause },
    );
  });
  if (account && credentials.accountId && credentials.accountId !== account)
    throw new ConfigError(
      `The credentials are of account ${credentials.accountId}, the stage is for ${account}.`,
      'Sign in to that account, or correct "account" of the stage.',
    );
}

function outputsFile(stage: string): string {
  return join(root, '.dispatches', `outputs-${stage}.json`);
}

/** Runs the pinned CDK CLI in this terminal. A stage that holds people's data asks before it widens any rights. */
function cdk(stage: string, config: string, settings: StageSettings, yes: boolean): Promise<void> {
  const { region, account, disposable } = settings;
  const args = [
    ...['deploy', '-c', `stage=${stage}`, '-c', `config=${resolve(config)}`],
    ...['--outputs-file', outputsFile(stage), '--no-notices'],
    ...['--require-approval', disposable || yes ? 'never' : 'broadening'],
  ];
  const child = spawn(process.execPath, [join(root, 'node_modules/aws-cdk/bin/cdk'), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` },
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      if (code === 0) return done();
      const place = `aws://${account ?? 'ACCOUNT'}/${region}`;
      fail(
        new UnavailableError(
          'The deploy failed; why is said above. Nothing was changed, or it was changed back.',
          `If this account and region were never prepared for the CDK, run: npx cdk bootstrap ${place}`,
        ),
      );
    });
  });
}

async function mailState(ses: SESClient, domain: string): Promise<MailState> {
  const [quota, { DkimAttributes = {} }] = await Promise.all([
    ses.send(new GetSendQuotaCommand({})),
    ses.send(new GetIdentityDkimAttributesCommand({ Identities: [domain] })),
  ]);
  return {
    domain,
    sandbox: (quota.Max24HourSend ?? 0) <= SANDBOX_QUOTA,
    verified: DkimAttributes[domain]?.DkimVerificationStatus === 'Success',
    dkimTokens: DkimAttributes[domain]?.DkimTokens ?? [],
  };
}

const program = new Command('deploy')
  .description('Deploys one stage of the stack to AWS and says what is left to do by hand.')
  .option('--stage <name>', 'a stage of the configuration', 'dev')
  .addOption(option.config())
  .option('--yes', 'do not ask before rights are widened (for automation)')
  .addHelpText('after', '\nExample:\n  npm run deploy -- --stage dev');

try {
  program.parse();
  await deploy(program.opts<Options>(), program.getOptionValueSource('stage') === 'cli');
} catch (error) {
  process.stderr.write(`${adviceFor(error)}\n`);
  process.exitCode = 1;
}
