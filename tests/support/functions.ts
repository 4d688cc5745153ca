import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSampleServer } from '../../cli/sample/server.ts';
import type { FunctionName } from '../../lib/config/env.ts';
import { SETTINGS_FILE } from '../../lib/config/settings.ts';
import { dynamoStores } from '../../lib/storage/dynamodb/index.ts';
import type { Stores } from '../../lib/storage/stores.ts';
import { type AwsAnswer, startAws } from './aws-stub.ts';
import { type Built, buildBundles } from './bundles.ts';
import { startDynalite } from './dynalite.ts';
import { DUE } from './events.ts';
import { type Invocation, invoke, type Step } from './lambda.ts';

/** A deployed stage with an empty table of its own. */
export interface Stage {
  readonly stores: Stores;
  run(name: FunctionName, ...steps: readonly Step[]): Promise<readonly Invocation[]>;
}

/** The bundles that would be deployed, and an AWS on loopback for them to run in. */
export interface Functions {
  readonly built: Built;
  /** How many feeds the bundles have. */
  readonly feeds: number;
  /** What SES answers to a mail. */
  ses: AwsAnswer;
  /** Bodies of the messages that the queues took. */
  readonly queue: string[];
  /** @param change of every function's environment */
  stage(change?: Readonly<Record<string, string>>, bundles?: Built['bundles']): Promise<Stage>;
  /** A bundle of `collect` with so many feeds, none of which can be reached. */
  withDeadFeeds(count: number): string;
  close(): Promise<void>;
}

const KEY = 'k'.repeat(64);
const ACCEPTED: AwsAnswer = {
  body: '<SendRawEmailResponse><SendRawEmailResult><MessageId>m</MessageId></SendRawEmailResult></SendRawEmailResponse>',
};
const QUOTA: AwsAnswer = {
  body: `<GetSendQuotaResponse><GetSendQuotaResult><Max24HourSend>50000</Max24HourSend><MaxSendRate>50</MaxSendRate>
    <SentLast24Hours>0</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>`,
};

/** How SES says no. */
export const refusal = (status: number, code: string, message: string): AwsAnswer => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

interface Batch {
  readonly Entries: readonly { readonly Id: string; readonly MessageBody: string }[];
}

/** Builds the bundles, which takes seconds, and starts what they need. */
export async function startFunctions(): Promise<Functions> {
  const folder = mkdtempSync(join(tmpdir(), 'dispatches-functions-'));
  const queue: string[] = [];
  const dynalite = await startDynalite();
  const news = await startSampleServer(() => DUE);
  const aws = await startAws({
    GetSecretValue: ({ SecretId }: { SecretId: string }) => ({
      body: { SecretString: SecretId === 'tokens' ? JSON.stringify({ current: KEY, previous: [] }) : KEY },
    }),
    SendMessageBatch: ({ Entries }: Batch) => {
      queue.push(...Entries.map(({ MessageBody }) => MessageBody));
      return { body: { Successful: Entries.map(taken), Failed: [] } };
    },
    GetSendQuota: () => QUOTA,
    SendRawEmail: () => self.ses,
  });
  const built = await buildBundles(folder, {
    feeds: news.sources.map(({ url }) => url),
    config: { collect: { allowLoopback: true }, edition: { sendWithinHours: 4 } },
  });
  const self: Functions = {
    ...{ built, queue, feeds: news.sources.length, ses: ACCEPTED },
    async stage(change = {}, bundles = built.bundles) {
      const table = await dynalite.createTable();
      queue.length = 0;
      self.ses = ACCEPTED;
      const env = {
        ...aws.env,
        AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
        ...environment(aws.url, table),
        ...change,
      };
      return {
        stores: dynamoStores(dynalite.client, table),
        run: (name, ...steps) => invoke(bundles[name], env, steps),
      };
    },
    withDeadFeeds: (count) => withDeadFeeds(mkdtempSync(join(folder, 'dead-')), built.bundles.collect, count),
    async close() {
      await aws.close();
      await news.close();
      await dynalite.close();
      rmSync(folder, { recursive: true });
    },
  };
  return self;
}

function taken({ Id, MessageBody }: Batch['Entries'][number]) {
  return { Id, MessageId: Id, MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex') };
}

function environment(aws: string, table: string): Readonly<Record<string, string>> {
  return {
    TABLE: table,
    SITE_URL: 'https://news.example',
    JOBS_QUEUE_URL: `${aws}/1/jobs`,
    LETTERS_QUEUE_URL: `${aws}/1/letters`,
    CONFIGURATION_SET: 'rules',
    TOKEN_KEYS_SECRET: 'tokens',
    IDENTITY_KEY_SECRET: 'identity',
  };
}

function withDeadFeeds(bundle: string, from: string, count: number): string {
  cpSync(from, bundle, { recursive: true });
  const settings = JSON.parse(readFileSync(join(bundle, SETTINGS_FILE), 'utf8'));
  const sources = Array.from({ length: count }, (_, n) => ({ url: `http://127.0.0.1:9/${n}` }));
  writeFileSync(join(bundle, SETTINGS_FILE), JSON.stringify({ ...settings, sources }));
  return bundle;
}
