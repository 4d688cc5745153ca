import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Client } from '../web/deps.ts';

export interface Listening {
  /** `http://<host>:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

type Fetch = (request: Request, client: Client) => Response | Promise<Response>;

export interface ListenOptions {
  /** Default: the loopback address only. */
  readonly host?: string;
  /** The port and no other. Default: another free one is taken when it is in use. */
  readonly exact?: boolean;
  /** A proxy in front adds the peer's address to the end of `X-Forwarded-For`. */
  readonly behindProxy?: boolean;
}

const LOOPBACK = '127.0.0.1';

/**
 * Serves HTTP on this machine.
 * @param fetch is told the address of the peer, from the connection or from the proxy in front
 * @param port the port wished for; any free one when it is 0
 */
export async function listen(fetch: Fetch, port = 0, options: ListenOptions = {}): Promise<Listening> {
  const { host = LOOPBACK, exact = false, behindProxy = false } = options;
  const server = createAdaptorServer({
    fetch: (request, { incoming }) =>
      fetch(request, clientOf((behindProxy && forwarded(request)) || incoming.socket.remoteAddress)),
  });
  const taken = await bind(server, port, host).catch((error: NodeJS.ErrnoException) => {
    if (!exact && port !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) return bind(server, 0, host);
    throw error;
  });
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, close: () => close(server) };
}

function clientOf(address: string | undefined): Client {
  return address === undefined ? {} : { address };
}

/** What stands before the last comma, a visitor can write. */
function forwarded(request: Request): string | undefined {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
}

function bind(server: ServerType, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
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
