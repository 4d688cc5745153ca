import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Delivery } from '../../lib/delivery/model.ts';
import type { EditionSummary } from '../../lib/editions/ports.ts';
import type { Item } from '../../lib/feeds/model.ts';
import { documentClient, dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import type { Subscriber } from '../../lib/subscriptions/model.ts';
import { clientConfig, type Ministack } from './ministack.ts';
import { environmentOf } from './ministack-functions.ts';

export interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly data?: unknown;
}

async function open(emulator: Ministack): Promise<{ client: DynamoDBDocumentClient; TableName: string }> {
  const { TABLE = '' } = await environmentOf(emulator, 'Collect');
  return { client: documentClient(new DynamoDBClient(clientConfig(emulator))), TableName: TABLE };
}

/** All rows of the deployed table whose partition key begins so. */
export async function rowsOf(emulator: Ministack, prefix: string): Promise<readonly Row[]> {
  return rowsIn(emulator, (await open(emulator)).TableName, prefix);
}

/** The same of any table. */
export async function rowsIn(emulator: Ministack, TableName: string, prefix: string): Promise<readonly Row[]> {
  const client = documentClient(new DynamoDBClient(clientConfig(emulator)));
  const rows: Row[] = [];
  for await (const page of paginateScan({ client }, { TableName })) rows.push(...((page.Items ?? []) as Row[]));
  return rows.filter(({ pk }) => pk.startsWith(prefix));
}

/** Makes the stack forget when it read its feeds, so that the next tick reads them all again. */
export async function forgetFeeds(emulator: Ministack): Promise<void> {
  const { client, TableName } = await open(emulator);
  for (const { pk, sk } of await rowsOf(emulator, 'FEEDS'))
    await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
}

/** Adds a reader past the door, for a state that takes days to come about. */
export async function putReader(emulator: Ministack, reader: Subscriber): Promise<void> {
  const { client, TableName } = await open(emulator);
  await dynamoStores(client, TableName).subscribers.put(reader, 0);
}

/** Adds news past the feeds, for an event of this minute. */
export async function putItems(emulator: Ministack, items: readonly Item[]): Promise<void> {
  const { client, TableName } = await open(emulator);
  for (const each of items) await dynamoStores(client, TableName).feeds.putItem(each);
}

/** Adds readers as an import does. */
export async function putReaders(emulator: Ministack, readers: readonly Subscriber[]): Promise<void> {
  const { client, TableName } = await open(emulator);
  await dynamoStores(client, TableName).subscribers.createMany(readers);
}

export async function readerOf(emulator: Ministack, email: string): Promise<Subscriber | undefined> {
  const rows = await rowsOf(emulator, 'READERS#');
  return rows.map(({ data }) => data as Subscriber).find((reader) => reader.email === email);
}

/** The newest editions. */
export async function editionsOf(emulator: Ministack): Promise<readonly EditionSummary[]> {
  const { client, TableName } = await open(emulator);
  return (await dynamoStores(client, TableName).editions.list(50)).items;
}

/** The ledger of digests: not of letters, and without the chunks of a plan, which have no data. */
export async function deliveriesOf(emulator: Ministack): Promise<readonly Delivery[]> {
  const rows = (await rowsOf(emulator, 'LEDGER#')).filter(({ data }) => data);
  const all = rows.map(({ pk, sk, data }) => ({
    ...(data as Omit<Delivery, 'editionId' | 'subscriberId'>),
    editionId: pk.split('#')[1] ?? '',
    subscriberId: sk,
  }));
  return all.filter(({ editionId }) => !editionId.startsWith('letter-'));
}
