import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startSmtp } from '../../support/smtp-server.ts';

/** A mail service on loopback that takes every mail. */
export interface Service {
  /** The configuration's `serve.mail`. */
  readonly mail: object;
  readonly env: NodeJS.ProcessEnv;
  /** Of every mail that it took, to whom. */
  readonly taken: readonly string[];
  /** How often it hears of one mail. */
  readonly steps: number;
  close(): Promise<void>;
}

/** @param heard told of everything that it hears, before it answers; the mail that is whole by then is taken. */
export type Hear = (count: number) => Promise<void>;

export async function smtpService(heard: Hear): Promise<Service> {
  const relay = await startSmtp(async ({ count }) => {
    await heard(count);
    return undefined;
  });
  return {
    mail: { smtp: { host: '127.0.0.1', port: relay.port } },
    env: {},
    get taken() {
      return relay.mails.map(({ to }) => to);
    },
    steps: 4,
    close: relay.close,
  };
}

const XML = { 'content-type': 'text/xml' };
/** Sandboxed, but quick: the pace is asked for and slows nothing down. */
const QUOTA = `<GetSendQuotaResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><GetSendQuotaResult>
  <Max24HourSend>200.0</Max24HourSend><MaxSendRate>1000.0</MaxSendRate><SentLast24Hours>7.0</SentLast24Hours>
  </GetSendQuotaResult></GetSendQuotaResponse>`;

export async function sesService(heard: Hear): Promise<Service> {
  const taken: string[] = [];
  let count = 0;
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    if (form.get('Action') === 'GetSendQuota') return void response.writeHead(200, XML).end(QUOTA);
    taken.push(form.get('Destinations.member.1') ?? '');
    count += 1;
    await heard(count);
    response.writeHead(200, XML).end(
      `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult>
      <MessageId>m-${count}</MessageId></SendRawEmailResult></SendRawEmailResponse>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    mail: { ses: { region: 'eu-central-1' } },
    env: {
      AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    taken,
    steps: 1,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
