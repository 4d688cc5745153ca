import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../lib/storage/dynamodb/index.ts';
import { clientConfig, type Ministack } from './ministack.ts';

export type Row = Readonly<Record<string, unknown>>;

/** All rows of the deployed table whose partition key begins so. */
export async function rowsOf(emulator: Ministack, prefix: string): Promise<readonly Row[]> {
  const client = documentClient(new DynamoDBClient(clientConfig(emulator)));
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand({}));
  const rows: Row[] = [];
  for await (const page of paginateScan({ client }, { TableName })) rows.push(...(page.Items ?? []));
  return rows.filter(({ pk }) => String(pk).startsWith(prefix));
}
