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

test('behind a proxy it is what the proxy added last, never what the visitor wrote before', async () => {
  const server = await listen((_request, { address }) => new Response(address), 0, { behindProxy: true });
  const headers = { 'X-Forwarded-For': '192.0.2.1, 198.51.100.7' };
  expect(await (await fetch(server.url, { headers })).text()).toBe('198.51.100.7');
  expect(await (await fetch(server.url)).text()).toBe('127.0.0.1');
  await server.close();
});

test('a port that has to be this one is not replaced', async () => {
  const first = await listen(() => new Response('first'));
  const again = listen(() => new Response('second'), Number(new URL(first.url).port), { exact: true });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
});
