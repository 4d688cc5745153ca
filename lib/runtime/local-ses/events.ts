import type { Envelope } from './outbox.ts';

/** What SES publishes about an accepted message through a configuration set: that it was sent, and that it arrived. */
export function eventsOf(envelope: Envelope): readonly string[] {
  const mail = {
    timestamp: envelope.at,
    messageId: envelope.id,
    source: envelope.from,
    destination: envelope.to,
    tags: {
      ...Object.fromEntries(Object.entries(envelope.tags).map(([name, value]) => [name, [value]])),
      'ses:configuration-set': [envelope.configurationSet ?? ''],
    },
  };
  const delivery = { timestamp: envelope.at, recipients: envelope.to, smtpResponse: '250 kept on this machine' };
  return [
    JSON.stringify({ eventType: 'Send', mail, send: {} }),
    JSON.stringify({ eventType: 'Delivery', mail, delivery }),
  ];
}
