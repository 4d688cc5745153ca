import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Ministack } from './ministack.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Visit {
  readonly method?: 'GET' | 'POST';
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Opens an address of the deployed HTTP API. Its host (`<id>.execute-api.localhost`) does not resolve everywhere, so the
 * request goes to the emulator's port with that host in its header; `fetch` forbids that.
 */
export function visit(emulator: Ministack, address: string, { method, form, headers }: Visit = {}): Promise<Answer> {
  const { host, pathname, search } = new URL(address);
  const body = form && new URLSearchParams(form).toString();
  return new Promise((done, fail) => {
    const outgoing = request({
      host: '127.0.0.1',
      port: emulator.port,
      path: pathname + search,
      method: method ?? (form ? 'POST' : 'GET'),
      headers: { host, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    });
    outgoing.once('error', fail);
    outgoing.once('response', (incoming) => {
      const { statusCode: status = 0, headers } = incoming;
      text(incoming).then((body) => done({ status, headers, body }), fail);
    });
    outgoing.end(body);
  });
}
