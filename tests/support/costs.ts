import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { MailEvent } from '../../lib/delivery/model.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import { silent } from '../../lib/log.ts';
import { pages } from '../../lib/pages.ts';
import { createApp } from '../../lib/runtime/app.ts';
import { decodeJob, sqsQueue } from '../../lib/runtime/aws/job-queue.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { config } from '../infra/synth.ts';
import { jsonService } from '../runtime/aws/json-service.ts';
import { type Dynalite, loopbackClient } from './dynalite.ts';
import { meter } from './metered.ts';
import { item, keys, pickAll, reader, site } from './newsroom.ts';
import { accepts, answers, sesServer } from './ses-server.ts';

/** What one edition asked of AWS, as requests and units that were really made. */
export interface Counts {
  readonly recipients: number;
  /** Units written in the ledger before the first mail left: the plan. */
  readonly planWrites: number;
  /** Units written in the ledger after that: claim and settle. */
  readonly ledgerWrites: number;
  /** Units of all other writes: edition, partitions, pace, tally, and the events of the witnesses. */
  readonly otherWrites: number;
  /** Writes that record an event: one per witness. */
  readonly witnessWrites: number;
  /** Units, consistent, until all jobs are handed over. */
  readonly planReads: number;
  /** Units, consistent, of the jobs. */
  readonly sendReads: number;
  /** Units per recipient's event. */
  readonly eventReads: number;
  /** Units of one sweep. */
  readonly sweepReads: number;
  readonly sesSends: number;
  readonly sesOther: number;
  /** Requests of ours to SQS, and one receive and one delete per job, which Lambda makes. */
  readonly sqs: number;
  /** Bytes of the largest ledger row of a reader, as DynamoDB bills them: names, values and 100 of overhead. */
  readonly ledgerRow: number;
  /** Bytes of the plan, a reader. */
  readonly planRow: number;
}

interface Batch {
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
}

/** A rate at which nobody waits. From 12 a second on, room is reserved once per job of 50. */
const QUOTA =
  '<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult><Max24HourSend>50000.0</Max24HourSend><MaxSendRate>10000.0</MaxSendRate><SentLast24Hours>0.0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>';

const sum = (map: ReadonlyMap<string, number>, of: (key: string) => boolean = () => true) =>
  [...map].reduce((total, [key, count]) => total + (of(key) ? count : 0), 0);
const READS = new Set(['GetItem', 'Get', 'Query']);

/** Publishes and sends one edition through the DynamoDB adapter, the SQS client and the SES client, and counts. */
export async function countRequests(dynalite: Dynalite, recipients: number): Promise<Counts> {
  const table = await dynalite.createTable();
  const client = loopbackClient(dynalite.endpoint);
  const counted = meter(client);
  const bodies: string[] = [];
  const sqs = await jsonService(({ Entries }: Batch) => {
    bodies.push(...Entries.map(({ MessageBody }) => MessageBody));
    return { body: { Successful: Entries.map(({ Id }) => ({ Id, MessageId: Id, MD5OfMessageBody: '' })) } };
  });
  await using ses = await sesServer((request, response, body) =>
    (body.includes('Action=GetSendQuota') ? answers(200, QUOTA) : accepts)(request, response, body),
  );
  const now = Date.parse('2026-11-23T06:05:00.000Z');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sesClient = new SESClient({
    ...sesClientConfig(),
    endpoint: ses.endpoint,
    region: 'eu-central-1',
    credentials,
  });
  const stores = dynamoStores(client, table);
  const url = `${sqs.config.endpoint}/1/jobs`;
  const parts = {
    ...{ config, sources: [], stores, keys, siteUrl: site.url, log: silent, versions: { config: 'c', code: '1' } },
    queue: sqsQueue(new SQSClient({ ...sqs.config, md5: false }), { edition: url, letter: url }, silent),
    transport: createSesTransport(sesClient, { configurationSet: 'mail' }),
    clock: () => new Date(now),
  };
  const app = createApp(parts);
  for (let n = 1; n <= 20; n += 1) await stores.feeds.putItem(item(n, '2026-11-23T04:00:00.000Z'));
  for (let from = 1; from <= recipients; from += 500)
    await stores.subscribers.createMany(
      Array.from({ length: Math.min(500, recipients - from + 1) }, (_, n) =>
        reader(from + n, 'nl', { id: subscriberId(`reader-${from + n}@example.org`, keys.identity) }),
      ),
    );

  const used = () => ({
    ledger: sum(counted.writes, (pk) => pk.startsWith('LEDGER#')),
    writes: sum(counted.writes),
    reads: sum(counted.units, (name) => READS.has(name)),
  });
  counted.reset();
  await publish({ ...parts, ...stores, site, selector: pickAll }, { at: parts.clock().toISOString(), withinHours: 3 });
  const plan = used();
  counted.reset();
  for (const body of bodies) await app.deliver(decodeJob(body));
  const sent = used();

  const [edition] = (await stores.editions.list(1)).items;
  if (!edition) throw new Error('No edition was published.');
  const rows = await Array.fromAsync(pages((cursor) => stores.deliveries.page(edition.id, cursor)));
  const { Items: all = [] } = await client.send(new ScanCommand({ TableName: table }));
  const ledger = all.filter(({ pk }) => String(pk).startsWith('LEDGER#'));
  const planBytes = ledger.filter(({ readers }) => readers).reduce((total, row) => total + billedBytes(row), 0);
  counted.reset();
  for (const { subscriberId, attemptId = '', messageId = '' } of rows.flat()) {
    const event = { type: 'send', editionId: edition.id, subscriberId, attemptId, messageId } as const;
    await app.feedback({ ...event, at: new Date(now).toISOString() } satisfies MailEvent);
  }
  const events = used();

  counted.reset();
  await app.sweep();
  const sweepReads = used().reads;
  sesClient.destroy();
  client.destroy();
  await sqs.close();
  const sends = ses.requests.filter((body) => body.includes('Action=SendRawEmail')).length;
  return {
    recipients,
    planWrites: plan.ledger,
    ledgerWrites: sent.ledger,
    otherWrites: plan.writes - plan.ledger + sent.writes - sent.ledger + events.writes,
    witnessWrites: events.writes,
    planReads: plan.reads,
    sendReads: sent.reads,
    eventReads: events.reads,
    sweepReads,
    sesSends: sends,
    sesOther: ses.requests.length - sends,
    sqs: sqs.asked.length + 2 * bodies.length,
    ledgerRow: Math.max(...ledger.filter(({ data }) => data).map(billedBytes)),
    planRow: planBytes / recipients,
  };
}

/** What DynamoDB stores and bills for a row (developer guide, "Item sizes and formats"). */
function billedBytes(row: unknown): number {
  return (
    100 + Object.entries(row as object).reduce((total, [name, value]) => total + name.length + valueBytes(value), 0)
  );
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value === 'boolean') return 1;
  if (Array.isArray(value)) return value.reduce((total: number, each) => total + 1 + valueBytes(each), 3);
  return Object.entries(value as object).reduce((total, [name, each]) => total + 1 + name.length + valueBytes(each), 3);
}
