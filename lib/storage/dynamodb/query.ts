import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Row, RowPage } from './table.ts';

type Query = Omit<QueryCommandInput, 'TableName'>;

/** Rows of one partition in the order of their sort key, consistently. */
export function rowsOf(pk: string, start?: Row): Query {
  return {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
    ...startingAt(start),
  };
}

/** Where a page begins: after the last row of the one before. */
export function startingAt(start: Row | undefined): Query {
  return start ? { ExclusiveStartKey: start } : {};
}

/** All rows, page by page: for listings that are small. */
export async function drain(read: (start: Row | undefined) => Promise<RowPage>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let page = await read(undefined);
  rows.push(...page.rows);
  while (page.last) {
    page = await read(page.last);
    rows.push(...page.rows);
  }
  return rows;
}
