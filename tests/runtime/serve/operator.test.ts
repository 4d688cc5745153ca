import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { OutgoingMail, SendOutcome } from '../../../lib/delivery/model.ts';
import { UnavailableError } from '../../../lib/errors.ts';
import { createLogger } from '../../../lib/log.ts';
import { watchErrors } from '../../../lib/runtime/serve/operator.ts';
import { SITE } from '../../editions/build.ts';

const MINUTE = 60_000;

function watched(outcomes: SendOutcome[] = []) {
  const mails: OutgoingMail[] = [];
  const lines: string[] = [];
  const time = { now: Date.parse('2026-11-23T04:14:00.000Z') };
  const watch = watchErrors({
    operator: 'operator@example.org',
    site: SITE,
    log: createLogger((line) => lines.push(line)),
    clock: () => new Date(time.now),
    async send(mail) {
      mails.push(mail);
      return outcomes.shift() ?? { kind: 'sent', messageId: 'm' };
    },
  });
  const read = (at: number) => PostalMime.parse(mails[at]?.raw ?? '');
  return { ...watch, mails, lines, time, read };
}

describe('the operator of one machine', () => {
  test('is told in one mail what went wrong, how often and why, without an address', async () => {
    const { log, tell, mails, lines, read } = watched();
    log.error('publishing failed', { error: new UnavailableError('The disk is full.', 'Make room.') });
    log.error('publishing failed', { error: new UnavailableError('The disk is full.', 'Make room.') });
    log.error('sending stopped', { reason: 'no such user reader@example.org' });
    await tell();
    expect(mails.map(({ from, to }) => [from, to])).toEqual([[SITE.from, 'operator@example.org']]);
    const { subject, text = '', headers } = await read(0);
    expect(subject).toBe('Dispatches: publishing failed, and 1 more');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'publishing failed: The disk is full. (2 times since 2026-11-23 04:14 UTC)',
    );
    expect(text).toContain('sending stopped: no such user [address] (2026-11-23 04:14 UTC)');
    expect(text).toContain('Make room.');
    expect(headers.map(({ key }) => key)).toContain('auto-submitted');
    expect(lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(3);
  });

  test('hears nothing while all is well, and of what lasts four times a day', async () => {
    const { log, tell, mails, time, read } = watched();
    log.warn('sending is off');
    await tell();
    for (let minute = 0; minute < 12 * 60; minute += 1) {
      log.error('collecting failed');
      await tell();
      time.now += MINUTE;
    }
    expect(mails).toHaveLength(2);
    expect((await read(1)).text?.replace(/\s+/g, ' ')).toContain(
      'collecting failed (360 times since 2026-11-23 04:15 UTC)',
    );
  });

  test('is told of more by a clock that was ahead and is set right', async () => {
    const { log, tell, mails, time } = watched();
    for (const ahead of [365 * 24 * 60 * MINUTE, 0]) {
      time.now = Date.parse('2026-11-23T04:14:00.000Z') + ahead;
      log.error('collecting failed');
      await tell();
    }
    expect(mails).toHaveLength(2);
  });

  test('is told again when the mail could not leave', async () => {
    const { log, tell, mails, time } = watched([{ kind: 'stopped', reason: 'the relay is down' }]);
    log.error('tidying failed');
    await tell();
    time.now += 14 * MINUTE;
    await tell();
    expect(mails).toHaveLength(1);
    time.now += MINUTE;
    await tell();
    await tell();
    expect(mails).toHaveLength(2);
  });
});
