import type { Resource } from '../infra/synth.ts';

/** One value of a metric. */
export interface Point {
  readonly namespace: string;
  readonly metric: string;
  /** As in the template, so that references are compared as they stand. */
  readonly dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly at: Date;
  readonly value: number;
}

type Properties = Resource['Properties'];

const COMPARE: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

const STATISTIC: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: (values) => values.reduce((a, b) => a + b, 0),
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  SampleCount: (values) => values.length,
  Average: (values) => values.reduce((a, b) => a + b, 0) / values.length,
};

/**
 * Whether CloudWatch would raise this alarm at this time: all of the last `EvaluationPeriods` periods breach; one without
 * data counts as `TreatMissingData` says.
 */
export function isRaised(alarm: Properties, points: readonly Point[], now: Date): boolean {
  const { Period = 0, EvaluationPeriods = 0 } = alarm as { Period?: number; EvaluationPeriods?: number };
  const own = points.filter((point) => isOf(point, alarm));
  return Array.from({ length: EvaluationPeriods }, (_, index) => now.getTime() - index * Period * 1000).every((end) =>
    breaches(
      alarm,
      own.filter(({ at }) => at.getTime() <= end && at.getTime() > end - Period * 1000).map(({ value }) => value),
    ),
  );
}

function isOf({ namespace, metric, dimensions = [] }: Point, alarm: Properties): boolean {
  const wanted = JSON.stringify(alarm.Dimensions ?? []);
  return namespace === alarm.Namespace && metric === alarm.MetricName && JSON.stringify(dimensions) === wanted;
}

function breaches(alarm: Properties, values: readonly number[]): boolean {
  if (values.length === 0) return alarm.TreatMissingData === 'breaching';
  const value = STATISTIC[String(alarm.Statistic)]?.(values);
  const compare = COMPARE[String(alarm.ComparisonOperator)];
  if (value === undefined || !compare)
    throw new Error(`cannot evaluate ${alarm.Statistic} ${alarm.ComparisonOperator}`);
  return compare(value, Number(alarm.Threshold));
}

/** What a metric filter makes of the lines that reach its log group at this time. */
export function filtered(filter: Properties, lines: readonly string[], at: Date): readonly Point[] {
  const [transformation] = filter.MetricTransformations as Properties[];
  const { MetricNamespace, MetricName, MetricValue } = transformation as Record<string, string>;
  return lines
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter((line) => matches(String(filter.FilterPattern), line))
    .map((line) => ({
      namespace: MetricNamespace ?? '',
      metric: MetricName ?? '',
      at,
      value: Number(MetricValue?.startsWith('$.') ? line[MetricValue.slice(2)] : MetricValue),
    }));
}

/** The part of CloudWatch's JSON patterns that we use: `{ $.a = "text*" && $.b > 0 }`. */
function matches(pattern: string, line: Readonly<Record<string, unknown>>): boolean {
  const inner = /^\{ (.+) \}$/.exec(pattern)?.[1] ?? '';
  return inner.split(' && ').every((term) => {
    const [, field = '', operator, value = ''] = /^\$\.(\w+) (=|>) (.+)$/.exec(term) ?? [];
    if (operator === '>') return Number(line[field]) > Number(value);
    if (operator !== '=') throw new Error(`cannot read the pattern ${pattern}`);
    const wanted = JSON.parse(value) as string;
    const found = String(line[field]);
    return wanted.endsWith('*') ? found.startsWith(wanted.slice(0, -1)) : found === wanted;
  });
}
