import { join } from 'node:path';
import { AssetHashType, DockerImage, type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionEnv, FunctionName } from '../../config/env.ts';
import { bundleFunction, NODE_OPTIONS } from '../bundle.ts';

const root = join(import.meta.dirname, '../../..');

export interface HandlerProps<N extends FunctionName> {
  /** File in `functions/`, without extension. */
  readonly name: N;
  readonly environment: FunctionEnv<N>;
  /** File with settings and feed list, copied into the bundle. */
  readonly settingsFile: string;
  readonly description: string;
  readonly timeout: Duration;
  /** MB; the share of a processor grows with it. */
  readonly memorySize: number;
  /** Runs at once, reserved and no more. Default: what the account has. */
  readonly concurrency?: number;
  /** For functions that a schedule starts: how old a tick may get, and where one that kept failing ends. */
  readonly ticks?: { readonly maxAge: Duration; readonly failures: IQueue };
}

/** One Lambda: a Node 24 arm64 bundle of `functions/<name>.ts` that may, so far, only write its own log. */
export class Handler<N extends FunctionName> extends LambdaFunction {
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: HandlerProps<N>) {
    const logs = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      code: codeOf(props),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memorySize,
      environment: { ...props.environment, NODE_OPTIONS },
      role: ownLogOnly(scope, `${id}Role`, logs),
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      ...(props.concurrency && { reservedConcurrentExecutions: props.concurrency }),
      ...(props.ticks && {
        maxEventAge: props.ticks.maxAge,
        retryAttempts: 2,
        onFailure: new SqsDestination(props.ticks.failures),
      }),
    });
    this.logs = logs;
  }
}

/** Instead of the managed policy AWSLambdaBasicExecutionRole, which may write every log of the account. */
function ownLogOnly(scope: Construct, id: string, logs: LogGroup): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logs.logGroupArn],
    }),
  );
  return role;
}

/** Bundled when the stack is deployed or compared, not when it is only listed or destroyed; in this process, not in Docker. */
function codeOf({ name, settingsFile }: Pick<HandlerProps<FunctionName>, 'name' | 'settingsFile'>): Code {
  const tryBundle = (folder: string) => {
    bundleFunction(name, settingsFile, folder);
    return true;
  };
  // The command never runs: by it the CDK tells one function's output from another's.
  const bundling = { image: DockerImage.fromRegistry('unused'), command: [name], local: { tryBundle } };
  return Code.fromAsset(root, { assetHashType: AssetHashType.OUTPUT, bundling });
}
