import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Listening } from '../../lib/runtime/listen.ts';

export interface SesCounter extends Pick<Listening, 'url' | 'close'> {
  /** Mails taken, by recipient. */
  readonly taken: ReadonlyMap<string, number>;
}

const answer = (action: string, result: string) =>
  `<${action}Response xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><${action}Result>${result}</${action}Result></${action}Response>`;

/** A loopback SES for many mails: fast, with room for all of them, keeping of each only whom it was for. */
export async function startSesCounter(perSecond: number): Promise<SesCounter> {
  const taken = new Map<string, number>();
  const quota = `<Max24HourSend>1000000</Max24HourSend><MaxSendRate>${perSecond}</MaxSendRate><SentLast24Hours>0</SentLast24Hours>`;
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    response.writeHead(200, { 'content-type': 'text/xml' });
    if (form.get('Action') === 'GetSendQuota') return response.end(answer('GetSendQuota', quota));
    const recipient = form.get('Destinations.member.1') ?? '';
    taken.set(recipient, (taken.get(recipient) ?? 0) + 1);
    return response.end(answer('SendRawEmail', `<MessageId>m-${taken.size}</MessageId>`));
  });
  const url = await new Promise<string>((done) => {
    server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as { port: number }).port}`));
  });
  return {
    ...{ taken, url },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
