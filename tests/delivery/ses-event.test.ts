import { describe, expect, test } from 'vitest';
import { decodeSesEvent } from '../../lib/delivery/ses-event.ts';
import { InputError } from '../../lib/errors.ts';

const tags = {
  edition: ['war-daily-nl-20261123T0600Z'],
  recipient: ['0123456789abcdef0123456789abcdef'],
  attempt: ['w-attempt_1'],
  'ses:configuration-set': ['mail'],
};
const mail = { timestamp: '2026-11-23T06:00:01.000Z', messageId: 'message-1', destination: ['x'], tags };
const about = {
  messageId: 'message-1',
  editionId: 'war-daily-nl-20261123T0600Z',
  subscriberId: '0123456789abcdef0123456789abcdef',
  attemptId: 'w-attempt_1',
};
const event = (eventType: string, more: object = {}) => JSON.stringify({ eventType, mail, ...more });

describe('an SES event', () => {
  const at = '2026-11-23T06:05:00.000Z';
  test.each([
    ['Send', { send: {} }, { type: 'send', at: mail.timestamp }],
    ['Delivery', { delivery: { timestamp: at } }, { type: 'delivery', at }],
    ['Bounce', { bounce: { bounceType: 'Permanent', timestamp: at } }, { type: 'bounce', permanent: true, at }],
    ['Bounce', { bounce: { bounceType: 'Transient', timestamp: at } }, { type: 'bounce', permanent: false, at }],
    ['Complaint', { complaint: { timestamp: at } }, { type: 'complaint', at }],
    ['Reject', { reject: { reason: 'Bad content' } }, { type: 'reject', at: mail.timestamp }],
    ['DeliveryDelay', { deliveryDelay: { timestamp: at } }, { type: 'delay', at }],
    ['Rendering Failure', { failure: {} }, { type: 'rendering-failure', at: mail.timestamp }],
  ])('%s %j', (name, more, expected) => {
    expect(decodeSesEvent(event(name, more))).toEqual([{ ...about, ...expected }]);
  });

  test('is the same inside an SNS notification', () => {
    const wrapped = JSON.stringify({ Type: 'Notification', TopicArn: 'arn', Message: event('Send') });
    expect(decodeSesEvent(wrapped)).toEqual(decodeSesEvent(event('Send')));
  });

  test.each([
    ['an open', event('Open')],
    ['no tags', JSON.stringify({ eventType: 'Send', mail: { ...mail, tags: {} } })],
    ['an identity notification', JSON.stringify({ notificationType: 'Bounce', mail })],
    ['a subscription request', JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL: 'https://x.example' })],
    ['null', 'null'],
    ['a list', '[]'],
  ])('%s is none of ours', (_name, json) => {
    expect(decodeSesEvent(json)).toEqual([]);
  });

  test('of another configuration set is foreign', () => {
    expect(decodeSesEvent(event('Send'), { configurationSet: 'mail' })).toHaveLength(1);
    expect(decodeSesEvent(event('Send'), { configurationSet: 'other' })).toEqual([]);
  });

  test('that is no JSON is put aside', () => {
    expect(() => decodeSesEvent('hello')).toThrow(InputError);
  });
});
