import { CloudWatchLogsClient, type FilteredLogEvent, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { StackOutputs } from '../../lib/config/outputs.ts';
import type { StageSettings } from '../../lib/config/schema.ts';
import { InputError } from '../../lib/errors.ts';
import { askingAws, clientConfig } from '../stage/clients.ts';
import { stageOutputs } from '../stage/outputs.ts';

/** So many lines of one function at most; ask for a later time, or one function, when that is not enough. */
const MOST = 5_000;
const GROUP = /^(\w+)LogGroup$/;

/** What the functions of a stage logged, in the order of time, each line with `time` and `function`. */
export async function readStageLogs(
  settings: StageSettings,
  stage: string,
  { since, only }: { readonly since: Date; readonly only?: string },
): Promise<readonly string[]> {
  const groups = groupsOf(await stageOutputs(settings, stage), only);
  const client = new CloudWatchLogsClient(clientConfig(settings));
  try {
    const all = await askingAws(() =>
      Promise.all(
        groups.map(([name, group]) =>
          eventsOf(client, group, since).then((events) => events.flatMap((event) => lineOf(name, event))),
        ),
      ),
    );
    return all.flat().sort();
  } finally {
    client.destroy();
  }
}

function groupsOf(outputs: StackOutputs, only?: string): readonly (readonly [string, string])[] {
  const groups = Object.entries(outputs).flatMap(([output, group]) => {
    const name = GROUP.exec(output)?.[1]?.toLowerCase();
    return name ? [[name, group] as const] : [];
  });
  if (!only) return groups;
  const found = groups.filter(([name]) => name === only);
  if (found.length > 0) return found;
  throw new InputError(`There is no function "${only}".`, `Name one of ${groups.map(([name]) => name).join(', ')}.`);
}

async function eventsOf(
  client: CloudWatchLogsClient,
  logGroupName: string,
  since: Date,
): Promise<readonly FilteredLogEvent[]> {
  const found: FilteredLogEvent[] = [];
  const question = { logGroupName, startTime: since.getTime() };
  for await (const { events = [] } of paginateFilterLogEvents({ client }, question)) {
    found.push(...events);
    if (found.length >= MOST) break;
  }
  return found;
}

/** The platform's own lines (start, end, report) are left out. */
function lineOf(name: string, { message = '', timestamp = 0 }: FilteredLogEvent): readonly string[] {
  const text = message.trim();
  if (/^\{"time":"[^"]*","type":"platform\.|^(START|END|REPORT|INIT_START) /.test(text)) return [];
  const head = `{"time":"${new Date(timestamp).toISOString()}","function":"${name}"`;
  return [text.startsWith('{') ? `${head},${text.slice(1)}` : `${head},"message":${JSON.stringify(text)}}`];
}
