import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StackOutputs } from '../config/outputs.ts';
import type { Config, StageSettings } from '../config/schema.ts';
import { Door } from './constructs/door.ts';
import { Keys } from './constructs/keys.ts';
import { Mail } from './constructs/mail.ts';
import { Names } from './constructs/names.ts';
import { deadLetters, workQueue } from './constructs/queues.ts';
import { Schedules } from './constructs/schedules.ts';
import { Spend } from './constructs/spend.ts';
import { Storage } from './constructs/storage.ts';
import { Watch } from './constructs/watch.ts';
import { createHandlers, DELIVER_TIMEOUT, FEEDBACK_TIMEOUT } from './handlers.ts';

export interface DispatchesProps extends StackProps {
  readonly config: Config;
  readonly settings: StageSettings;
  /** How many feeds the list has. */
  readonly feeds: number;
  /** Written at synthesis: `Settings` as JSON. */
  readonly settingsFile: string;
}

/** One stage, whole: what is kept and what comes and goes. Split it only when a second team deploys one half. */
export class DispatchesStack extends Stack {
  constructor(scope: Construct, id: string, props: DispatchesProps) {
    super(scope, id, props);
    const { disposable } = props.settings;

    const storage = new Storage(this, 'Storage', { disposable });
    const keys = new Keys(this, 'Keys', { disposable });
    const { queue: jobs, dead: jobsDead } = workQueue(this, 'Jobs', DELIVER_TIMEOUT);
    // Of their own: somebody waits for a letter, and a digest for everybody would go first.
    const { queue: letters, dead: lettersDead } = workQueue(this, 'Letters', DELIVER_TIMEOUT);
    const { queue: events, dead: eventsDead } = workQueue(this, 'MailEvents', FEEDBACK_TIMEOUT);
    const ticksDead = deadLetters(this, 'TicksDead');
    const { from } = props.config.publication;
    const { operator, budget, dashboard, testRecipients, doorConcurrency } = props.settings;
    const mail = new Mail(this, 'Mail', { from, events, ...(testRecipients && { testRecipients }) });
    const door = new Door(this, 'Door');
    const { siteTarget } = new Names(this, 'Names', { settings: props.settings, from, door, mail });

    const siteUrl = props.settings.siteUrl?.replace(/\/+$/, '') ?? door.url;
    const handlers = createHandlers(this, {
      ...{ storage, keys, mail, jobs, letters, events, ticksDead, siteUrl, doorConcurrency },
      settingsFile: props.settingsFile,
    });
    const { collect, publish, tidy, web } = handlers;
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
      ...(dashboard && { dashboard }),
    });
    if (operator && budget) new Spend(this, 'Spend', { operator, budget });

    this.#say({
      SiteUrl: siteUrl,
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
      DeliverLogGroup: handlers.deliver.logs.logGroupName,
      FeedbackLogGroup: handlers.feedback.logs.logGroupName,
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
}
