import type { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { type AlarmRule, type AlarmRules, HOUR, most, QUARTER, type Watched } from './rule.ts';

/** What waits too long, and what was set aside. */
export function queueRules({ deadLetters, jobs, letters, mailEvents }: Watched): AlarmRules {
  return {
    ...Object.fromEntries(
      Object.entries(deadLetters).map(([name, queue]) => [`${name}SetAside`, setAside(name, queue)]),
    ),
    JobsWait: {
      ...waits(jobs, HOUR),
      what: 'Mail has waited in the queue for more than an hour.',
      todo: 'See whether SES slows us down (quota, sandbox) and whether the function "deliver" fails.',
    },
    LettersWait: {
      ...waits(letters, QUARTER),
      what: 'A letter that somebody is waiting for (to confirm, most of all) has waited for more than a quarter of an hour.',
      todo: 'See whether SES slows us down (quota, sandbox) and whether the function "deliver" fails.',
    },
    MailEventsWait: {
      ...waits(mailEvents, HOUR),
      what: 'What SES says of mails has waited for more than an hour, bounces and complaints among it.',
      todo: 'See whether the function "feedback" runs and what its log says.',
    },
  };
}

function setAside(name: string, queue: IQueue): AlarmRule {
  return {
    metric: queue.metricApproximateNumberOfMessagesVisible(most),
    above: 0,
    what: `Something failed over and over and was set aside (${name}).`,
    todo: 'Read the error in the log of the function, mend the cause, then: dispatches redrive --stage NAME. Nobody is mailed twice.',
  };
}

function waits(queue: IQueue, patience: Duration): Pick<AlarmRule, 'metric' | 'above'> {
  return { metric: queue.metricApproximateAgeOfOldestMessage(most), above: patience.toSeconds() };
}
