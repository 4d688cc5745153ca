import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { CLIENT_CONFIG, documentClient, dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { createTableInput } from '../../lib/storage/dynamodb/schema.ts';
import type { Stores } from '../../lib/storage/stores.ts';

export interface Dynalite {
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  /** Creates an empty table and returns its name. */
  createTable(): Promise<string>;
  /** Stores in an empty table of their own. */
  open(): Promise<Stores>;
  close(): Promise<void>;
}

/** A client for an emulator on loopback, configured as the real one but for its patience, in milliseconds. */
export function loopbackClient(endpoint: string, patience?: { requestTimeout: number }): DynamoDBDocumentClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const requestHandler = {
    ...CLIENT_CONFIG.requestHandler,
    connectionTimeout: 20_000,
    requestTimeout: 20_000,
    ...patience,
  };
  const config = { ...CLIENT_CONFIG, endpoint, region: 'eu-central-1', credentials, requestHandler };
  return documentClient(new DynamoDBClient(config));
}

/** Starts DynamoDB in this process. */
export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = loopbackClient(endpoint);

  async function createTable(): Promise<string> {
    const name = `test-${randomUUID()}`;
    await client.send(new CreateTableCommand(createTableInput(name)));
    while ((await client.send(new DescribeTableCommand({ TableName: name }))).Table?.TableStatus !== 'ACTIVE');
    return name;
  }
  return {
    endpoint,
    client,
    createTable,
    open: async () => dynamoStores(client, await createTable()),
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
