import { Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { alarmRules } from '../alarms/index.ts';
import type { AlarmRule, Watched } from '../alarms/rule.ts';

export interface WatchProps extends Omit<Watched, 'logged'> {
  /** Prefix of the metrics that are read from logs. */
  readonly namespace: string;
  /** Gets every alarm by mail. Without it alarms only change colour. */
  readonly operator?: string;
  /** Also draw one. Default: no, for AWS takes three dollars a month and the alarms tell the same. */
  readonly dashboard?: boolean;
}

/** What tells the operator that something is wrong: alarms, where they go, and a dashboard if it is wanted. */
export class Watch extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Alarms', { enforceSSL: true });
    // Its policy is not the default one any more, so CloudWatch is allowed by name.
    this.topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (props.operator) this.topic.addSubscription(new EmailSubscription(props.operator));
    const logged: Watched['logged'] = (...what) => fromLogs(props, ...what);
    const rules = Object.entries(alarmRules({ ...props, logged }));
    const alarms = rules.map(([name, rule]) => this.#raise(name, rule));
    if (props.dashboard) this.#draw(props, alarms);
  }

  #raise(name: string, { metric, what, todo, above, below, periods = 1 }: AlarmRule): Alarm {
    const rule =
      below === undefined
        ? {
            threshold: above ?? 0,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }
        : {
            threshold: below,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.BREACHING,
          };
    const alarm = new Alarm(this, name, {
      ...rule,
      metric,
      evaluationPeriods: periods,
      alarmDescription: `${what} ${todo} More: docs/alarms.md, ${name}.`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  #draw({ handlers, jobs, letters, mailEvents, deadLetters }: WatchProps, alarms: readonly Alarm[]): void {
    const all = Object.values(handlers);
    const queues = [jobs, letters, mailEvents, ...Object.values(deadLetters)];
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    const runs = all.map((handler) => handler.metricInvocations());
    const errors = all.map((handler) => handler.metricErrors());
    const times = all.map((handler) => handler.metricDuration({ statistic: Stats.p(95) }));
    const waiting = queues.map((queue) => queue.metricApproximateNumberOfMessagesVisible());
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 6 })],
        [graph('Runs', runs), graph('Errors', errors)],
        [graph('Milliseconds, 95 of 100 runs', times), graph('Waiting and set aside', waiting)],
      ],
    });
  }
}

/** One metric filter in the log of each of these functions, all writing the same metric. */
function fromLogs(
  { handlers, namespace }: WatchProps,
  ...[names, metricName, pattern, metricValue]: Parameters<Watched['logged']>
): Metric {
  const filterPattern = FilterPattern.literal(pattern);
  for (const name of names)
    handlers[name].logs.addMetricFilter(metricName, {
      filterPattern,
      metricNamespace: namespace,
      metricName,
      metricValue,
    });
  return new Metric({ namespace, metricName });
}
