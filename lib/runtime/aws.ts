import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type EnvName, type FunctionEnv, type FunctionName, readEnv } from '../config/env.ts';
import type { Config } from '../config/schema.ts';
import { readSettings } from '../config/settings.ts';
import type { MailTransport } from '../delivery/ports.ts';
import { createSesTransport, sesClientConfig } from '../delivery/ses.ts';
import type { FeedSource } from '../feeds/model.ts';
import { createLogger, type Logger } from '../log.ts';
import { CLIENT_CONFIG, documentClient, dynamoStores } from '../storage/dynamodb/index.ts';
import { type App, createApp } from './app.ts';
import { cleanErrors } from './aws/clean-errors.ts';
import { sqsQueue } from './aws/job-queue.ts';
import { readKeys } from './aws/keys.ts';
import { once } from './aws/once.ts';

export interface AwsRuntime<N extends FunctionName> {
  readonly app: App;
  readonly config: Config;
  readonly env: FunctionEnv<N>;
  readonly log: Logger;
}

/** What all functions have, and what some have. */
type AnyEnv = FunctionEnv<'collect'> & Readonly<Partial<Record<EnvName, string>>>;

/**
 * The use cases of one function on AWS: adapters from its environment, settings from the file beside its bundle.
 * Made at the first call, kept while the function stays warm. `AWS_ENDPOINT_URL` is the SDK's own affair.
 * @param bundle `import.meta.url` of the function
 */
export function awsRuntime<N extends FunctionName>(name: N, bundle: string): () => Promise<AwsRuntime<N>> {
  return once(async () => {
    const own = readEnv(name);
    const env: AnyEnv = own;
    const { config, sources, versions } = await readSettings<FeedSource>(new URL('settings.json', bundle));
    const log = createLogger();
    const app = createApp({
      config,
      sources,
      stores: dynamoStores(documentClient(new DynamoDBClient(CLIENT_CONFIG)), env.TABLE),
      queue: sqsQueue(
        new SQSClient(CLIENT_CONFIG),
        { edition: env.JOBS_QUEUE_URL, letter: env.LETTERS_QUEUE_URL },
        log,
      ),
      transport: env.CONFIGURATION_SET ? ses(env.CONFIGURATION_SET) : noTransport(name),
      keys: await readKeys(new SecretsManagerClient(CLIENT_CONFIG), {
        tokens: env.TOKEN_KEYS_SECRET,
        identity: env.IDENTITY_KEY_SECRET,
      }),
      siteUrl: env.SITE_URL,
      clock: () => new Date(),
      log,
      versions,
    });
    return { app: cleanErrors(app), config, env: own, log };
  });
}

function ses(configurationSet: string): MailTransport {
  return createSesTransport(new SESClient(sesClientConfig()), { configurationSet });
}

/** What a function may not do fails loudly, should it ever try. */
function noTransport(name: FunctionName): MailTransport {
  return { send: async () => ({ kind: 'stopped', reason: `the function ${name} sends no mail` }) };
}
