import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface JsonService {
  readonly config: {
    endpoint: string;
    region: string;
    maxAttempts: number;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /** What was asked, in order. */
  readonly asked: readonly unknown[];
  close(): Promise<void>;
}

/** A loopback server that speaks the JSON protocol of AWS: `answer` gets the request's body and gives status and body. */
export async function jsonService(answer: (body: never) => { status?: number; body: unknown }): Promise<JsonService> {
  const asked: unknown[] = [];
  const server = createServer(async (request, response) => {
    const question = await json(request);
    asked.push(question);
    const { status = 200, body } = answer(question as never);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    config: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
