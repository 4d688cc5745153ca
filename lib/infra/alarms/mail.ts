import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmRule, type AlarmRules, HOUR, most, type Watched } from './rule.ts';

/** What becomes of mail. */
export function mailRules({ logged }: Watched): AlarmRules {
  return {
    Uncertain: {
      // What deliver could not tell, and what the sweep of publish found left behind.
      metric: logged(['deliver', 'publish'], 'Uncertain', '{ $.uncertain > 0 }', '$.uncertain').with(most),
      above: 0,
      what: 'Nobody knows of some mails whether SES took them.',
      todo: 'Nothing at first: SES events settle most of them within minutes.',
    },
    Unsettled: {
      metric: logged(['publish'], 'Unsettled', '{ $.message = "mails of which nobody knows*" }', '$.mails').with(most),
      above: 0,
      what: 'SES events did not settle whether some mails left.',
      todo: 'See whether events arrive at all: the topic, its queue and the function "feedback".',
    },
    NeverLeft: {
      metric: logged(['publish'], 'NeverLeft', '{ $.message = "an edition never left" }', '1').with(most),
      above: 0,
      what: 'An edition was composed but never left in its time.',
      todo: 'Read the log of "publish" around its due time; the next edition takes the news along.',
    },
    SendingStopped: {
      metric: logged(['deliver'], 'SendingStopped', '{ $.message = "sending stopped" }', '1').with(most),
      above: 0,
      what: 'SES takes no more mail: the quota is used up, sending is paused or the sender is not verified.',
      todo: 'Read the reason in the log of "deliver"; the mails wait and leave by themselves once SES takes them.',
    },
    SendingOff: {
      metric: logged(['publish'], 'SendingOff', '{ $.message = "sending is off" }', '1').with(most),
      above: 0,
      what: 'All mail is stopped: by an operator, by the brake (too many bounces or complaints), or in a restored database.',
      todo: 'Read the reason in the log of "publish", mend what it names, then: dispatches resume --stage NAME.',
    },
    Bounces: {
      ...rate('Reputation.BounceRate', 0.02),
      what: 'More than 2 % of the mails bounce.',
      todo: 'Find where the bad addresses came from and stop it, before AWS stops the sending.',
    },
    Complaints: {
      ...rate('Reputation.ComplaintRate', 0.0005),
      what: 'More than 0.05 % of the readers call our mail spam.',
      todo: 'See which edition they mean and whether they had asked for it, before AWS stops the sending.',
    },
  };
}

/** Of the whole account: SES keeps no such figure per configuration set. */
function rate(metricName: string, above: number): Pick<AlarmRule, 'metric' | 'above'> {
  return { metric: new Metric({ namespace: 'AWS/SES', metricName, period: HOUR, statistic: Stats.AVERAGE }), above };
}
