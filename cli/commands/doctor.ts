import { Command } from 'commander';
import type { Finding } from '../doctor/finding.ts';
import type { Where } from '../open-place.ts';
import { option, whereOptions } from '../options.ts';
import { count, style } from '../terminal.ts';

const MARKS = { ok: ['green', '✓'], warning: ['yellow', '!'], failure: ['red', '✗'], skipped: ['dim', '-'] } as const;

const EXAMPLES = `
Checks configuration, sender, feed list, state and last edition; with --stage also credentials, the stack, SES (sandbox,
quota, identity, suppression), the DNS records of the sender, schedules and what was set aside. Changes nothing.
Exit code 1 when something is wrong (✗); 0 with warnings (!) only.

Examples:
  dispatches doctor
  dispatches doctor --stage prod
  dispatches doctor --json | jq '.[] | select(.state == "failure")'`;

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description('Checks everything that must be right for mail to leave: one line each, with what to do.')
    .addOption(option.json())
    .addHelpText('after', EXAMPLES)
    .action(async ({ json, ...where }: Where & { readonly json?: boolean }) => {
      const [{ examine }, { systemDns }] = await Promise.all([
        import('../doctor/doctor.ts'),
        import('../doctor/dns.ts'),
      ]);
      const findings = await examine({ dns: systemDns(), now: new Date() }, where);
      process.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : describe(findings));
      if (findings.some(({ state }) => state === 'failure')) process.exitCode = 1;
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}

function describe(findings: readonly Finding[]): string {
  const lines = findings.map(({ check, state, says, fix }) => {
    const [colour, mark] = MARKS[state];
    const advice = fix ? `\n${' '.repeat(18)}${style('bold', fix)}` : '';
    return `${style(colour, mark)} ${check.padEnd(15)} ${says}${advice}\n`;
  });
  const wrong = findings.filter(({ state }) => state === 'failure').length;
  return `${lines.join('')}\n${wrong === 0 ? 'Nothing is broken.' : `${count(wrong, 'thing')} to mend.`}\n`;
}
