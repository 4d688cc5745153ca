import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../config/env.ts';
import type { Handler } from '../constructs/handler.ts';
import { type AlarmRules, sum, type Watched } from './rule.ts';

/** What AWS counts of every function, and what those catch that answer for each message or request by itself. */
export function functionRules({ handlers, logged }: Watched): AlarmRules {
  const each = ASKED.map((name) => errorsOf(name, handlers[name]));
  const thrice = (name: FunctionName, metricName: string, message: string) => ({
    metric: logged([name], metricName, `{ $.message = "${message}" }`, '1').with(sum),
    above: 2,
  });
  return {
    ...Object.assign({}, ...each),
    Throttled: {
      // One alarm for all: it is the account that has no room left, whichever function is refused.
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles' }).with(sum),
      above: 0,
      what: 'Lambda refused to run a function: the account has no concurrency left, or the share of the site is used up.',
      todo: 'See under Lambda which one is throttled; ask AWS for more concurrency, or find what uses it.',
    },
    JobsFail: {
      ...thrice('deliver', 'JobsFailed', 'message failed'),
      what: 'Three jobs or more for mail failed within a quarter of an hour.',
      todo: 'Look for "message failed" in the log of "deliver"; each is tried five times, then set aside.',
    },
    MailEventsFail: {
      ...thrice('feedback', 'MailEventsFailed', 'message failed'),
      what: 'Three events or more from SES could not be recorded within a quarter of an hour.',
      todo: 'Look for "message failed" in the log of "feedback"; each is tried five times, then set aside.',
    },
    SiteFails: {
      ...thrice('web', 'RequestsFailed', 'request failed'),
      what: 'The reader site answered three requests or more with an error within a quarter of an hour.',
      todo: 'Look for "request failed" in the log of "web".',
    },
    SignUpsCapped: {
      metric: logged(['web'], 'SignUpsCapped', '{ $.level = "error" && $.message = "letter withheld" }', '1').with(sum),
      above: 0,
      what: 'So many letters were asked for within an hour that nobody can sign up until the hour is over.',
      todo: 'Look at who asks in the log of "web": if it is an attack, let it run dry; nobody was mailed more than once.',
    },
  };
}

/** A tick that broke off three times ends in the dead letters of the ticks, and they have an alarm. */
const ASKED = ['deliver', 'feedback', 'web'] as const satisfies readonly FunctionName[];

function errorsOf(name: string, handler: Handler<FunctionName>): AlarmRules {
  return {
    [`${handler.node.id}Errors`]: {
      metric: handler.metricErrors(sum),
      above: 2,
      what: `The function "${name}" broke off three times or more within a quarter of an hour: an error or its time-out.`,
      todo: 'Read its log: the line before the failure says why.',
    },
  };
}
