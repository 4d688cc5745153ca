import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { StackOutputs } from '../../lib/config/outputs.ts';
import type { StageSettings } from '../../lib/config/schema.ts';
import type { PublishResult } from '../../lib/delivery/publish.ts';
import { UnavailableError } from '../../lib/errors.ts';
import type { CollectResult } from '../../lib/feeds/collect.ts';
import { MINUTE } from '../../lib/time.ts';
import { askingAws, clientConfig } from '../stage/clients.ts';

/** What the two functions said. Mail leaves through the deployed queue after that. */
export interface StageRun {
  readonly collected: CollectResult;
  readonly published: PublishResult;
}

export interface StageRunInput {
  readonly settings: StageSettings;
  readonly outputs: Pick<StackOutputs, 'CollectFunction' | 'PublishFunction'>;
  readonly now: Date;
  readonly say: (line: string) => void;
}

/** Longer than a function may run: the answer comes when it is done. Milliseconds. */
const PATIENCE = 6 * MINUTE;

/**
 * Does now on AWS what the schedule does: collect, then publish.
 * @throws UnavailableError when AWS cannot be reached or a function failed
 */
export async function runStage({ settings, outputs, now, say }: StageRunInput): Promise<StageRun> {
  const { requestHandler, ...config } = clientConfig(settings);
  // One attempt: a function that was started by a request without an answer is running.
  const client = new LambdaClient({
    ...config,
    maxAttempts: 1,
    requestHandler: { ...requestHandler, requestTimeout: PATIENCE },
  });
  try {
    say('collect …');
    const collected = await invoke<CollectResult>(client, outputs.CollectFunction, now);
    say('publish …');
    return { collected, published: await invoke<PublishResult>(client, outputs.PublishFunction, now) };
  } finally {
    client.destroy();
  }
}

async function invoke<T>(client: LambdaClient, name: string, now: Date): Promise<T> {
  const Payload = JSON.stringify({ at: now.toISOString() });
  const answer = await askingAws(() => client.send(new InvokeCommand({ FunctionName: name, Payload })));
  const said = JSON.parse(answer.Payload?.transformToString() || '{}');
  if (!answer.FunctionError) return said;
  throw new UnavailableError(
    `${name} failed: ${said.errorMessage ?? answer.FunctionError}.`,
    'See what it logged: dispatches logs --stage NAME.',
  );
}
