import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionEnv, FunctionName } from '../config/env.ts';
import { IDENTIFIES, TABLE_RIGHTS } from './access.ts';
import { Handler, type HandlerProps } from './constructs/handler.ts';
import type { Keys } from './constructs/keys.ts';
import type { Mail } from './constructs/mail.ts';
import type { Storage } from './constructs/storage.ts';

/** What functions work with. */
export interface HandlerParts {
  readonly storage: Storage;
  readonly keys: Keys;
  readonly mail: Mail;
  readonly jobs: Queue;
  readonly letters: Queue;
  readonly events: Queue;
  /** Where a tick ends that kept failing. */
  readonly ticksDead: Queue;
  readonly siteUrl: string;
  readonly settingsFile: string;
  /** Runs of the reader site at once. Default: what the account has. */
  readonly doorConcurrency?: number | undefined;
}

export type Handlers = { readonly [N in FunctionName]: Handler<N> };

/** Its queues hide a message for longer than that: `workQueue`. */
export const DELIVER_TIMEOUT = Duration.minutes(2);
export const FEEDBACK_TIMEOUT = Duration.seconds(30);

/** The functions of a stage, each with the environment that it reads, its rights and the queues that it works off. */
export function createHandlers(scope: Construct, parts: HandlerParts): Handlers {
  const { collect, publish, tidy } = ticked(scope, parts);
  const { deliver, feedback, web } = asked(scope, parts);
  // In this order they stand on a dashboard.
  const handlers = { collect, publish, deliver, feedback, tidy, web };
  grant(handlers, parts);
  connect(handlers, parts);
  return handlers;
}

/** Those that a schedule starts. */
function ticked(scope: Construct, parts: HandlerParts): Pick<Handlers, 'collect' | 'publish' | 'tidy'> {
  const common = commonEnv(parts);
  const timeout = Duration.minutes(5);
  const ticks = { maxAge: Duration.minutes(30), failures: parts.ticksDead };
  return {
    collect: handler(scope, 'collect', common, parts, {
      ...{ description: 'Reads the feeds that are due', timeout, memorySize: 1024, ticks },
    }),
    publish: handler(scope, 'publish', { ...common, JOBS_QUEUE_URL: parts.jobs.queueUrl }, parts, {
      ...{ description: 'Composes due editions and plans their deliveries', timeout, memorySize: 1024, ticks },
    }),
    tidy: handler(scope, 'tidy', common, parts, {
      description: 'Removes what is stored about readers and not needed any more',
      ...{ timeout, memorySize: 512, ticks },
    }),
  };
}

/** Those that a message or a visitor starts. */
function asked(scope: Construct, parts: HandlerParts): Pick<Handlers, 'deliver' | 'feedback' | 'web'> {
  const { jobs, letters, keys, mail, doorConcurrency } = parts;
  const common = commonEnv(parts);
  const mailing = { CONFIGURATION_SET: mail.configurationSet.configurationSetName };
  const writing = { LETTERS_QUEUE_URL: letters.queueUrl, TOKEN_KEYS_SECRET: keys.tokens.secretArn };
  const delivering = { ...common, ...mailing, ...writing, JOBS_QUEUE_URL: jobs.queueUrl };
  const serving = { ...common, ...writing, IDENTITY_KEY_SECRET: keys.identity.secretArn };
  return {
    deliver: handler(scope, 'deliver', delivering, parts, {
      ...{ description: 'Sends mail; the only function that may', timeout: DELIVER_TIMEOUT, memorySize: 384 },
    }),
    feedback: handler(scope, 'feedback', { ...common, ...mailing }, parts, {
      ...{ description: 'Takes in what SES says became of mails', timeout: FEEDBACK_TIMEOUT, memorySize: 256 },
    }),
    web: handler(scope, 'web', serving, parts, {
      ...{ description: 'The reader site', timeout: Duration.seconds(15), memorySize: 512 },
      ...(doorConcurrency && { concurrency: doorConcurrency }),
    }),
  };
}

function commonEnv({ storage, siteUrl }: HandlerParts) {
  return { TABLE: storage.table.tableName, SITE_URL: siteUrl };
}

function handler<N extends FunctionName>(
  scope: Construct,
  name: N,
  environment: FunctionEnv<N>,
  { settingsFile }: HandlerParts,
  rest: Omit<HandlerProps<N>, 'name' | 'environment' | 'settingsFile'>,
): Handler<N> {
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  return new Handler(scope, id, { name, environment, settingsFile, ...rest });
}

/** What each may do, besides writing its own log. */
function grant(handlers: Handlers, { storage, jobs, letters, keys, mail }: HandlerParts): void {
  const { collect, publish, deliver, feedback, tidy, web } = handlers;
  storage.grant(collect, TABLE_RIGHTS.collect);
  storage.grant(publish, TABLE_RIGHTS.publish);
  storage.grant(deliver, TABLE_RIGHTS.deliver);
  storage.grant(feedback, TABLE_RIGHTS.feedback);
  storage.grant(tidy, TABLE_RIGHTS.tidy);
  storage.grant(web, TABLE_RIGHTS.web);
  for (const name of IDENTIFIES) storage.identify(handlers[name]);
  for (const sender of [publish, deliver]) jobs.grantSendMessages(sender);
  for (const sender of [web, deliver]) letters.grantSendMessages(sender);
  for (const reader of [deliver, web]) keys.tokens.grantRead(reader);
  keys.identity.grantRead(web);
  mail.grantSend(deliver);
}

function connect({ deliver, feedback }: Handlers, { jobs, letters, events }: HandlerParts): void {
  // One at a time: a message that was received but not begun would come back only after its visibility time-out.
  for (const queue of [jobs, letters])
    deliver.addEventSource(
      new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 2 }),
    );
  // Nobody waits for what becomes of a mail: in five seconds a run has its ten events together.
  const maxBatchingWindow = Duration.seconds(5);
  feedback.addEventSource(
    new SqsEventSource(events, { batchSize: 10, maxBatchingWindow, reportBatchItemFailures: true }),
  );
}
