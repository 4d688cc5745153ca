import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface TakenMail {
  readonly from: string;
  readonly to: string;
  /** As it came over the wire, dots still doubled. */
  readonly raw: string;
}

/** What a client has just said: a command, or `.` for a whole message. */
export interface Said {
  readonly line: string;
  readonly count: number;
}

/** A reply, or to end the connection without one. Undefined: as a friendly relay would. */
export type Reply = string | 'hang up' | undefined;

export interface SmtpServer {
  readonly port: number;
  /** Every message that was accepted with 250. */
  readonly mails: readonly TakenMail[];
  readonly connections: number;
  close(): Promise<void>;
}

const EHLO = '250-relay.example\r\n250-AUTH PLAIN LOGIN\r\n250-PIPELINING\r\n250 SIZE 10485760';

/** An SMTP relay on loopback that takes everything, unless `reply` says otherwise. */
export async function startSmtp(reply: (said: Said) => Reply | Promise<Reply> = () => undefined): Promise<SmtpServer> {
  const mails: TakenMail[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  let connections = 0;

  async function talk(socket: Socket): Promise<void> {
    connections += 1;
    const say = (text: string) => socket.write(`${text}\r\n`);
    const answer = async (line: string, usual: string): Promise<boolean> => {
      count += 1;
      const text = (await reply({ line, count })) ?? usual;
      if (text === 'hang up') socket.destroy();
      else say(text);
      return text === usual;
    };
    let mail = { from: '', to: '', raw: '' };
    let rest = '';
    let inData = false;
    say('220 relay.example ESMTP');
    for await (const chunk of socket) {
      rest += chunk;
      for (;;) {
        const end = inData ? rest.indexOf('\r\n.\r\n') : rest.indexOf('\r\n');
        if (end < 0) break;
        const line = rest.slice(0, end);
        rest = rest.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          mail = { ...mail, raw: `${line}\r\n` };
          // Accepted is what it decided, whether or not the client still hears of it.
          const kept = mail;
          count += 1;
          const text = await reply({ line: '.', count });
          if (text === undefined) mails.push(kept);
          if (text === 'hang up') socket.destroy();
          else say(text ?? `250 2.0.0 Ok: queued as ${mails.length}`);
        } else if (/^EHLO/i.test(line)) await answer(line, EHLO);
        else if (/^AUTH/i.test(line)) await answer(line, '235 2.7.0 welcome');
        else if (/^MAIL FROM/i.test(line)) {
          mail = { from: address(line), to: '', raw: '' };
          await answer(line, '250 2.1.0 Ok');
        } else if (/^RCPT TO/i.test(line)) {
          if (await answer(line, '250 2.1.5 Ok')) mail = { ...mail, to: address(line) };
        } else if (/^DATA/i.test(line)) {
          if (mail.to === '') say('554 5.5.1 no valid recipients');
          else inData = await answer(line, '354 go ahead');
        } else if (/^QUIT/i.test(line)) {
          say('221 2.0.0 Bye');
          socket.end();
        } else if (/^(RSET|NOOP)/i.test(line)) await answer(line, '250 2.0.0 Ok');
        else await answer(line, '502 5.5.1 not here');
      }
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket.setEncoding('latin1'));
    socket.on('error', () => undefined);
    talk(socket).catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    get connections() {
      return connections;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function address(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
