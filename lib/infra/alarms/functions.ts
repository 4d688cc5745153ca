import type { FunctionName } from '../../config/env.ts';
import type { Handler } from '../constructs/handler.ts';
import { type AlarmRules, sum, type Watched } from './rule.ts';

/** What AWS counts of every function, and what those catch that answer for each message or request by itself. */
export function functionRules({ handlers, logged }: Watched): AlarmRules {
  const each = Object.entries(handlers).map(([name, handler]) => lambdaRules(name, handler));
  const thrice = (name: FunctionName, metricName: string, message: string) => ({
    metric: logged([name], metricName, `{ $.message = "${message}" }`, '1').with(sum),
    above: 2,
  });
  return {
    ...Object.assign({}, ...each),
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

function lambdaRules(name: string, handler: Handler<FunctionName>): AlarmRules {
  return {
    [`${handler.node.id}Errors`]: {
      metric: handler.metricErrors(sum),
      above: 2,
      what: `The function "${name}" broke off three times or more within a quarter of an hour: an error or its time-out.`,
      todo: 'Read its log: the line before the failure says why.',
    },
    [`${handler.node.id}Throttles`]: {
      metric: handler.metricThrottles(sum),
      above: 0,
      what: `Lambda refused to run the function "${name}": the account has no concurrency left, or its own share is used up.`,
      todo: 'Ask AWS for more concurrency, or find what uses it.',
    },
  };
}
