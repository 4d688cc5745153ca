import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Client } from '../web/deps.ts';

export interface Listening {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

type Fetch = (request: Request, client: Client) => Response | Promise<Response>;

/**
 * Serves on the loopback address only.
 * @param fetch is told the address of the peer, from the connection
 * @param port the port wished for; another free one is taken when it is in use, or when it is 0
 */
export async function listen(fetch: Fetch, port = 0): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => fetch(request, clientOf(incoming.socket.remoteAddress)),
  });
  const taken = await bind(server, port).catch((error: NodeJS.ErrnoException) => {
    if (port !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) return bind(server, 0);
    throw error;
  });
  return { url: `http://127.0.0.1:${taken}`, close: () => close(server) };
}

function clientOf(address: string | undefined): Client {
  return address === undefined ? {} : { address };
}

function bind(server: ServerType, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
