import { LEDGER_DAYS, PLAN_DAYS } from '../../lib/storage/retention.ts';

/**
 * What a month of daily editions costs, from counts that `tests/delivery/cost.test.ts` measures and from prices with a
 * date and a source. `docs/cost.md` shows these tables; the same test holds the two together.
 */
export const COUNTS = {
  /** Claim and settle. */
  ledgerWrites: 2,
  /** Of an edition of any size: its own rows (a large one is some 60 KB), the switch, the partitions. */
  editionWrites: 100,
  witnesses: 200,
  /** Pace and tally. */
  writesPerJob: 2,
  readersPerJob: 50,
  /** The reader's row at the send, the ledger row at the event. */
  readsPerMail: 2,
  /** Of the ledger. */
  partitions: 256,
  /** Readers that are planned in one go. */
  readersPerPage: 500,
  /** Listings when publishing; then one per sweep. */
  listings: 2,
  sesCalls: 1,
  /** Per job: a tenth of a send, one receive, one delete. */
  sqsPerJob: 2.1,
  /** Per event: one in by SNS, a tenth of a receive and of a delete. */
  sqsPerEvent: 1.2,
  eventsPerMail: 1,
  /** A reader in the ledger, at the end: with a message id as long as those of SES (60 letters). */
  ledgerRowBytes: 330,
  /** A reader in a chunk of the plan, and what a chunk has besides. */
  planBytes: { reader: 33, chunk: 200 },
} as const;

const { partitions, planBytes } = COUNTS;

/** Chunks of a plan, at most: a page of readers, who come in the order of their ids, goes on in the partition where the last ended. */
function chunksOf(readers: number): number {
  return Math.min(readers, partitions) + readers / COUNTS.readersPerPage;
}

/** Write units of a plan, at most: each chunk is rounded up to a KB. */
export function planWrites(readers: number): number {
  return chunksOf(readers) + (readers * planBytes.reader + chunksOf(readers) * planBytes.chunk) / 1024;
}

/** Write units of everything for one edition. */
export function writesOf(readers: number): number {
  const jobs = Math.ceil(readers / COUNTS.readersPerJob);
  const own = COUNTS.editionWrites + Math.min(readers, COUNTS.witnesses) + jobs * COUNTS.writesPerJob;
  return readers * COUNTS.ledgerWrites + planWrites(readers) + own;
}

/** Read units of listing so many bytes: each partition is rounded up to 4 KB. */
function listingReads(readers: number, bytes: number): number {
  return Math.min(readers, partitions) + (readers * bytes) / 4096;
}

/** Read units of one edition: reader and event of each mail, the plan of each job's partitions, and the listings. */
export function readsOf(readers: number, sweeps: number): number {
  const jobs = Math.ceil(readers / COUNTS.readersPerJob);
  const visited = Math.min(COUNTS.readersPerJob, 1 + (jobs > 1 ? partitions / jobs : 0));
  const planned = 1 + (readers / partitions) * (planBytes.reader / 4096);
  const listings = COUNTS.listings * listingReads(readers, planBytes.reader + planBytes.chunk);
  const swept = sweeps * listingReads(readers, planBytes.reader + COUNTS.ledgerRowBytes);
  return readers * COUNTS.readsPerMail + jobs * visited * planned + listings + swept;
}

interface Price {
  readonly what: string;
  readonly dollars: number;
  readonly per: number;
  readonly unit: string;
  readonly source: string;
}

/** US East (N. Virginia), on demand. */
const PRICES = {
  ses: price('SES, mails', 0.1, 1000, 'mails', 'superuser.com 1399690: a bill of 2019; acecloudinterviews.com, SES'),
  write: price('DynamoDB on demand, writes', 0.625, 1e6, 'units', 'airbyte.com, DynamoDB pricing, July 2025'),
  read: price('DynamoDB on demand, reads', 0.125, 1e6, 'units', 'airbyte.com, DynamoDB pricing, July 2025'),
  storage: price('DynamoDB storage', 0.25, 1, 'GB-month', 'aws.amazon.com/dynamodb/pricing'),
  backup: price('DynamoDB point-in-time recovery', 0.2, 1, 'GB-month', 'from memory, not looked up'),
  sqs: price('SQS standard', 0.4, 1e6, 'requests', 'cloudburn.io, SQS pricing, March 2026'),
  sns: price('SNS standard, publishes', 0.5, 1e6, 'messages', 'factualminds.com, SNS pricing, June 2026'),
  compute: price('Lambda arm64', 13.3334, 1e6, 'GB-seconds', 'cloudchipr.com, Lambda pricing, 2024'),
  invoke: price('Lambda requests', 0.2, 1e6, 'requests', 'cloudchipr.com, Lambda pricing, 2024'),
  logs: price('CloudWatch logs, taken in', 0.5, 1, 'GB', 'factualminds.com, CloudWatch pricing, June 2026'),
  metric: price('CloudWatch metric of our own', 0.3, 1, 'month', 'signoz.io, CloudWatch pricing, February 2026'),
  alarm: price('CloudWatch alarm', 0.1, 1, 'month', 'from memory, not looked up'),
  secret: price('Secrets Manager', 0.4, 1, 'month', 'from memory, not looked up'),
} as const;

function price(what: string, dollars: number, per: number, unit: string, source: string): Price {
  return { what, dollars, per, unit, source };
}

/** Assumptions that nothing here can measure. */
const DAYS = 30;
/** GB and least number of senders, who wait for their turn together; seconds of one mail when nobody has to wait. */
const SEND = { memory: 0.375, senders: 2, seconds: 0.1 };
/** What a new production account may send, a second and a day. Who needs a larger day is given a higher rate with it. */
const NEW_ACCOUNT = { perSecond: 14, perDay: 50_000 };
const FEEDBACK_GB_SECONDS = 0.25 * 0.02;
/** What Lambda and we write in the log of a run. */
const LOG_BYTES = 1500;
/** The same for every list. Metrics are paid for by the hour in which they have a value: these two have one in every hour. */
export const FIXED = { alarms: 26, metrics: 2, secrets: 2 } as const;
/** What AWS gives every account for good, each month: requests, messages, GB-seconds, GB, alarms, metrics. */
const ALWAYS_FREE = { sqs: 1e6, sns: 1e6, compute: 4e5, invoke: 1e6, storage: 25, logs: 5, alarms: 10, metrics: 10 };
const NOTHING_FREE = { sqs: 0, sns: 0, compute: 0, invoke: 0, storage: 0, logs: 0, alarms: 0, metrics: 0 };

interface Cost {
  readonly readers: number;
  readonly ses: number;
  readonly parts: Readonly<
    Record<'writes' | 'reads' | 'queues' | 'events' | 'functions' | 'storage' | 'fixed', number>
  >;
}

/** Dollars a month for so many readers of a daily edition. */
export function costOf(readers: number, tier: 'full' | 'free'): Cost {
  const free = tier === 'free' ? ALWAYS_FREE : NOTHING_FREE;
  const { ses, write, read, storage, backup, sqs, sns, compute, invoke, logs, alarm, metric, secret } = PRICES;
  const at = ({ dollars, per }: Price, amount: number, gift = 0) => (dollars / per) * Math.max(0, amount - gift);
  const mails = readers * DAYS;
  const jobs = (readers / COUNTS.readersPerJob) * DAYS;
  const perSecond = NEW_ACCOUNT.perSecond * Math.max(1, readers / NEW_ACCOUNT.perDay) * 0.9;
  const sweeps = readers / perSecond / 900 + 1;
  const events = mails * COUNTS.eventsPerMail;
  const planned = readers * planBytes.reader + chunksOf(readers) * planBytes.chunk;
  const gigabytes = (readers * LEDGER_DAYS * COUNTS.ledgerRowBytes + PLAN_DAYS * planned) / 1e9;
  const sending = mails * SEND.memory * Math.max(SEND.seconds, SEND.senders / perSecond);
  const gigabyteSeconds = sending + (events * FEEDBACK_GB_SECONDS) / 10;
  const runs = jobs + events / 10;
  const watching =
    at(alarm, FIXED.alarms, free.alarms) + at(metric, FIXED.metrics, free.metrics) + at(secret, FIXED.secrets);
  return {
    readers,
    ses: at(ses, mails * COUNTS.sesCalls),
    parts: {
      writes: at(write, writesOf(readers) * DAYS),
      reads: at(read, readsOf(readers, sweeps) * DAYS),
      queues: at(sqs, jobs * COUNTS.sqsPerJob + events * COUNTS.sqsPerEvent, free.sqs),
      events: at(sns, events, free.sns),
      functions:
        at(compute, gigabyteSeconds, free.compute) +
        at(invoke, runs, free.invoke) +
        at(logs, (runs * LOG_BYTES) / 1e9, free.logs),
      storage: at(storage, gigabytes, free.storage) + at(backup, gigabytes),
      fixed: watching,
    },
  };
}

export function share({ ses, parts }: Cost): number {
  return Object.values(parts).reduce((a, b) => a + b, 0) / ses;
}

/** The tables of docs/cost.md, as Markdown. */
export function tables(): { readonly prices: string; readonly money: string } {
  const money = (dollars: number) => (dollars < 0.005 ? '0.00' : dollars.toFixed(2));
  const costs = [1_000, 10_000, 100_000, 1_000_000].map((readers) => costOf(readers, 'full'));
  const percent = (cost: Cost) => `${(share(cost) * 100).toFixed(2)} %`;
  const names = Object.keys(costs[0]?.parts ?? {}) as (keyof Cost['parts'])[];
  const lines = costs.map((cost) => {
    const parts = names.map((name) => money(cost.parts[name]));
    return `| ${cost.readers.toLocaleString('en')} | ${money(cost.ses)} | ${parts.join(' | ')} | ${percent(cost)} | ${percent(costOf(cost.readers, 'free'))} |`;
  });
  const prices = Object.values(PRICES).map(
    ({ what, dollars, per, unit, source }) =>
      `| ${what} | $${dollars} per ${per === 1 ? '' : `${per.toLocaleString('en')} `}${unit} | ${source} |`,
  );
  const head = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n|${cells.map(() => '---').join('|')}|`;
  return {
    prices: [head(['what', 'price', 'read in']), ...prices].join('\n'),
    money: [
      head(['readers', 'SES', ...names, 'all but SES, of the SES bill', 'the same with the free tier']),
      ...lines,
    ].join('\n'),
  };
}
