import type { Step } from './lambda.ts';

/** The default appointment of `reader()`: 07:00 in Amsterdam. */
export const DUE = new Date('2026-11-23T06:00:00Z');

/** So many minutes later. */
export const past = (minutes: number): Date => new Date(DUE.getTime() + minutes * 60_000);

/** A schedule's invocation for that minute. */
export const tick = (minutes: number): Step => ({ at: past(minutes), event: { at: past(minutes).toISOString() } });

/** A batch of one message, as SQS hands it over. */
export const batch = (body: string, minutes: number): Step => ({
  at: past(minutes),
  event: { Records: [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: '1' } }] },
});

/** A visit of the site, or a form that is sent. */
export const request = (path: string, minutes: number, form?: Readonly<Record<string, string>>): Step => ({
  at: past(minutes),
  event: {
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: { http: { method: form ? 'POST' : 'GET', sourceIp: '203.0.113.9' } },
    ...(form && { body: new URLSearchParams(form).toString() }),
  },
});
