import { expect, test } from 'vitest';
import type { Job } from '../../lib/delivery/model.ts';
import { emptyResult } from '../../lib/delivery/result.ts';
import { silent } from '../../lib/log.ts';
import { createInlineQueue } from '../../lib/runtime/inline-queue.ts';

const job = (editionId: string): Job => ({ kind: 'edition', editionId, subscriberIds: ['a'] });
const options = { log: silent, pauseMs: 0 };

test('works jobs off one after the other, also those that jobs lead to', async () => {
  const seen: string[] = [];
  const queue = createInlineQueue(async (next) => {
    const name = next.kind === 'edition' ? next.editionId : next.letter;
    seen.push(name);
    if (name === 'first') await queue.enqueue([job('third')]);
    return { ...emptyResult(), sent: 1 };
  }, options);
  expect(await queue.enqueue([job('first'), job('second')])).toEqual([]);
  expect(await queue.idle()).toHaveLength(3);
  expect(seen).toEqual(['first', 'second', 'third']);
  expect(await queue.idle()).toEqual([]);
});

test('tries again what asks for it or throws, and gives up in the end', async () => {
  let calls = 0;
  const queue = createInlineQueue(async () => {
    calls += 1;
    if (calls % 2 === 0) throw new Error('the store is away');
    return { ...emptyResult(), retry: true };
  }, options);
  await queue.enqueue([job('stubborn')]);
  await queue.idle();
  expect(calls).toBe(5);
});

test('lets go of what waits when no mail can leave for now, and takes new jobs again', async () => {
  const seen: string[] = [];
  let up = false;
  const queue = createInlineQueue(async (next) => {
    seen.push(next.kind === 'edition' ? next.editionId : next.letter);
    return up ? emptyResult() : { ...emptyResult(), stopped: 'the relay refuses us' };
  }, options);
  await queue.enqueue([job('first'), job('second'), job('third')]);
  await queue.idle();
  up = true;
  await queue.enqueue([job('second')]);
  await queue.idle();
  expect(seen).toEqual(['first', 'second']);
});

test('goes on with the others when one letter has to wait for its mailbox', async () => {
  const seen: string[] = [];
  const letter: Job = { kind: 'letter', letter: 'confirm', subscriberId: 'a', nonce: 'n' };
  const queue = createInlineQueue(async (next) => {
    seen.push(next.kind);
    return next.kind === 'letter' ? { ...emptyResult(), deferred: 1, retry: true } : emptyResult();
  }, options);
  await queue.enqueue([letter, job('first')]);
  await queue.idle();
  expect(seen).toEqual(['letter', 'edition']);
});

test('begins nothing once it is stopping', async () => {
  let calls = 0;
  const queue = createInlineQueue(
    async () => {
      calls += 1;
      return emptyResult();
    },
    { ...options, stopping: () => calls > 0 },
  );
  await queue.enqueue([job('first'), job('second')]);
  await queue.idle();
  expect(calls).toBe(1);
});
