import type { SQSEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { silent } from '../../../lib/log.ts';
import { eachMessage } from '../../../lib/runtime/aws/batch.ts';

function batch(count: number): SQSEvent {
  const Records = Array.from({ length: count }, (_, index) => ({
    messageId: `m${index}`,
    body: `body ${index}`,
    attributes: { ApproximateReceiveCount: '1' },
  }));
  return { Records } as unknown as SQSEvent;
}

const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

describe('a batch of messages', () => {
  test('gives back those that failed, and those alone', async () => {
    const done: string[] = [];
    const result = await eachMessage(batch(10), { hasTime: () => true, log: silent }, async (body) => {
      if (body === 'body 4') throw new Error('malformed');
      if (body === 'body 7') return false;
      done.push(body);
      return true;
    });
    expect(result).toEqual(failed('m4', 'm7'));
    expect(done).toHaveLength(8);
  });

  test('begins no message that it has no time for', async () => {
    let left = 2;
    const begun: string[] = [];
    const hasTime = () => left-- > 0;
    const result = await eachMessage(batch(4), { hasTime, log: silent }, async (body) => begun.push(body) > 0);
    expect(begun).toEqual(['body 0', 'body 1']);
    expect(result).toEqual(failed('m2', 'm3'));
  });
});
