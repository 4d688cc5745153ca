import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from '../config/env.ts';
import type { Handler } from './constructs/handler.ts';

export interface Watched {
  readonly handlers: Readonly<Record<FunctionName, Handler<FunctionName>>>;
  readonly jobs: IQueue;
  /** By the name of what they are the dead letters of. */
  readonly deadLetters: Readonly<Record<string, IQueue>>;
  /** How many feeds the list has. */
  readonly feeds: number;
  /** A number that a function writes in its log, as a metric; `value` is a field (`$.failed`) or a constant. */
  logged(name: FunctionName, metricName: string, pattern: string, value: string): IMetric;
}

export interface AlarmRule {
  readonly metric: IMetric;
  /** What happened, one sentence. */
  readonly what: string;
  /** What to do about it. */
  readonly todo: string;
  /** Raised when the metric is more than this. */
  readonly above?: number;
  /** Raised when the metric is less than this, or when there is none. */
  readonly below?: number;
  /** For so many periods on end. Default: one. */
  readonly periods?: number;
}

const HOUR = Duration.hours(1);
const QUARTER = Duration.minutes(15);
const most = { period: QUARTER, statistic: Stats.MAXIMUM };
const sum = { period: QUARTER, statistic: Stats.SUM };

/** Everything that an operator wants to be woken for, by the name of its alarm. docs/deploy.md tells what each means. */
export function alarmRules(watched: Watched): Readonly<Record<string, AlarmRule>> {
  return { ...queueRules(watched), ...functionRules(watched), ...mailRules(watched), ...reputationRules() };
}

function queueRules({ deadLetters, jobs }: Watched): Record<string, AlarmRule> {
  const dead = Object.entries(deadLetters).map(([name, queue]): [string, AlarmRule] => [
    `${name}SetAside`,
    {
      metric: queue.metricApproximateNumberOfMessagesVisible(most),
      above: 0,
      what: `Something failed over and over and was set aside (${name}).`,
      todo: 'Read the error in the log of the function, mend the cause, then redrive the queue: nobody is mailed twice.',
    },
  ]);
  return {
    ...Object.fromEntries(dead),
    JobsWait: {
      metric: jobs.metricApproximateAgeOfOldestMessage(most),
      above: HOUR.toSeconds(),
      what: 'Mail has waited in the queue for more than an hour.',
      todo: 'See whether SES slows us down (quota, sandbox) and whether the function "deliver" fails.',
    },
  };
}

function functionRules({ handlers, feeds, logged }: Watched): Record<string, AlarmRule> {
  const each = Object.entries(handlers).flatMap(([name, handler]): [string, AlarmRule][] => [
    [
      `${handler.node.id}Errors`,
      {
        metric: handler.metricErrors(sum),
        above: 2,
        what: `The function "${name}" failed three times or more within a quarter of an hour.`,
        todo: 'Read its log: the line before the failure says why.',
      },
    ],
    [
      `${handler.node.id}Throttles`,
      {
        metric: handler.metricThrottles(sum),
        above: 0,
        what: `Lambda refused to run the function "${name}": the account has no concurrency left.`,
        todo: 'Ask AWS for more concurrency, or find what uses it.',
      },
    ],
  ]);
  return {
    ...Object.fromEntries(each),
    NoTicks: {
      metric: handlers.publish.metricInvocations({ period: HOUR, statistic: Stats.SUM }),
      below: 1,
      what: 'The function "publish" has not run for an hour, so no edition leaves.',
      todo: 'See whether the schedules are enabled and their role may invoke the function.',
    },
    FeedsFail: {
      metric: logged('collect', 'FeedsFailed', '{ $.message = "collected" }', '$.failed'),
      above: Math.floor(feeds / 2),
      periods: 4,
      what: 'More than half of the feeds could not be read for an hour.',
      todo: 'Look for "feed not read" in the log of "collect"; when all fail alike, look at the network first.',
    },
  };
}

function mailRules({ logged }: Watched): Record<string, AlarmRule> {
  return {
    Uncertain: {
      metric: logged('deliver', 'Uncertain', '{ $.uncertain > 0 }', '$.uncertain'),
      above: 0,
      what: 'Nobody knows of some mails whether SES took them.',
      todo: 'Nothing at first: SES events settle most of them within minutes.',
    },
    Unsettled: {
      metric: logged('publish', 'Unsettled', '{ $.message = "mails of which nobody knows*" }', '$.mails'),
      above: 0,
      what: 'SES events did not settle whether some mails left.',
      todo: 'See whether events arrive at all: the topic, its queue and the function "feedback".',
    },
    NeverLeft: {
      metric: logged('publish', 'NeverLeft', '{ $.message = "an edition never left" }', '1'),
      above: 0,
      what: 'An edition was composed but never left in its time.',
      todo: 'Read the log of "publish" around its due time; the next edition takes the news along.',
    },
    SendingStopped: {
      metric: logged('deliver', 'SendingStopped', '{ $.message = "sending stopped" }', '1'),
      above: 0,
      what: 'SES takes no more mail: the quota is used up, sending is paused or the sender is not verified.',
      todo: 'Read the reason in the log of "deliver"; the mails wait and leave by themselves once SES takes them.',
    },
  };
}

/** Of the whole account: SES keeps no such figure per configuration set. */
function reputationRules(): Record<string, AlarmRule> {
  const rate = (metricName: string) =>
    new Metric({ namespace: 'AWS/SES', metricName, period: HOUR, statistic: Stats.AVERAGE });
  return {
    Bounces: {
      metric: rate('Reputation.BounceRate'),
      above: 0.02,
      what: 'More than 2 % of the mails bounce.',
      todo: 'Find where the bad addresses came from and stop it, before AWS stops the sending.',
    },
    Complaints: {
      metric: rate('Reputation.ComplaintRate'),
      above: 0.0005,
      what: 'More than 0.05 % of the readers call our mail spam.',
      todo: 'See which edition they mean and whether they had asked for it, before AWS stops the sending.',
    },
  };
}
