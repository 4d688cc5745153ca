import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import type { Job } from '../../../lib/delivery/model.ts';
import { silent } from '../../../lib/log.ts';
import { decodeJob, sqsQueue } from '../../../lib/runtime/aws/job-queue.ts';
import { type JsonService, jsonService } from './json-service.ts';

interface Batch {
  readonly QueueUrl: string;
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string; readonly DelaySeconds: number }[];
}

let service: JsonService | undefined;
afterEach(() => service?.close());

const jobs: readonly Job[] = Array.from({ length: 23 }, (_, index) => ({
  kind: 'edition',
  editionId: 'war-daily-nl-20261123T0600Z',
  subscriberIds: [`reader-${index}`],
}));

async function enqueue(
  answer: (batch: Batch) => { status?: number; body: unknown },
  more = jobs,
  delay = 0,
): Promise<readonly Job[]> {
  service = await jsonService(answer);
  const urls = { edition: `${service.config.endpoint}/1/jobs`, letter: `${service.config.endpoint}/1/letters` };
  return sqsQueue(new SQSClient({ ...service.config, md5: false }), urls, silent).enqueue(more, delay);
}

const accepted = ({ Entries }: Batch) => Entries.map(({ Id }) => ({ Id, MessageId: Id, MD5OfMessageBody: '' }));

describe('the job queue', () => {
  test('takes jobs ten at a time, each as one message', async () => {
    expect(await enqueue((batch) => ({ body: { Successful: accepted(batch), Failed: [] } }))).toEqual([]);
    const sent = service?.asked.map((batch) =>
      (batch as Batch).Entries.map(({ MessageBody }) => decodeJob(MessageBody)),
    );
    expect(sent?.map((batch) => batch.length)).toEqual([10, 10, 3]);
    expect(sent?.flat()).toEqual(jobs);
  });

  test('gives letters a queue of their own, and lets jobs wait', async () => {
    const letter: Job = { kind: 'letter', letter: 'confirm', subscriberId: 'a', nonce: 'b' };
    const answer = (batch: Batch) => ({ body: { Successful: accepted(batch), Failed: [] } });
    expect(await enqueue(answer, [...jobs.slice(0, 2), letter], 60)).toEqual([]);
    const asked = service?.asked.map((batch) => batch as Batch);
    expect(asked?.map(({ QueueUrl, Entries }) => [QueueUrl.split('/').at(-1), Entries.length])).toEqual([
      ['jobs', 2],
      ['letters', 1],
    ]);
    expect(asked?.flatMap(({ Entries }) => Entries.map(({ DelaySeconds }) => DelaySeconds))).toEqual([60, 60, 60]);
  });

  test('returns the jobs that SQS refused one by one, although the request as a whole succeeded', async () => {
    const refused = await enqueue((batch) => ({
      body: { Successful: [], Failed: [{ Id: batch.Entries.at(-1)?.Id, SenderFault: false, Code: 'InternalError' }] },
    }));
    expect(refused).toEqual([jobs[9], jobs[19], jobs[22]]);
  });

  test('returns a whole batch that did not get through, and goes on with the next', async () => {
    let first = true;
    const refused = await enqueue((batch) => {
      if (!first) return { body: { Successful: accepted(batch), Failed: [] } };
      first = false;
      return { status: 500, body: { __type: 'InternalFailure' } };
    });
    expect(refused).toEqual(jobs.slice(0, 10));
  });
});

test.each(['', 'no job', '{}', '{"kind":"letter","letter":"love","subscriberId":"a","nonce":"b"}'])(
  'a message that is no job is refused: %s',
  (body) => {
    expect(() => decodeJob(body)).toThrow('A message in the job queue is no job.');
  },
);
