import { App } from 'aws-cdk-lib';
import { adviceFor } from '../errors.ts';
import { buildApp } from './build.ts';

/** What the CDK CLI runs: `-c stage=NAME` picks the stage (dev), `-c config=FILE` the configuration. */
const app = new App();
const context = (key: string, otherwise: string): string => String(app.node.tryGetContext(key) ?? otherwise);
try {
  await buildApp(app, { stage: context('stage', 'dev'), configFile: context('config', 'dispatches.config.ts') });
} catch (error) {
  console.error(adviceFor(error));
  process.exit(1);
}
