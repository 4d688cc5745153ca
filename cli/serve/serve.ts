import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { loadConfig } from '../../lib/config/load.ts';
import { ConfigError } from '../../lib/errors.ts';
import { localLog } from '../../lib/runtime/local-log.ts';
import { serve } from '../../lib/runtime/serve/serve.ts';
import { readFeedList } from '../feed-input.ts';
import { readable } from '../log-line.ts';

export interface ServeOptions {
  readonly config: string;
  readonly state: string;
}

/** How long a round may go on after it was asked to stop. Ending it then loses nothing. Milliseconds. */
const GRACE = 20_000;

/** Serves until Ctrl-C or SIGTERM. */
export async function serveCommandLine({ config: file, state }: ServeOptions): Promise<void> {
  const config = await loadConfig(file);
  if (!config.serve)
    throw new ConfigError(
      `${file} does not say how this machine mails.`,
      'Add "serve": its siteUrl, and under "mail" an SMTP relay or SES. docs/self-hosting.md has an example.',
    );
  const stop = new AbortController();
  const log = localLog(state, (line) => process.stdout.write(`${process.stdout.isTTY ? readable(line) : line}\n`));
  void Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => {
    log.info('stopping');
    stop.abort();
    setTimeout(() => process.exit(0), GRACE).unref();
  });
  const sources = await readFeedList(resolve(dirname(file), config.feeds));
  await serve({
    ...{ config, sources, log, settings: config.serve, folder: state, signal: stop.signal },
    onListening: (url) => log.info('serving', { site: url, feeds: sources.length }),
  });
  log.info('stopped');
}
