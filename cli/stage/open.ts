import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { StageSettings } from '../../lib/config/schema.ts';
import { readKeys } from '../../lib/runtime/aws/keys.ts';
import { documentClient, dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import type { Place } from '../open-place.ts';
import { clientConfig } from './clients.ts';
import { stageOutputs } from './outputs.ts';

/**
 * The table of a deployed stage, with the rights of whoever runs the command.
 * @throws UnavailableError when it is not deployed or AWS cannot be asked
 */
export async function openStage(settings: StageSettings, stage: string): Promise<Place> {
  const { TableName, TokenKeysSecret, IdentityKeySecret } = await stageOutputs(settings, stage);
  const dynamo = new DynamoDBClient(clientConfig(settings));
  const secrets = new SecretsManagerClient(clientConfig(settings));
  return {
    stores: dynamoStores(documentClient(dynamo), TableName),
    keys: () => readKeys(secrets, { tokens: TokenKeysSecret, identity: IdentityKeySecret }),
    close() {
      dynamo.destroy();
      secrets.destroy();
    },
  };
}
