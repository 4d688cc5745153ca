import { InvalidArgumentError, Option } from 'commander';
import { adviceFor } from '../lib/errors.ts';
import { normaliseEmail } from '../lib/subscriptions/identity.ts';
import { LOCALES } from '../lib/types.ts';
import { CONFIG_FILE, STATE } from './defaults.ts';

/** Options that several commands share, read the same way everywhere. */
export const option = {
  config: () => new Option('--config <file>', 'configuration file').default(CONFIG_FILE),
  state: (standard = STATE) => new Option('--state <dir>', 'folder of database, keys and mails').default(standard),
  yes: (of: string) => new Option('--yes', `do not ask ${of}`),
  stage: () => new Option('--stage <name>', 'a deployed stage instead of this machine').conflicts('state'),
  feeds: () => new Option('--feeds <where...>', 'OPML files, feed files, folders of feed files or web addresses'),
  locale: () => new Option('--locale <language>', 'language of our own words').choices([...LOCALES]),
  now: () => new Option('--now <time>', 'take this as the present').argParser(instant),
  test: () => new Option('--test <address>', 'the one address that gets it').argParser(address),
  limit: (standard: number) => new Option('--limit <number>', 'at most so many').default(standard).argParser(positive),
  from: () => new Option('--since <time>', 'from this time on').argParser(instant),
  sentUntil: () => new Option('--sent-until <time>', 'editions due up to then count as sent').argParser(instant),
  since: () => new Option('--since <time>', 'news begins here (default: as configured)').argParser(instant),
  to: () => new Option('--to <address>', 'the reader').argParser(address),
  /** 0 means any. */
  port: (standard: number | undefined, of: string) =>
    new Option('--port <number>', `port ${of}; free ones are taken for those in use`).default(standard).argParser(port),
  json: () => new Option('--json', 'write the result as JSON to standard output'),
};

function instant(text: string): Date {
  const at = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('Write a time like 2026-11-23 or 2026-11-23T07:00:00Z.');
  return at;
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('Write a number from 1.');
}

function address(text: string): string {
  try {
    return normaliseEmail(text);
  } catch (error) {
    throw new InvalidArgumentError(adviceFor(error));
  }
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65_533) return number;
  throw new InvalidArgumentError('Write a number from 0 (any free port) to 65533.');
}

/** Where a command looks, on every command that works here and on a stage: gives `Where`. */
export const whereOptions = (): Option[] => [option.state(), option.stage(), option.config()];
