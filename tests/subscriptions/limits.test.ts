import { expect, test } from 'vitest';
import { networkOf } from '../../lib/subscriptions/limits.ts';
import { DAY, MINUTE } from '../../lib/time.ts';
import { createWorld } from './world.ts';

const ADA = 'ada@example.org';

test('a mailbox gets one letter in 15 minutes, three a day and five a month, however it is spelled', async () => {
  const world = createWorld();
  const asked: number[] = [];
  const ask = async (ms: number, email = ADA) => {
    world.pass(ms);
    await world.ask(email);
    asked.push(world.posted.length);
  };
  await ask(0);
  await ask(14 * MINUTE, 'ADA+tag@example.org');
  await ask(2 * MINUTE);
  await ask(16 * MINUTE);
  await ask(16 * MINUTE);
  expect(asked).toEqual([1, 1, 2, 3, 3]);
  for (let day = 0; day < 10; day++) await ask(DAY);
  expect(world.posted).toHaveLength(5);
  await ask(21 * DAY);
  expect(world.posted).toHaveLength(6);
});

test('a thousand requests at once for one mailbox post one letter', async () => {
  const world = createWorld();
  const spellings = Array.from({ length: 1000 }, (_, n) => ({
    email: `a.da+${n}@gmail.com`,
    address: `10.${n >> 8}.${n & 255}.1`,
  }));
  await Promise.all(spellings.map(({ email, address }) => world.ask(email, { address })));
  expect(world.posted).toHaveLength(1);
});

test('one network asks for at most thirty an hour, and others are not kept waiting by it', async () => {
  const world = createWorld();
  for (let n = 0; n < 40; n++) await world.ask(`reader${n}@example.org`, { address: `203.0.113.${n}` });
  expect(world.posted).toHaveLength(30);
  await world.ask('honest@example.org', { address: '198.51.100.1' });
  expect(world.posted).toHaveLength(31);
});

test('all letters together stop at the hourly cap, with an alarm, and go on after it', async () => {
  const world = createWorld();
  for (let n = 0; n < 1050; n++) await world.ask(`reader${n}@example.org`);
  expect(world.posted).toHaveLength(1000);
  expect(world.lines.filter((line) => line.includes('"error"') && line.includes('global cap'))).toHaveLength(50);
  world.pass(61 * MINUTE);
  await world.ask('honest@example.org');
  expect(world.posted).toHaveLength(1001);
});

test.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:1234:5678::1', '2001:db8:1234::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['not an address', undefined],
  ['', undefined],
  [undefined, undefined],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
