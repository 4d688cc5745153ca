import { UnavailableError } from '../errors.ts';

/** What the stack of one stage says about itself, for the CLI to find it by: names and addresses, nothing secret. */
export const STACK_OUTPUTS = [
  'SiteUrl',
  'ApiUrl',
  'TableName',
  'TokenKeysSecret',
  'IdentityKeySecret',
  'ConfigurationSet',
  'ScheduleGroup',
  'JobsQueueUrl',
  'LettersQueueUrl',
  'MailEventsQueueUrl',
  'JobsDeadUrl',
  'LettersDeadUrl',
  'MailEventsDeadUrl',
  'TicksDeadUrl',
  'CollectFunction',
  'PublishFunction',
  'CollectLogGroup',
  'PublishLogGroup',
  'DeliverLogGroup',
  'FeedbackLogGroup',
  'TidyLogGroup',
  'WebLogGroup',
] as const;

export type StackOutput = (typeof STACK_OUTPUTS)[number];
export type StackOutputs = Readonly<Record<StackOutput, string>>;

/** The CloudFormation stack of a stage. */
export function stackName(stage: string): string {
  return `Dispatches-${stage}`;
}

/**
 * Checks what CloudFormation says of a stack.
 * @throws UnavailableError naming what is missing: an earlier version deployed it
 */
export function readOutputs(stage: string, found: Readonly<Record<string, string>>): StackOutputs {
  const missing = STACK_OUTPUTS.filter((name) => !found[name]);
  if (missing.length === 0) return found as StackOutputs;
  throw new UnavailableError(
    `The stack ${stackName(stage)} does not say its ${missing.join(', ')}.`,
    `It was deployed by another version: deploy it again, npm run deploy -- --stage ${stage}.`,
  );
}
