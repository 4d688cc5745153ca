import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { StageSettings } from '../../lib/config/schema.ts';
import { UnavailableError } from '../../lib/errors.ts';

/** The functions that a tick of the schedule would start, in this order. */
const STEPS = ['Collect', 'Publish'] as const;
type Step = (typeof STEPS)[number];
type Say = (line: string) => void;

/**
 * Does now on AWS what the schedule does: collect, then publish. Mail leaves through the deployed queue.
 * @throws UnavailableError when it is not deployed, AWS cannot be reached or a function failed
 */
export async function runStage({ region }: StageSettings, name: string, now: Date, say: Say): Promise<void> {
  const client = new LambdaClient({ region, maxAttempts: 1 });
  try {
    const functions = await findFunctions(client, `Dispatches-${name}`);
    for (const step of STEPS) {
      say(`${step.toLowerCase()} …`);
      await invoke(client, functions[step], now);
    }
  } catch (cause) {
    if (cause instanceof UnavailableError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UnavailableError(`AWS could not be asked: ${why}.`, 'Check your credentials and the region.', { cause });
  } finally {
    client.destroy();
  }
}

/** CloudFormation calls them `<stack>-<logical id>-<random>`. */
async function findFunctions(client: LambdaClient, stack: string): Promise<Record<Step, string>> {
  const names: string[] = [];
  for await (const page of paginateListFunctions({ client }, {}))
    names.push(...(page.Functions ?? []).map((one) => one.FunctionName ?? ''));
  const find = (step: Step): string => {
    const found = names.find((name) => name.startsWith(`${stack}-${step}`));
    if (found) return found;
    throw new UnavailableError(
      `There is no ${step} function of ${stack} in this account and region.`,
      `Deploy it first: npm run deploy -- --stage ${stack.replace('Dispatches-', '')}.`,
    );
  };
  return { Collect: find('Collect'), Publish: find('Publish') };
}

async function invoke(client: LambdaClient, name: string, now: Date): Promise<void> {
  const Payload = JSON.stringify({ at: now.toISOString() });
  const answer = await client.send(new InvokeCommand({ FunctionName: name, Payload }));
  if (!answer.FunctionError) return;
  const { errorMessage } = JSON.parse(answer.Payload?.transformToString() ?? '{}') as { errorMessage?: string };
  throw new UnavailableError(`${name} failed: ${errorMessage ?? answer.FunctionError}.`, 'Its log group tells more.');
}
