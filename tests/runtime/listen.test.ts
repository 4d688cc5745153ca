import { expect, test } from 'vitest';
import { listen } from '../../lib/runtime/listen.ts';

test('a port that is taken is replaced by a free one', async () => {
  const first = await listen(() => new Response('first'));
  const second = await listen(() => new Response('second'), Number(new URL(first.url).port));
  expect(second.url).not.toBe(first.url);
  expect(await (await fetch(second.url)).text()).toBe('second');
  await Promise.all([first.close(), second.close()]);
});

test('who asks is known from the connection, whatever a header says', async () => {
  const server = await listen((_request, { address }) => new Response(address));
  const headers = { 'X-Forwarded-For': '192.0.2.1', Forwarded: 'for=192.0.2.1' };
  expect(await (await fetch(server.url, { headers })).text()).toBe('127.0.0.1');
  await server.close();
});

test('nothing answers after it is closed', async () => {
  const server = await listen(() => new Response('here'));
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});
