import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

/**
 * The one table, as data: the CDK app and the tests both create it from this. All key attributes are strings; billing is
 * on demand. docs/decisions/050-storage.md lists the access patterns.
 */
export const TABLE = {
  pk: 'pk',
  sk: 'sk',
  /** DynamoDB deletes a row some time after this moment (epoch seconds). Nothing depends on it. */
  ttl: 'expires',
  /** Local index, so that it can be read consistently: items by the time they were first seen. */
  byTime: { name: 'byTime', sk: 'firstSeen' },
  /** Global index, lags: editions by due time, active readers by appointment. Addresses stay out of it. */
  listing: { name: 'listing', pk: 'listingPk', sk: 'listingSk', include: ['summary', 'preferences'] },
} as const;

/** The request that creates the table. TTL is switched on separately: `UpdateTimeToLive` on `TABLE.ttl`. */
export function createTableInput(table: string): CreateTableCommandInput {
  const { pk, sk, byTime, listing } = TABLE;
  return {
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [pk, sk, byTime.sk, listing.pk, listing.sk].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keys(pk, sk),
    LocalSecondaryIndexes: [
      { IndexName: byTime.name, KeySchema: keys(pk, byTime.sk), Projection: { ProjectionType: 'ALL' } },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: listing.name,
        KeySchema: keys(listing.pk, listing.sk),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...listing.include] },
      },
    ],
  };
}

function keys(hash: string, range: string): NonNullable<CreateTableCommandInput['KeySchema']> {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}
