import type { DynamoDBClient, DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Stores } from '../stores.ts';
import { deliveryStore } from './deliveries.ts';
import { editionStore } from './editions.ts';
import { feedStore } from './feeds.ts';
import { limitStore } from './limits.ts';
import { sendingStore } from './sending.ts';
import { subscriberStore } from './subscribers.ts';
import { openTable } from './table.ts';

/**
 * For the clients of DynamoDB and of the services around it (not SES): a request that gets no answer in time is sent
 * again, instead of using up the function's time. The stores and the queue bear that a write arrives twice. Milliseconds.
 */
export const CLIENT_CONFIG = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** The client that `dynamoStores` needs: optional fields that are absent stay absent. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/**
 * All stores in one table that was created from `createTableInput`.
 * @param client from `documentClient`
 */
export function dynamoStores(client: DynamoDBDocumentClient, table: string): Stores {
  const rows = openTable(client, table);
  return {
    feeds: feedStore(rows),
    editions: editionStore(rows),
    deliveries: deliveryStore(rows),
    sending: sendingStore(rows),
    subscribers: subscriberStore(rows),
    limits: limitStore(rows),
  };
}
