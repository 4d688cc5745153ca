import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Misbehaviour = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A loopback SES that counts the requests it read in full and then behaves as it is told. */
export async function sesServer(behave: Misbehaviour) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push(body);
      behave(request, response, body);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const accepted = (id: string) =>
  `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>${id}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></SendRawEmailResponse>`;

export const accepts: Misbehaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/xml' }).end(accepted('message-1'));
};

export const refuses =
  (status: number, code: string, message: string): Misbehaviour =>
  (_request, response) => {
    const fault = status < 500 ? 'Sender' : 'Receiver';
    response
      .writeHead(status, { 'content-type': 'text/xml' })
      .end(
        `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>${fault}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
      );
  };

export const resets: Misbehaviour = (request) => request.socket.resetAndDestroy();
export const closes: Misbehaviour = (request) => request.socket.destroy();
export const hangs: Misbehaviour = () => {};

/** Says 200 and how long the answer is, sends half of it, then does `then`. */
export const answersHalf =
  (then: (request: IncomingMessage) => void): Misbehaviour =>
  (request, response) => {
    const body = accepted('message-1');
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': body.length });
    response.write(body.slice(0, body.length / 2), () => then(request));
  };

export const answers =
  (status: number, body: string): Misbehaviour =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  };

/** Says 200 and goes on answering, a space at a time, for as long as anybody listens: no time-out between bytes ends it. */
export const dripsForEver: Misbehaviour = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const drip = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(drip));
};
