import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type App, Tags } from 'aws-cdk-lib';
import { loadConfig } from '../config/load.ts';
import { stackName } from '../config/outputs.ts';
import type { Config } from '../config/schema.ts';
import { SETTINGS_FILE, type Settings } from '../config/settings.ts';
import { stageOf } from '../config/stage.ts';
import { ConfigError } from '../errors.ts';
import type { FeedSource } from '../feeds/model.ts';
import { readOpml } from '../feeds/opml.ts';
import { profileFrom } from '../selection/profile/from-files.ts';
import { sha256 } from '../sha256.ts';
import { DispatchesStack } from './stack.ts';

export interface BuildOptions {
  /** A key of `stages` in the configuration. */
  readonly stage: string;
  readonly configFile: string;
}

/**
 * Adds the stack of one stage to the app.
 * @throws ConfigError when the configuration, the stage or the profile is missing or wrong
 * @throws InputError when the feed list is
 */
export async function buildApp(app: App, { stage, configFile }: BuildOptions): Promise<DispatchesStack> {
  const config = await loadConfig(configFile);
  const settings = stageOf(config, stage, configFile);
  profileFrom(config.profile);
  const account = settings.account ?? process.env.CDK_DEFAULT_ACCOUNT;
  const settingsFile = join(app.outdir, SETTINGS_FILE);
  mkdirSync(app.outdir, { recursive: true });
  const sources = readFeeds(resolve(dirname(configFile), config.feeds));
  writeFileSync(settingsFile, JSON.stringify(settingsFor(config, sources)));
  const stack = new DispatchesStack(app, stackName(stage), {
    description: `${config.publication.name}: a newsletter from feeds (${stage})`,
    env: { region: settings.region, ...(account && { account }) },
    terminationProtection: !settings.disposable,
    config,
    settings,
    feeds: sources.length,
    settingsFile,
  });
  Tags.of(stack).add('app', 'dispatches');
  Tags.of(stack).add('stage', stage);
  return stack;
}

/** What every bundle carries: without the stages, which are the operator's affair, not the functions'. */
function settingsFor(
  { stages: _stages, serve: _serve, ...config }: Config,
  sources: readonly FeedSource[],
): Settings<FeedSource> {
  const hash = sha256(JSON.stringify({ config, sources })).slice(0, 12);
  return { config: { ...config, stages: {} }, sources, versions: { config: hash, code: packageVersion() } };
}

function readFeeds(file: string): readonly FeedSource[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`There is no feed list ${file}.`, 'Correct "feeds" in the configuration.', { cause });
  }
  const sources = readOpml(text);
  if (sources.length === 0) throw new ConfigError(`${file} lists no feeds.`, 'Add an <outline xmlUrl="…"/>.');
  return sources;
}

function packageVersion(): string {
  const file = join(import.meta.dirname, '../../package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
