import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import type { FunctionEnv, FunctionName } from '../config/env.ts';
import type { StackOutputs } from '../config/outputs.ts';
import type { Config, StageSettings } from '../config/schema.ts';
import { IDENTIFIES, TABLE_RIGHTS } from './access.ts';
import { Door } from './constructs/door.ts';
import { Handler, type HandlerProps } from './constructs/handler.ts';
import { Keys } from './constructs/keys.ts';
import { Mail } from './constructs/mail.ts';
import { Names } from './constructs/names.ts';
import { deadLetters, workQueue } from './constructs/queues.ts';
import { Schedules } from './constructs/schedules.ts';
import { Spend } from './constructs/spend.ts';
import { Storage } from './constructs/storage.ts';
import { Watch } from './constructs/watch.ts';

export interface DispatchesProps extends StackProps {
  readonly config: Config;
  readonly settings: StageSettings;
  /** How many feeds the list has. */
  readonly feeds: number;
  /** Written at synthesis: `Settings` as JSON. */
  readonly settingsFile: string;
}

const DELIVER_TIMEOUT = Duration.minutes(2);
const FEEDBACK_TIMEOUT = Duration.seconds(30);

/** One stage, whole: what is kept and what comes and goes. Split it only when a second team deploys one half. */
export class DispatchesStack extends Stack {
  readonly #props: DispatchesProps;

  constructor(scope: Construct, id: string, props: DispatchesProps) {
    super(scope, id, props);
    this.#props = props;
    const { disposable } = props.settings;

    const storage = new Storage(this, 'Storage', { disposable });
    const keys = new Keys(this, 'Keys', { disposable });
    const { queue: jobs, dead: jobsDead } = workQueue(this, 'Jobs', DELIVER_TIMEOUT);
    // Of their own: somebody waits for a letter, and a digest for everybody would go first.
    const { queue: letters, dead: lettersDead } = workQueue(this, 'Letters', DELIVER_TIMEOUT);
    const { queue: events, dead: eventsDead } = workQueue(this, 'MailEvents', FEEDBACK_TIMEOUT);
    const ticksDead = deadLetters(this, 'TicksDead');
    const { from } = props.config.publication;
    const { operator, budget, testRecipients, doorConcurrency } = props.settings;
    const mail = new Mail(this, 'Mail', { from, events, ...(testRecipients && { testRecipients }) });
    const door = new Door(this, 'Door');
    const { siteTarget } = new Names(this, 'Names', { settings: props.settings, from, door, mail });

    const common = {
      TABLE: storage.table.tableName,
      SITE_URL: props.settings.siteUrl?.replace(/\/+$/, '') ?? door.url,
    };
    const ticks = { maxAge: Duration.minutes(30), failures: ticksDead };
    const collect = this.#handler('collect', 'Reads the feeds that are due', common, {
      timeout: Duration.minutes(5),
      memorySize: 1024,
      ticks,
    });
    const publish = this.#handler(
      'publish',
      'Composes due editions and plans their deliveries',
      { ...common, JOBS_QUEUE_URL: jobs.queueUrl },
      { timeout: Duration.minutes(5), memorySize: 1024, ticks },
    );
    const deliver = this.#handler(
      'deliver',
      'Sends mail; the only function that may',
      {
        ...common,
        JOBS_QUEUE_URL: jobs.queueUrl,
        LETTERS_QUEUE_URL: letters.queueUrl,
        TOKEN_KEYS_SECRET: keys.tokens.secretArn,
        CONFIGURATION_SET: mail.configurationSet.configurationSetName,
      },
      { timeout: DELIVER_TIMEOUT, memorySize: 512 },
    );
    const feedback = this.#handler(
      'feedback',
      'Takes in what SES says became of mails',
      { ...common, CONFIGURATION_SET: mail.configurationSet.configurationSetName },
      { timeout: FEEDBACK_TIMEOUT, memorySize: 256 },
    );
    const tidy = this.#handler('tidy', 'Removes what is stored about readers and not needed any more', common, {
      timeout: Duration.minutes(5),
      memorySize: 512,
      ticks,
    });
    const web = this.#handler(
      'web',
      'The reader site',
      {
        ...common,
        LETTERS_QUEUE_URL: letters.queueUrl,
        TOKEN_KEYS_SECRET: keys.tokens.secretArn,
        IDENTITY_KEY_SECRET: keys.identity.secretArn,
      },
      { timeout: Duration.seconds(15), memorySize: 512, ...(doorConcurrency && { concurrency: doorConcurrency }) },
    );

    storage.grant(collect, TABLE_RIGHTS.collect);
    storage.grant(publish, TABLE_RIGHTS.publish);
    storage.grant(deliver, TABLE_RIGHTS.deliver);
    storage.grant(feedback, TABLE_RIGHTS.feedback);
    storage.grant(tidy, TABLE_RIGHTS.tidy);
    storage.grant(web, TABLE_RIGHTS.web);
    const handlers = { collect, publish, deliver, feedback, tidy, web };
    for (const name of IDENTIFIES) storage.identify(handlers[name]);
    for (const handler of [publish, deliver]) jobs.grantSendMessages(handler);
    for (const handler of [web, deliver]) letters.grantSendMessages(handler);
    for (const handler of [deliver, web]) keys.tokens.grantRead(handler);
    keys.identity.grantRead(web);
    mail.grantSend(deliver);

    // One at a time: a message that was received but not begun would come back only after its visibility time-out.
    for (const queue of [jobs, letters])
      deliver.addEventSource(
        new SqsEventSource(queue, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 2 }),
      );
    feedback.addEventSource(new SqsEventSource(events, { batchSize: 10, reportBatchItemFailures: true }));
    const collectEvery = Duration.minutes(props.config.collect.everyMinutes);
    const schedules = new Schedules(this, 'Schedules', { collect, publish, tidy, collectEvery, failures: ticksDead });
    door.open(web);

    new Watch(this, 'Watch', {
      handlers,
      jobs,
      letters,
      mailEvents: events,
      collectEvery,
      deadLetters: { Jobs: jobsDead, Letters: lettersDead, MailEvents: eventsDead, Ticks: ticksDead },
      feeds: props.feeds,
      namespace: id,
      ...(operator && { operator }),
    });
    if (operator && budget) new Spend(this, 'Spend', { operator, budget });

    this.#say({
      SiteUrl: common.SITE_URL,
      ApiUrl: door.url,
      TableName: storage.table.tableName,
      TokenKeysSecret: keys.tokens.secretArn,
      IdentityKeySecret: keys.identity.secretArn,
      ConfigurationSet: mail.configurationSet.configurationSetName,
      ScheduleGroup: schedules.group.scheduleGroupName,
      JobsQueueUrl: jobs.queueUrl,
      LettersQueueUrl: letters.queueUrl,
      MailEventsQueueUrl: events.queueUrl,
      JobsDeadUrl: jobsDead.queueUrl,
      LettersDeadUrl: lettersDead.queueUrl,
      MailEventsDeadUrl: eventsDead.queueUrl,
      TicksDeadUrl: ticksDead.queueUrl,
      CollectFunction: collect.functionName,
      PublishFunction: publish.functionName,
      CollectLogGroup: collect.logs.logGroupName,
      PublishLogGroup: publish.logs.logGroupName,
      DeliverLogGroup: deliver.logs.logGroupName,
      FeedbackLogGroup: feedback.logs.logGroupName,
      TidyLogGroup: tidy.logs.logGroupName,
      WebLogGroup: web.logs.logGroupName,
    });
    if (siteTarget) new CfnOutput(this, 'SiteTarget', { value: siteTarget });
  }

  /** Outputs of the stack, under ids that no construct has. */
  #say(outputs: StackOutputs): void {
    for (const [name, value] of Object.entries(outputs))
      new CfnOutput(this, `${name}Output`, { value }).overrideLogicalId(name);
  }

  #handler<N extends FunctionName>(
    name: N,
    description: string,
    environment: FunctionEnv<N>,
    rest: Pick<HandlerProps<N>, 'timeout' | 'memorySize' | 'concurrency' | 'ticks'>,
  ): Handler<N> {
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    return new Handler(this, id, { name, description, environment, settingsFile: this.#props.settingsFile, ...rest });
  }
}
