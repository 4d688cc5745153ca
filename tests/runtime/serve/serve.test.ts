import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { type SmtpServer, startSmtp } from '../../support/smtp-server.ts';
import { killAgainAndAgain } from './kill.ts';
import { type Machine, type Running, setUpMachine } from './machine.ts';
import { sesService, smtpService } from './services.ts';

let machine: Machine | undefined;
let relay: SmtpServer | undefined;
let running: Running | undefined;

afterEach(async () => {
  await running?.stop('SIGKILL');
  await machine?.close();
  await relay?.close();
  [machine, relay, running] = [undefined, undefined, undefined];
});

async function setUp(readers = 3) {
  relay = await startSmtp();
  machine = await setUpMachine({ readers, mail: { smtp: { host: '127.0.0.1', port: relay.port } } });
  running = await machine.start();
  return { machine, relay, running };
}

describe('dispatches serve', () => {
  test('reads the feeds, mails everybody who is due, serves the site, and ends when it is asked to', async () => {
    const { machine, relay, running } = await setUp();
    await running.logged('delivered');
    expect(relay.mails.map(({ to }) => to).sort()).toEqual([1, 2, 3].map((n) => expect.stringContaining(`${n}@`)));
    expect((await machine.ledger()).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
    const page = await fetch(running.site);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form')]);
    expect(await running.stop('SIGTERM')).toBe(0);
    expect(running.log.at(-1)).toContain('"message":"stopped"');
    expect(running.log.join('\n')).not.toMatch(/@example/);
  });

  test('mails nobody again when it is started again', async () => {
    const first = await setUp();
    await first.running.logged('delivered');
    await first.running.stop('SIGTERM');
    running = await first.machine.start();
    await running.logged('caught up');
    expect(first.relay.mails).toHaveLength(3);
  });

  test('mails its operator what went wrong', async () => {
    relay = await startSmtp();
    const mail = { smtp: { host: '127.0.0.1', port: relay.port } };
    machine = await setUpMachine({ readers: 1, mail, serve: { operator: 'operator@example.org' } });
    const db = new DatabaseSync(join(machine.folder, 'state/dispatches.sqlite'));
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON editions BEGIN SELECT RAISE(ABORT, 'no room'); END`);
    db.close();
    running = await machine.start();
    await running.logged('operator told');
    expect(relay.mails.map(({ to, raw }) => [to, /^Subject: (.*)$/m.exec(raw)?.[1]?.trim()])).toEqual([
      ['operator@example.org', expect.stringMatching(/^Own: editions not published/)],
    ]);
  });

  test('is alone in its folder', async () => {
    const { machine } = await setUp();
    await expect(machine.start()).rejects.toThrow(/Another dispatches is at work in .*state\. Stop it first/);
  });

  test.each([
    ['SMTP', smtpService],
    ['SES', sesService],
  ])(
    'killed at any moment and started again, it mails every reader once, through %s',
    async (_by, service) => {
      const verdict = await killAgainAndAgain({ readers: 48, kills: 5, random: Math.random, service });
      expect(verdict).toMatchObject({ duplicates: 0, lost: 0 });
      // On a fast machine the mail may be out before the last kills.
      expect(verdict.kills).toBeGreaterThan(0);
    },
    180_000,
  );
});
