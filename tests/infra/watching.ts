import { expect } from 'vitest';
import type { FunctionName } from '../../lib/config/env.ts';
import type { Built } from '../support/bundles.ts';
import { filtered, isRaised, type Point } from '../support/cloudwatch.ts';
import type { Invocation } from '../support/lambda.ts';
import { ofType, properties, type Resource } from './synth.ts';

/** CloudWatch, as far as the alarms of a template need it. */
export interface Watching {
  /** Names of all alarms. */
  readonly names: readonly string[];
  /** Names of those that were raised so far. */
  readonly seen: ReadonlySet<string>;
  raised(name: string, points: readonly Point[], now: Date): boolean;
  /** What the filters of its log find in runs of a function, and what Lambda counts by itself. */
  pointsOf(name: FunctionName, runs: readonly Invocation[]): readonly Point[];
  functionId(name: FunctionName): string;
  queueId(name: string): string;
}

const idOf = (name: string, suffix = '') => new RegExp(`^${name}${suffix}[0-9A-F]{8}$`, 'i');
const nameIn = (id: string) => /^Watch(.+)[0-9A-F]{8}$/.exec(id)?.[1] ?? id;

export function watching(built: Built): Watching {
  const alarms = new Map(ofType(built, 'AWS::CloudWatch::Alarm').map(([id, alarm]) => [nameIn(id), alarm.Properties]));
  const seen = new Set<string>();
  const find = (type: string, name: string) =>
    ofType(built, type).find(([id]) => idOf(name).test(id))?.[0] ?? expect.unreachable(`no ${type} ${name}`);
  const functionId = (name: FunctionName) => find('AWS::Lambda::Function', name);
  return {
    ...{ names: [...alarms.keys()], seen, functionId },
    queueId: (name) => find('AWS::SQS::Queue', name),
    raised(name, points, now) {
      const is = isRaised(alarms.get(name) ?? expect.unreachable(`no alarm ${name}`), points, now);
      if (is) seen.add(name);
      return is;
    },
    pointsOf: (name, runs) => runs.flatMap((run) => [...logged(built, name, run), ...counted(functionId(name), run)]),
  };
}

function logged(built: Built, name: string, { lines, at }: Invocation): readonly Point[] {
  const isOwn = ({ LogGroupName }: Resource['Properties']) =>
    idOf(name, 'Logs').test((LogGroupName as { Ref: string }).Ref);
  const filters = properties(built, 'AWS::Logs::MetricFilter').filter(isOwn);
  return filters.flatMap((filter) => filtered(filter, lines, at));
}

function counted(functionId: string, { at, error }: Invocation): readonly Point[] {
  const dimensions = [{ Name: 'FunctionName', Value: { Ref: functionId } }];
  return [{ namespace: 'AWS/Lambda', metric: 'Errors', dimensions, at, value: error === undefined ? 0 : 1 }];
}
