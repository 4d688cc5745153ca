import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Meter {
  /** Requests by operation: `PutItem`, `Query` ... */
  readonly requests: Map<string, number>;
  /** Units written, by partition key; a write that its condition refused costs one. */
  readonly writes: Map<string, number>;
  /** Units by operation; those of indexes are part of it. */
  readonly units: Map<string, number>;
  reset(): void;
}

/** Counts what goes through a client, and asks DynamoDB for the capacity that each request takes. */
export function meter(client: DynamoDBDocumentClient): Meter {
  const requests = new Map<string, number>();
  const writes = new Map<string, number>();
  const units = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, count: number) => map.set(key, (map.get(key) ?? 0) + count);
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const input = args.input as { Key?: { pk: string }; Item?: { pk: string }; ReturnConsumedCapacity?: string };
        const operation = commandName.replace('Command', '');
        const key = operation === 'GetItem' ? undefined : (input.Key?.pk ?? input.Item?.pk);
        const count = (used: number) => {
          add(units, operation, used);
          if (key) add(writes, key, used);
        };
        input.ReturnConsumedCapacity = 'INDEXES';
        add(requests, operation, 1);
        const result = await next(args).catch((error: unknown) => {
          if (key) count(1);
          throw error;
        });
        const output = result.output as { ConsumedCapacity?: { CapacityUnits?: number } };
        count(output.ConsumedCapacity?.CapacityUnits ?? 0);
        return result;
      },
    { step: 'initialize', priority: 'high', name: 'meter' },
  );
  return {
    requests,
    writes,
    units,
    reset() {
      for (const map of [requests, writes, units]) map.clear();
    },
  };
}
