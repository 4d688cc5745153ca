import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';
import { DAY } from '../../time.ts';
import type { Envelope, Outbox } from './outbox.ts';
import { answer, members, refusal, SesRefusal } from './protocol.ts';
import type { Meter } from './quota.ts';

export interface EndpointOptions {
  readonly outbox: Outbox;
  /** Addresses and domains that may send, as in an SES account. */
  readonly verified: readonly string[];
  /** Counts what the account sends, and refuses what is too much or too fast. Default: no limit that matters. */
  readonly meter?: Meter;
  /** Told of every accepted message, after it is stored. */
  readonly onAccepted?: (envelope: Envelope) => Promise<void>;
}

/** SES takes at most this many bytes of message through this API. */
const MAX_RAW = 10 * 1024 * 1024;
const MAX_RECIPIENTS = 50;
const TAG = /^[\w.@-]{1,256}$/;

/**
 * Answers one request of the SES v1 Query API as SES does: `SendRawEmail` stores the message, `GetSendQuota` reports
 * what was stored in the last 24 hours; anything else, and everything SES would refuse, is an XML error.
 * https://docs.aws.amazon.com/ses/latest/APIReference/
 */
export async function answerSes(options: EndpointOptions, request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const form = new URLSearchParams(await request.text());
    const action = form.get('Action') ?? '';
    if (!request.headers.get('authorization')?.startsWith('AWS4-HMAC-SHA256 '))
      throw new SesRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    return xml(200, answer(action, await act(options, action, form), requestId));
  } catch (error) {
    if (!(error instanceof SesRefusal)) throw error;
    return xml(error.status, refusal(error, requestId));
  }
}

function act(options: EndpointOptions, action: string, form: URLSearchParams): Promise<Record<string, string>> {
  if (action === 'SendRawEmail') return sendRawEmail(options, form);
  if (action === 'GetSendQuota') return getSendQuota(options);
  throw new SesRefusal('InvalidAction', `Could not find operation ${action} for version 2010-12-01`);
}

async function sendRawEmail(options: EndpointOptions, form: URLSearchParams): Promise<Record<string, string>> {
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (raw.length === 0) throw new SesRefusal('InvalidParameterValue', 'Empty raw message.');
  if (raw.length > MAX_RAW)
    throw new SesRefusal('InvalidParameterValue', `Message length is more than ${MAX_RAW} bytes long.`);
  const mail = await PostalMime.parse(raw);
  const header = mail.from?.address;
  if (!header) throw new SesRefusal('InvalidParameterValue', "Missing required header 'From'.");
  checkVerified(options.verified, [form.get('Source') ?? header, header]);
  const to = recipients(
    form,
    [mail.to, mail.cc, mail.bcc].flatMap((list) => list ?? []).map((one) => one.address ?? ''),
  );
  options.meter?.count();
  const configurationSet = form.get('ConfigurationSetName');
  const envelope = await options.outbox.add(
    { from: form.get('Source') ?? header, to, tags: tags(form), ...(configurationSet && { configurationSet }) },
    raw,
  );
  await options.onAccepted?.(envelope);
  return { MessageId: envelope.id };
}

function checkVerified(verified: readonly string[], senders: readonly string[]): void {
  const failed = senders.filter((sender) => {
    const [address = '', domain = ''] = [sender.toLowerCase(), sender.toLowerCase().split('@').at(-1)];
    return !verified.includes(address) && !verified.includes(domain);
  });
  if (failed.length === 0) return;
  const list = [...new Set(failed)].join(', ');
  throw new SesRefusal(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region LOCAL: ${list}`,
  );
}

/** The envelope's recipients; the message's own when the request names none. */
function recipients(form: URLSearchParams, named: readonly string[]): string[] {
  const listed = members(form, 'Destinations');
  const all = (listed.length > 0 ? listed : named).filter((address) => address !== '');
  if (all.length === 0) throw new SesRefusal('InvalidParameterValue', 'Missing required header To.');
  if (all.length > MAX_RECIPIENTS)
    throw new SesRefusal('MessageRejected', `Recipient count exceeds ${MAX_RECIPIENTS}.`);
  const wrong = all.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (wrong !== undefined) throw new SesRefusal('InvalidParameterValue', `Missing final '@domain': ${wrong}`);
  return all;
}

function tags(form: URLSearchParams): Record<string, string> {
  const names = members(form, 'Tags', '.Name');
  const values = members(form, 'Tags', '.Value');
  const wrong = [...names, ...values].find((text) => !TAG.test(text));
  if (wrong !== undefined || names.length !== values.length)
    throw new SesRefusal(
      'InvalidParameterValue',
      `Invalid tag <${wrong ?? ''}>: only alphanumeric ASCII characters, '_', '-', '.', '@' are allowed.`,
    );
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

async function getSendQuota({ outbox, meter }: EndpointOptions): Promise<Record<string, string>> {
  if (meter) return meter.answer();
  const since = new Date(Date.now() - DAY).toISOString();
  const sent = (await outbox.list()).filter((envelope) => envelope.at >= since);
  return { Max24HourSend: '50000.0', MaxSendRate: '14.0', SentLast24Hours: `${sent.length}.0` };
}

function xml(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/xml; charset=utf-8' } });
}
