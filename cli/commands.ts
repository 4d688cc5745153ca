import type { Command } from 'commander';

interface Entry {
  readonly summary: string;
  /** Loads the file of the command only when it is asked for, so that `--help` and the others stay quick. */
  readonly load: () => Promise<{ command(): Command }>;
}

/** Every command, in the order of the help. */
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
  status: {
    summary: 'what is due, what ran, what is stuck',
    load: () => import('./commands/status.ts'),
  },
  score: {
    summary: 'score items (NDJSON in, one decision a line out)',
    load: () => import('./commands/score.ts'),
  },
};
