import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from 'vitest';
import type { MailEvent } from '../../../lib/delivery/model.ts';
import { silent } from '../../../lib/log.ts';
import { readEvents } from '../../../lib/runtime/serve/events.ts';
import { type AwsStub, startAws } from '../../support/aws-stub.ts';

let aws: AwsStub | undefined;
afterEach(() => aws?.close());

const bounce = (attempt: string) => ({
  eventType: 'Bounce',
  mail: {
    messageId: 'm1',
    timestamp: '2026-11-23T06:00:00Z',
    tags: {
      edition: ['war-daily-en-20261123T0600Z'],
      recipient: ['r1'],
      attempt: [attempt],
      'ses:configuration-set': ['own'],
    },
  },
  bounce: { bounceType: 'Permanent', timestamp: '2026-11-23T06:00:05Z' },
});

test('events of SES are taken in and removed; one that cannot be recorded, or is none, comes back', async () => {
  const waiting = [JSON.stringify(bounce('a1')), 'no JSON', JSON.stringify(bounce('fails'))];
  aws = await startAws({
    ReceiveMessage: () => ({
      body: {
        Messages: waiting.splice(0).map((Body, index) => ({
          Body,
          MD5OfBody: createHash('md5').update(Body).digest('hex'),
          ReceiptHandle: `handle-${index}`,
        })),
      },
    }),
    DeleteMessage: () => ({ body: {} }),
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SQSClient({ endpoint: aws.url, region: 'eu-central-1', credentials });
  const recorded: MailEvent[] = [];
  const record = async (event: MailEvent) => {
    if (event.attemptId === 'fails') throw new Error('the store is away');
    recorded.push(event);
  };
  const deps = { client, queueUrl: `${aws.url}/1/events`, configurationSet: 'own', record, log: silent };
  expect(await readEvents({ ...deps, signal: new AbortController().signal })).toBe(1);
  expect(recorded).toMatchObject([{ type: 'bounce', subscriberId: 'r1', attemptId: 'a1', permanent: true }]);
  const removed = aws.asked.filter(({ action }) => action === 'DeleteMessage').map(({ body }) => body);
  expect(removed).toMatchObject([{ ReceiptHandle: 'handle-0' }]);
});
