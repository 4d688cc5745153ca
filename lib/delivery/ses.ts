import { GetSendQuotaCommand, type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { MailTransport } from './ports.ts';
import { outcomeOf } from './ses-outcome.ts';

/** Milliseconds. A send that took longer is `uncertain`. */
export interface SesTimeouts {
  readonly connect: number;
  readonly answer: number;
}

const TIMEOUTS: SesTimeouts = { connect: 3_000, answer: 10_000 };

/**
 * Settings of an SES client that makes exactly one request per send and always ends. With the SDK's defaults one send
 * became three accepted mails (reset, 5xx, cut answer), and `requestTimeout` alone only prints a warning.
 */
export function sesClientConfig(timeouts: SesTimeouts = TIMEOUTS) {
  return {
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: timeouts.connect,
      requestTimeout: timeouts.answer,
      throwOnRequestTimeout: true,
      socketTimeout: timeouts.answer,
    },
  };
}

/** Milliseconds after which a send ends whatever comes: an answer that trickles in meets none of the client's time-outs. */
const LONGEST_SEND = 15_000;

export interface SesOptions {
  readonly configurationSet?: string;
  /** Milliseconds. Default: 15 seconds. */
  readonly longestSend?: number;
}

/** Sends through SES (`SendRawEmail`) and asks it for the account's limits. The client must be made with `sesClientConfig`. */
export function createSesTransport(client: SESClient, options: SesOptions = {}): MailTransport {
  const { longestSend = LONGEST_SEND } = options;
  return {
    async send(mail) {
      const command = new SendRawEmailCommand({
        Source: mail.from,
        Destinations: [mail.to],
        RawMessage: { Data: mail.raw },
        Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value })),
        ...(options.configurationSet && { ConfigurationSetName: options.configurationSet }),
      });
      try {
        const { MessageId } = await client.send(command, { abortSignal: AbortSignal.timeout(longestSend) });
        return MessageId ? { kind: 'sent', messageId: MessageId } : { kind: 'uncertain', reason: 'no message id' };
      } catch (error) {
        return outcomeOf(error, mail.from);
      }
    },
    async quota() {
      const { MaxSendRate = 1, Max24HourSend = 0, SentLast24Hours = 0 } = await client.send(new GetSendQuotaCommand());
      // "A value of -1 signifies an unlimited quota" (GetSendQuota).
      const perDay = Max24HourSend === -1 ? Number.POSITIVE_INFINITY : Max24HourSend;
      return { perSecond: Math.max(MaxSendRate, 0.1), perDay, sentInDay: SentLast24Hours };
    },
  };
}
