import { expect, test } from 'vitest';
import { TABLE_RIGHTS } from '../../lib/infra/access.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { tidy } from '../../lib/subscriptions/tidy.ts';
import { loopbackClient, startDynalite } from '../support/dynalite.ts';
import { reader } from '../support/newsroom.ts';

/** The emulator of the end-to-end test lets everything pass, so what is asked for is held against the rights here. */
test('tidying asks for nothing that its function may not have', async () => {
  const dynalite = await startDynalite();
  const [before, after] = [loopbackClient(dynalite.endpoint), loopbackClient(dynalite.endpoint)];
  const table = await dynalite.createTable();
  const { subscribers } = dynamoStores(before, table);
  const network = { ...reader(0, 'nl').consent, network: '192.0.2.0/24' };
  await subscribers.put(reader(1, 'nl', { consent: network }), 0);
  await subscribers.put(reader(2, 'nl', { status: 'pending' }), 0);
  await subscribers.put(reader(3, 'nl', { status: 'unsubscribed', reason: 'page' }), 0);

  const asked = new Set<string>();
  after.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        asked.add(`${commandName.replace('Command', '')} ${partition(args.input).replace(/#.*/, '#*')}`);
        return next(args);
      },
    { step: 'initialize', priority: 'high', name: 'asked' },
  );
  const clock = () => new Date('2027-01-01T00:00:00.000Z');
  const result = await tidy({ subscribers: dynamoStores(after, table).subscribers, clock });
  expect(result).toEqual({ expired: 1, forgotten: 1, trimmed: 1 });
  const rights = TABLE_RIGHTS.tidy.flatMap(({ rows, actions }) =>
    actions.flatMap((action) => rows.map((form) => `${action} ${form}`)),
  );
  expect([...asked].sort()).toEqual(rights.sort());
  before.destroy();
  after.destroy();
  await dynalite.close();
});

function partition(input: object): string {
  const { Key, Item, ExpressionAttributeValues: values } = input as Record<string, Record<string, unknown> | undefined>;
  return String(Key?.pk ?? Item?.pk ?? values?.[':pk']);
}
