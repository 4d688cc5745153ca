import { afterEach, expect, test, vi } from 'vitest';
import { openMail } from '../../../lib/runtime/serve/mail.ts';
import { NO_SLOT } from '../../../lib/runtime/serve/slot.ts';
import { sesService, smtpService } from './services.ts';

afterEach(() => vi.unstubAllEnvs());

const mail = { from: 'own@example.org', to: 'ada@example.org', raw: Buffer.from('Subject: x\r\n\r\nx'), tags: {} };

test('SES is asked what it allows, so that mail leaves at its pace and stops at its day; each mail is marked first', async () => {
  const service = await sesService(async () => undefined);
  for (const [name, value] of Object.entries(service.env)) vi.stubEnv(name, value);
  const marks: string[] = [];
  const slot = { ...NO_SLOT, mark: (attempt: string) => void marks.push(attempt) };
  const opened = openMail({ ses: { region: 'eu-central-1' } }, slot);
  expect(await opened.quota?.()).toEqual({ perSecond: 1000, perDay: 200, sentInDay: 7 });
  const sent = ['a', 'b'].map((attempt) => opened.send({ ...mail, tags: { attempt } }));
  expect((await Promise.all(sent)).map(({ kind }) => kind)).toEqual(['sent', 'sent']);
  expect(marks).toEqual(['a', 'b']);
  opened.close();
  await service.close();
});

test('a relay has no quota to be asked for', async () => {
  const service = await smtpService(async () => undefined);
  const opened = openMail(service.mail, NO_SLOT);
  expect(opened.quota).toBeUndefined();
  opened.close();
  await service.close();
});
