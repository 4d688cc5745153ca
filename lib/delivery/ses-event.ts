import * as v from 'valibot';
import { InputError } from '../errors.ts';
import type { MailEvent } from './model.ts';

const TYPES: Readonly<Record<string, MailEvent['type']>> = {
  Send: 'send',
  Delivery: 'delivery',
  Bounce: 'bounce',
  Complaint: 'complaint',
  Reject: 'reject',
  DeliveryDelay: 'delay',
  'Rendering Failure': 'rendering-failure',
};

const tag = v.pipe(v.array(v.string()), v.minLength(1));
const dated = v.optional(v.object({ timestamp: v.optional(v.string()), bounceType: v.optional(v.string()) }));

/** The parts of an SES event that we use (configuration-set event publishing, "Contents of event data"). */
const sesEvent = v.object({
  eventType: v.string(),
  mail: v.object({
    messageId: v.string(),
    timestamp: v.string(),
    tags: v.object({ edition: tag, recipient: tag, attempt: tag, 'ses:configuration-set': v.optional(tag) }),
  }),
  send: dated,
  delivery: dated,
  bounce: dated,
  complaint: dated,
  deliveryDelay: dated,
});

const envelope = v.object({ Type: v.literal('Notification'), Message: v.string() });

/**
 * Decodes what the event queue delivers: an SES event, bare or inside an SNS notification. What is no event about a
 * mail of ours (opens, other configuration sets, no tags) gives an empty list.
 * @param expected.configurationSet when given, events of any other set are foreign
 * @throws InputError when it is no JSON: let the queue put it aside
 */
export function decodeSesEvent(json: string, expected: { configurationSet?: string } = {}): readonly MailEvent[] {
  const outer = parse(json);
  const inner = v.is(envelope, outer) ? parse(outer.Message) : outer;
  const { success, output } = v.safeParse(sesEvent, inner);
  if (!success) return [];
  const { tags, messageId, timestamp } = output.mail;
  const type = TYPES[output.eventType];
  const foreign = expected.configurationSet && first(tags['ses:configuration-set']) !== expected.configurationSet;
  if (!type || foreign) return [];
  const detail = output.bounce ?? output.complaint ?? output.delivery ?? output.deliveryDelay;
  const event = {
    ...{ type, messageId, at: instant(detail?.timestamp ?? timestamp) },
    ...{ editionId: first(tags.edition), subscriberId: first(tags.recipient), attemptId: first(tags.attempt) },
  };
  return [type === 'bounce' ? { ...event, permanent: output.bounce?.bounceType === 'Permanent' } : event];
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new InputError('A message in the event queue is no JSON.', 'Look at what else writes to that queue.', {
      cause,
    });
  }
}

function first(values: readonly string[] | undefined): string {
  return values?.[0] ?? '';
}

function instant(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString();
}
