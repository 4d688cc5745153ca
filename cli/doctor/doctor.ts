import { dirname, resolve } from 'node:path';
import { loadConfig } from '../../lib/config/load.ts';
import type { StackOutputs } from '../../lib/config/outputs.ts';
import { type Config, senderDomain } from '../../lib/config/schema.ts';
import { stageOf } from '../../lib/config/stage.ts';
import { readFeedList } from '../feed-input.ts';
import { openPlace, type Where } from '../open-place.ts';
import { hasState } from '../open-state.ts';
import { count } from '../terminal.ts';
import { checkData } from './data.ts';
import { checkDmarc, checkSpf, type Dns } from './dns.ts';
import { attempt, type Finding, failure, ok, skipped, warning } from './finding.ts';
import { checkRelay } from './relay.ts';

export interface DoctorDeps {
  readonly dns: Dns;
  readonly now: Date;
}

/** Looks at everything that must be right for mail to leave, here or on a stage. Changes nothing. */
export async function examine(deps: DoctorDeps, where: Where): Promise<readonly Finding[]> {
  let config: Config | undefined;
  const read = await attempt('Configuration', async () => {
    config = await loadConfig(where.config);
    return [ok('Configuration', `${where.config}: ${config.publication.name}`), sender(config)];
  });
  if (!config) return read;
  const list = resolve(dirname(where.config), config.feeds);
  const feeds = await attempt('Feed list', async () => [
    ok('Feed list', `${count((await readFeedList(list)).length, 'feed')} in ${config?.feeds}`),
  ]);
  return [
    ...read,
    ...feeds,
    ...(await (where.stage === undefined
      ? machine(deps, where, config)
      : stage(deps, { ...where, stage: where.stage }, config))),
  ];
}

/** Domains that nobody can own (RFC 2606). */
function sender({ publication: { from } }: Config): Finding {
  if (!/(^|\.)(example(\.(com|net|org))?|test|invalid|localhost)$/.test(senderDomain(from))) return ok('Sender', from);
  return warning('Sender', `${from} is a placeholder`, 'Set "publication.from" to an address of a domain of yours.');
}

async function machine({ dns, now }: DoctorDeps, where: Where, config: Config): Promise<readonly Finding[]> {
  const data = hasState(where.state)
    ? await attempt('State', () => stored(where, now))
    : [
        warning(
          'State',
          `there is nothing in ${where.state} yet`,
          'dispatches start tries everything; dispatches serve or run begins your own.',
        ),
      ];
  return [...data, ...(await mailOf(config, dns)), skipped('AWS', 'no stage was named: add --stage NAME')];
}

async function stored(where: Where, now: Date): Promise<readonly Finding[]> {
  const place = await openPlace(where);
  try {
    return await checkData(place.stores, now);
  } finally {
    place.close();
  }
}

async function mailOf({ serve, publication }: Config, dns: Dns): Promise<readonly Finding[]> {
  const domain = senderDomain(publication.from);
  const { smtp, ses } = serve?.mail ?? {};
  if (ses) return (await import('./ses.ts')).checkSes({ region: ses.region, domain, dns });
  if (!smtp) return [skipped('Mail', 'the configuration has no "serve", so mail of this machine goes into files')];
  const checks = [
    attempt('Relay', () => checkRelay(smtp)),
    attempt('SPF', () => checkSpf(dns, domain)),
    attempt('DMARC', () => checkDmarc(dns, domain)),
  ];
  return [
    ...(await Promise.all(checks)).flat(),
    skipped('DKIM records', 'the relay signs; ask it which selector it uses'),
  ];
}

async function stage(
  deps: DoctorDeps,
  where: Where & { readonly stage: string },
  config: Config,
): Promise<readonly Finding[]> {
  const [{ stageOutputs }, { checkSes }, { checkSchedules, checkSetAside }] = await Promise.all([
    import('../stage/outputs.ts'),
    import('./ses.ts'),
    import('./stage.ts'),
  ]);
  let found: StackOutputs | undefined;
  const stack = await attempt('Stack', async () => {
    const settings = stageOf(config, where.stage, where.config);
    found = await stageOutputs(settings, where.stage);
    return [
      account(found, settings.account),
      ok('Stack', `deployed in ${settings.region}; the reader site is ${found.SiteUrl}`),
    ];
  });
  const outputs = found;
  if (!outputs) return [...stack, skipped('AWS', 'the rest needs the stack')];
  const settings = stageOf(config, where.stage, where.config);
  const rest = await Promise.all([
    checkSes({ region: settings.region, domain: senderDomain(config.publication.from), dns: deps.dns }),
    attempt('Schedules', () => checkSchedules(settings, outputs)),
    attempt('Set aside', () => checkSetAside(settings, outputs)),
    attempt('Table', () => stored(where, deps.now)),
  ]);
  return [...stack, ...rest.flat()];
}

/** `arn:aws:secretsmanager:<region>:<account>:…` */
function account({ TokenKeysSecret }: StackOutputs, expected: string | undefined): Finding {
  const actual = TokenKeysSecret.split(':')[4] ?? 'unknown';
  if (!expected || expected === actual) return ok('Credentials', `they work, for account ${actual}`);
  return failure(
    'Credentials',
    `they are of account ${actual}, the stage is for ${expected}`,
    'Sign in to that account.',
  );
}
