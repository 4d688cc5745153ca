import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LossyProxy {
  readonly endpoint: string;
  /** From now on the answer to the first copy of each request for `operation` (`PutItem` ...) is lost on its way. */
  lose(operation: string): void;
  /** The same, but the connection stays open: the answer never comes. */
  withhold(operation: string): void;
  close(): Promise<void>;
}

/** Passes requests on to `target`; every one arrives, but some answers do not. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  let losing: { operation: string; hangUp: boolean } | undefined;
  const seen = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await incoming.toArray());
    const { method, url, headers } = incoming;
    const operation = String(headers['x-amz-target']).split('.')[1];
    const upstream = request(`${target}${url}`, { method, headers }, async (answer) => {
      const bytes = Buffer.concat(await answer.toArray());
      const copy = `${headers['amz-sdk-invocation-id']}`;
      if (operation === losing?.operation && !seen.has(copy)) {
        seen.add(copy);
        if (losing?.hangUp) outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(bytes);
    });
    upstream.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose(operation) {
      losing = { operation, hangUp: true };
    },
    withhold(operation) {
      losing = { operation, hangUp: false };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
