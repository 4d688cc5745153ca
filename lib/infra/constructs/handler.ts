import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Charset, LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { FunctionEnv, FunctionName } from '../../config/env.ts';
import { SETTINGS_FILE } from '../../config/settings.ts';

/** Some dependencies are CommonJS and call `require` for Node's own modules; an ES module has none. */
const REQUIRE = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";

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
export class Handler<N extends FunctionName> extends NodejsFunction {
  readonly logs: LogGroup;

  constructor(scope: Construct, id: string, props: HandlerProps<N>) {
    const logs = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      entry: join(root, 'functions', `${props.name}.ts`),
      projectRoot: root,
      depsLockFilePath: join(root, 'package-lock.json'),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memorySize,
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      role: ownLogOnly(scope, `${id}Role`, logs),
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      ...(props.concurrency && { reservedConcurrentExecutions: props.concurrency }),
      ...(props.ticks && {
        maxEventAge: props.ticks.maxAge,
        retryAttempts: 2,
        onFailure: new SqsDestination(props.ticks.failures),
      }),
      awsSdkConnectionReuse: false,
      bundling: bundling(props.settingsFile),
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

/** The AWS SDK is bundled: its version is ours, and it starts faster than the runtime's copy. */
function bundling(settingsFile: string) {
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    // The terms are in all scripts: escaped, each letter would take six bytes.
    charset: Charset.UTF8,
    sourceMap: true,
    sourceMapMode: SourceMapMode.DEFAULT,
    sourcesContent: false,
    banner: REQUIRE,
    bundleAwsSDK: true,
    logLevel: LogLevel.WARNING,
    externalModules: [],
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_input: string, output: string) => [`cp "${settingsFile}" "${join(output, SETTINGS_FILE)}"`],
    },
  };
}
