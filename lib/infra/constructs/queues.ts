import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** How often a message is tried before it is set aside. */
export const MAX_RECEIVES = 5;

/** With keys that SQS keeps; only over TLS. */
const SECURE = { enforceSSL: true, encryption: QueueEncryption.SQS_MANAGED };

/** A place for what kept failing: kept 14 days (the most SQS allows), watched by an alarm. */
export function deadLetters(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, { ...SECURE, retentionPeriod: Duration.days(14) });
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is where dead letters end.' });
  return queue;
}

/** A queue for a function with this time-out: AWS asks for a visibility of at least six times that. */
export function workQueue(scope: Construct, id: string, timeout: Duration): { queue: Queue; dead: Queue } {
  const dead = deadLetters(scope, `${id}Dead`);
  const queue = new Queue(scope, id, {
    ...SECURE,
    retentionPeriod: Duration.days(4),
    visibilityTimeout: Duration.seconds(timeout.toSeconds() * 6),
    deadLetterQueue: { queue: dead, maxReceiveCount: MAX_RECEIVES },
  });
  return { queue, dead };
}
