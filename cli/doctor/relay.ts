import { connect } from 'node:net';
import { type Finding, failure, ok } from './finding.ts';

const PATIENCE = 5_000;

/** Whether an SMTP relay greets us; no mail is begun. On port 465 that it can be reached at all: it speaks TLS only. */
export function checkRelay({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<readonly Finding[]> {
  const where = `${host}:${port}`;
  const fix = 'Correct "serve.mail.smtp", or see whether the relay runs and this machine may reach it.';
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (finding: Finding) => {
      socket.destroy();
      done([finding]);
    };
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(failure('Relay', `${where}: ${error.code ?? error.message}`, fix)),
    );
    socket.once('timeout', () => end(failure('Relay', `${where} does not answer`, fix)));
    if (port === 465) socket.once('connect', () => end(ok('Relay', `${where} can be reached`)));
    else
      socket.once('data', (greeting) =>
        end(
          /^220/.test(String(greeting))
            ? ok('Relay', `${where} is ready`)
            : failure('Relay', `${where} says: ${String(greeting).trim()}`, fix),
        ),
      );
  });
}
