import { Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export interface SchedulesProps {
  readonly collect: IFunction;
  readonly publish: IFunction;
  readonly tidy: IFunction;
  readonly collectEvery: Duration;
  /** Ticks that could not be handed over. */
  readonly failures: IQueue;
}

/**
 * The clock: three schedules in UTC. Readers' hours and zones are the publish use case's matter: it looks, every quarter of
 * an hour (zones differ by quarters), at whose appointment has come.
 */
export class Schedules extends Construct {
  readonly group: ScheduleGroup;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group');
    const role = this.#role(props);
    const quarters = ScheduleExpression.cron({ minute: '0/15', timeZone: TimeZone.ETC_UTC });
    const options = { deadLetterQueue: props.failures, role, retryAttempts: 3, maxEventAge: Duration.minutes(15) };
    new Schedule(this, 'Collect', {
      description: 'Reads the feeds that are due',
      schedule: ScheduleExpression.rate(props.collectEvery),
      scheduleGroup: this.group,
      target: new LambdaInvoke(props.collect, options),
    });
    new Schedule(this, 'Publish', {
      description: 'Composes the editions that are due',
      schedule: quarters,
      scheduleGroup: this.group,
      // The time that was due, not the time of this attempt: two attempts are then one edition.
      target: new LambdaInvoke(props.publish, {
        ...options,
        input: ScheduleTargetInput.fromObject({ at: ContextAttribute.scheduledTime }),
      }),
    });
    new Schedule(this, 'Tidy', {
      description: 'Keeps the deadlines for what is stored about readers',
      schedule: ScheduleExpression.cron({ minute: '40', hour: '3', timeZone: TimeZone.ETC_UTC }),
      scheduleGroup: this.group,
      target: new LambdaInvoke(props.tidy, options),
    });
  }

  /** Written out, since the one that LambdaInvoke makes may invoke every version and alias, and for every schedule. */
  #role({ collect, publish, tidy, failures }: SchedulesProps): IRole {
    const schedules = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: this.group.scheduleGroupName,
    });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': schedules } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [collect, publish, tidy].map(({ functionArn }) => functionArn),
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }));
    return role.withoutPolicyUpdates();
  }
}
