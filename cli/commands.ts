import type { Command } from 'commander';

/** A file of `cli/commands/`: builds its command when it is asked for, so that `--help` loads nothing else. */
export interface CommandModule {
  command(): Command;
}

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** Every command, in the order of the help. The summary stands here too, because listing must not load the command. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: 'try it: sample feeds, a local mail service and its inbox, the reader site',
    load: () => import('./commands/start.ts'),
  },
  run: {
    summary: 'collect, pick, compose and mail one edition now, by hand',
    load: () => import('./commands/run.ts'),
  },
  preview: {
    summary: 'look at the digest beside what was picked and left out',
    load: () => import('./commands/preview.ts'),
  },
  status: { summary: 'what is due, what ran, what is stuck', load: () => import('./commands/status.ts') },
};
