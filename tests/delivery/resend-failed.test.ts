import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliver } from '../../lib/delivery/deliver.ts';
import type { OutgoingMail, SendOutcome } from '../../lib/delivery/model.ts';
import { publish } from '../../lib/delivery/publish.ts';
import { editionReport } from '../../lib/delivery/report.ts';
import { resendFailed } from '../../lib/delivery/resend-failed.ts';
import { sweep } from '../../lib/delivery/sweep.ts';
import { InputError } from '../../lib/errors.ts';
import { silent } from '../../lib/log.ts';
import { createLinks } from '../../lib/subscriptions/links.ts';
import { config, item, keys, pickAll, reader, site } from '../support/newsroom.ts';
import { createWorld, type World } from '../support/world.ts';

const now = '2026-11-23T06:05:00.000Z';
const editionId = 'war-daily-nl-20261123T0600Z';

/** What SES says at first; `mended`: it takes everything. */
let mended: boolean;
let world: World;
const answer = (_mail: OutgoingMail, number: number): SendOutcome => {
  if (!mended && number === 1) return { kind: 'rejected', reason: 'MessageRejected' };
  if (!mended && number === 2) return { kind: 'uncertain', reason: 'TimeoutError' };
  return { kind: 'sent', messageId: `message-${number}` };
};
const deps = () => {
  const links = createLinks({ siteUrl: site.url, keys, clock: world.clock });
  const { stores, queue, transport, clock } = world;
  return { ...stores, queue, transport, clock, links, site, config, log: silent };
};

async function work(): Promise<void> {
  for (const job of world.jobs.splice(0)) await deliver(deps(), job);
}
const books = async () => (await editionReport(deps(), editionId)).counts;

beforeEach(async () => {
  mended = false;
  world = createWorld({ now, answer });
  await world.stores.feeds.putItem(item(1, '2026-11-23T04:00:00.000Z'));
  for (const n of [1, 2, 3]) await world.stores.subscribers.put(reader(n, 'nl'), 0);
  const publishing = { ...deps(), sources: [], selector: pickAll, versions: { config: 'c', code: '1' } };
  await publish(publishing, { at: now, withinHours: 3 });
  await work();
  mended = true;
});
afterEach(() => world.close());

describe('sending an edition again to those whom it did not reach', () => {
  test('reaches who was rejected and nobody else, also when asked twice', async () => {
    expect(await books()).toMatchObject({ sent: 1, rejected: 1, uncertain: 1 });
    expect(await resendFailed(deps(), { editionId, dryRun: true })).toEqual({ rejected: 1, uncertain: 0 });
    expect(world.jobs).toEqual([]);
    expect(await resendFailed(deps(), { editionId })).toEqual({ rejected: 1, uncertain: 0 });
    await resendFailed(deps(), { editionId });
    await work();
    expect(await books()).toMatchObject({ sent: 2, rejected: 0, uncertain: 1 });
    expect(world.mails).toHaveLength(4);
  });

  test('takes the uncertain along on request only, and only when no event can be on its way', async () => {
    expect(await resendFailed(deps(), { editionId, uncertain: true })).toEqual({ rejected: 1, uncertain: 0 });
    world.pass(15 * 60);
    expect(await resendFailed(deps(), { editionId, uncertain: true })).toEqual({ rejected: 0, uncertain: 1 });
    await work();
    expect(await books()).toMatchObject({ sent: 3, rejected: 0, uncertain: 0 });
  });

  test('opens a closed edition, and the sweep closes it when all is done', async () => {
    world.pass(15 * 60);
    await world.stores.editions.advance(editionId, 'planned', 'closed', 3);
    await resendFailed(deps(), { editionId, uncertain: true });
    expect((await world.stores.editions.get(editionId))?.status).toBe('planned');
    await work();
    await sweep(deps(), { now: world.clock().toISOString() });
    expect(await world.stores.editions.get(editionId)).toMatchObject({ status: 'closed', audience: 3 });
  });

  test('leaves out who left or was suppressed meanwhile', async () => {
    const failed = reader(1, 'nl');
    await world.stores.subscribers.put({ ...failed, status: 'unsubscribed', version: 2 }, 1);
    await resendFailed(deps(), { editionId });
    await work();
    expect(await books()).toMatchObject({ suppressed: 1, sent: 1 });
  });

  test('is refused when there is no such edition, or its time is over', async () => {
    await expect(resendFailed(deps(), { editionId: 'none' })).rejects.toThrow(InputError);
    world.pass(4 * 3600);
    await expect(resendFailed(deps(), { editionId })).rejects.toThrow(/was over at 2026-11-23T10:00:00/);
  });
});
