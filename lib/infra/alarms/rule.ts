import { Duration } from 'aws-cdk-lib';
import { type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { FunctionName } from '../../config/env.ts';
import type { Handler } from '../constructs/handler.ts';

export interface Watched {
  readonly handlers: Readonly<Record<FunctionName, Handler<FunctionName>>>;
  readonly jobs: IQueue;
  readonly letters: IQueue;
  readonly mailEvents: IQueue;
  /** By the name of what they are the dead letters of. */
  readonly deadLetters: Readonly<Record<string, IQueue>>;
  /** How many feeds the list has. */
  readonly feeds: number;
  readonly collectEvery: Duration;
  /** A number that functions write in their logs, as a metric; `value` is a field (`$.failed`) or a constant. */
  logged(names: readonly FunctionName[], metricName: string, pattern: string, value: string): Metric;
}

export interface AlarmRule {
  readonly metric: Metric;
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

export type AlarmRules = Readonly<Record<string, AlarmRule>>;

export const HOUR = Duration.hours(1);
export const QUARTER = Duration.minutes(15);

/** How a quarter of an hour is summed up. */
export const most = { period: QUARTER, statistic: Stats.MAXIMUM };
export const sum = { period: QUARTER, statistic: Stats.SUM };

/** The longer of both. */
export function longer(a: Duration, b: Duration): Duration {
  return a.toSeconds() > b.toSeconds() ? a : b;
}
