import { Command, Option } from 'commander';
import type { LogsQuestion } from '../logs/logs.ts';
import { option, whereOptions } from '../options.ts';

const EXAMPLES = `
Here: what start, run and serve logged into the state folder. On a stage: what its functions logged, of the last hour unless
--since says otherwise. No line holds an address.

Examples:
  dispatches logs --level warn
  dispatches logs --stage prod --function deliver --since 2026-11-23T06:00:00Z
  dispatches logs --json | jq 'select(.message == "edition")'`;

export function logsCommand(): Command {
  const command = new Command('logs')
    .description('Shows the newest lines of the log.')
    .addOption(option.limit(50))
    .addOption(option.from())
    .addOption(new Option('--level <level>', 'these and worse').choices(['info', 'warn', 'error']).default('info'))
    .option('--function <name>', 'of a stage: collect, publish, deliver, feedback, tidy or web only')
    .addOption(option.json())
    .addHelpText('after', EXAMPLES)
    .action(async ({ json, function: only, ...rest }: LogsQuestion & { json?: boolean; function?: string }) => {
      const [{ readLogs }, { readable }] = await Promise.all([import('../logs/logs.ts'), import('../log-line.ts')]);
      const lines = await readLogs({ ...rest, ...(only && { only }) });
      if (lines.length === 0) process.stderr.write('No such line was logged.\n');
      process.stdout.write(lines.map((line) => `${json ? line : readable(line)}\n`).join(''));
    });
  for (const each of whereOptions()) command.addOption(each);
  return command;
}
