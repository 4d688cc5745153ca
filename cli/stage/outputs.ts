import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { readOutputs, type StackOutputs, stackName } from '../../lib/config/outputs.ts';
import type { StageSettings } from '../../lib/config/schema.ts';
import { UnavailableError } from '../../lib/errors.ts';
import { askingAws, clientConfig } from './clients.ts';

/**
 * The names of what was deployed for a stage.
 * @throws UnavailableError when it is not deployed or AWS cannot be asked
 */
export async function stageOutputs(settings: StageSettings, stage: string): Promise<StackOutputs> {
  const client = new CloudFormationClient(clientConfig(settings));
  try {
    const { Stacks = [] } = await askingAws(() =>
      client.send(new DescribeStacksCommand({ StackName: stackName(stage) })).catch(notThere(settings, stage)),
    );
    const outputs = Stacks[0]?.Outputs ?? [];
    return readOutputs(
      stage,
      Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])),
    );
  } finally {
    client.destroy();
  }
}

/** CloudFormation says `ValidationError: Stack with id X does not exist`. */
function notThere({ region }: StageSettings, stage: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Error && /does not exist/.test(error.message))) throw error;
    throw new UnavailableError(
      `There is no stack ${stackName(stage)} in ${region} of this account.`,
      `Deploy it first: npm run deploy -- --stage ${stage}.`,
      { cause: error },
    );
  };
}
