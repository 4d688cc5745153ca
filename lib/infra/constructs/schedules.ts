import { Duration, TimeZone } from 'aws-cdk-lib';
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
  readonly collectEvery: Duration;
  /** Ticks that could not be handed over. */
  readonly failures: IQueue;
}

/**
 * The clock: two schedules in UTC. Readers' hours and zones are the publish use case's matter: it looks, every quarter of
 * an hour (zones differ by quarters), at whose appointment has come.
 */
export class Schedules extends Construct {
  readonly group: ScheduleGroup;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group');
    this.#tick(
      'Collect',
      'Reads the feeds that are due',
      ScheduleExpression.rate(props.collectEvery),
      props.collect,
      props,
    );
    this.#tick(
      'Publish',
      'Composes the editions that are due',
      ScheduleExpression.cron({ minute: '0/15', timeZone: TimeZone.ETC_UTC }),
      props.publish,
      props,
    );
  }

  #tick(id: string, description: string, schedule: ScheduleExpression, target: IFunction, props: SchedulesProps): void {
    new Schedule(this, id, {
      description,
      schedule,
      scheduleGroup: this.group,
      target: new LambdaInvoke(target, {
        // The time that was due, not the time of this attempt: two attempts are then one edition.
        input: ScheduleTargetInput.fromObject({ at: ContextAttribute.scheduledTime }),
        deadLetterQueue: props.failures,
        retryAttempts: 3,
        maxEventAge: Duration.minutes(15),
      }),
    });
  }
}
