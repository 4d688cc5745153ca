import { Command } from 'commander';
import { option } from '../options.ts';
import { count } from '../terminal.ts';

interface RedriveOptions {
  readonly stage: string;
  readonly config: string;
  readonly yes?: boolean;
}

export function redriveCommand(): Command {
  return new Command('redrive')
    .description('Sends back what a stage set aside after it had failed again and again. Mend the cause first.')
    .requiredOption('--stage <name>', 'the deployed stage')
    .addOption(option.config())
    .addOption(option.yes('before mail leaves'))
    .addHelpText('after', '\nExamples:\n  dispatches redrive --stage prod')
    .action(async ({ stage, config: file, yes }: RedriveOptions) => {
      const [{ redrive }, { loadConfig }, { stageOf }, { agree }] = await Promise.all([
        import('../stage/redrive.ts'),
        import('../../lib/config/load.ts'),
        import('../../lib/config/stage.ts'),
        import('../agree.ts'),
      ]);
      const settings = stageOf(await loadConfig(file), stage, file);
      const sent = await redrive(settings, stage, (queues) =>
        agree(
          `Send back ${queues.map(({ name, messages }) => `${messages} of ${name}`).join(', ')}? Mail may leave.`,
          yes,
        ),
      );
      const total = sent.reduce((sum, { messages }) => sum + messages, 0);
      process.stdout.write(total === 0 ? 'Nothing is set aside.\n' : `${count(total, 'message')} on their way back.\n`);
    });
}
