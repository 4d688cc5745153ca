import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { StageSettings } from '../../lib/config/schema.ts';
import { createLogger } from '../../lib/log.ts';
import { sqsQueue } from '../../lib/runtime/aws/job-queue.ts';
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
  const outputs = await stageOutputs(settings, stage);
  const { TableName, TokenKeysSecret, IdentityKeySecret } = outputs;
  const dynamo = new DynamoDBClient(clientConfig(settings));
  const secrets = new SecretsManagerClient(clientConfig(settings));
  const sqs = new SQSClient(clientConfig(settings));
  return {
    stores: dynamoStores(documentClient(dynamo), TableName),
    keys: () => readKeys(secrets, { tokens: TokenKeysSecret, identity: IdentityKeySecret }),
    queue: () => sqsQueue(sqs, { edition: outputs.JobsQueueUrl, letter: outputs.LettersQueueUrl }, createLogger()),
    close() {
      for (const client of [dynamo, secrets, sqs]) client.destroy();
    },
  };
}
