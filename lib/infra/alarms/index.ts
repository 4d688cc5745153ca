import { functionRules } from './functions.ts';
import { mailRules } from './mail.ts';
import { queueRules } from './queues.ts';
import type { AlarmRules, Watched } from './rule.ts';
import { scheduleRules } from './schedules.ts';

/** Everything that an operator wants to be woken for, by the name of its alarm. docs/alarms.md is the handbook. */
export function alarmRules(watched: Watched): AlarmRules {
  return { ...queueRules(watched), ...functionRules(watched), ...scheduleRules(watched), ...mailRules(watched) };
}
