import { Command } from 'commander';

const NEXT = `
dispatches.config.ts and feeds.opml are here. Next:
  1. edit both: who sends, in which languages, which feeds
  2. npx dispatches feeds check
  3. npx dispatches run --feeds feeds.opml --to you@example.org --outbox mails   a digest as a file, nobody is mailed
  4. npx dispatches serve   publishes from this machine, once "serve" is filled in; npx dispatches doctor says what lacks
`;

export function initCommand(): Command {
  return new Command('init')
    .description('Writes a configuration and a feed list into this folder, and says what comes next.')
    .addHelpText('after', '\nExamples:\n  mkdir news && cd news && npx dispatches init')
    .action(async () => {
      await (await import('../init/init.ts')).init('.');
      process.stdout.write(NEXT.trimStart());
    });
}
