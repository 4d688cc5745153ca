import { ConditionalCheckFailedException, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** What belongs to the reader of a row lies under `data`, so that none of its fields can clash with a key. */
export type Row = Readonly<Record<string, unknown>>;

export interface RowPage {
  readonly rows: readonly Row[];
  /** Where the next page starts; absent at the end. A page may be empty and still have one. */
  readonly last?: Row;
}

/** How a conditional write ended. */
export interface Outcome {
  readonly written: boolean;
  /** Refused, but the request went out more than once: it may have been refused because of its own first copy. */
  readonly repeated: boolean;
  /** What `ReturnValues` asked for. */
  readonly attributes: Row;
}

/** The requests that the stores make: each write touches one row, reads of a single row are consistent. */
export interface Table {
  get(key: Key): Promise<Row | undefined>;
  put(row: Key & Row, condition?: Omit<PutCommandInput, 'TableName' | 'Item'>): Promise<Outcome>;
  update(key: Key, change: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<Outcome>;
  remove(key: Key): Promise<void>;
  query(options: Omit<QueryCommandInput, 'TableName'>): Promise<RowPage>;
  /** What no other table has ever had: DynamoDB's own id of it. A restored backup is another table, whatever its name. */
  identity(): Promise<string>;
}

export const IF_NEW = { ConditionExpression: 'attribute_not_exists(pk)' } as const;

/** The calls that the stores make, of one table. */
export function openTable(client: DynamoDBDocumentClient, name: string): Table {
  const TableName = name;
  return {
    async get(Key) {
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item;
    },
    put: (Item, condition) => outcome(client.send(new PutCommand({ TableName, Item, ...condition }))),
    update: (Key, change) => outcome(client.send(new UpdateCommand({ TableName, Key, ...change }))),
    async remove(Key) {
      await client.send(new DeleteCommand({ TableName, Key }));
    },
    async query(options) {
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ TableName, ...options }));
      return LastEvaluatedKey ? { rows: Items, last: LastEvaluatedKey } : { rows: Items };
    },
    async identity() {
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      return Table?.TableId ?? name;
    },
  };
}

async function outcome(sent: Promise<{ Attributes?: Row | undefined }>): Promise<Outcome> {
  try {
    const { Attributes = {} } = await sent;
    return { written: true, repeated: false, attributes: Attributes };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { written: false, repeated: (error.$metadata.attempts ?? 1) > 1, attributes: {} };
  }
}
