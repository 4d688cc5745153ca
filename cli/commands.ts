import type { Command } from 'commander';

interface Entry {
  readonly summary: string;
  /** `<name>Command()` of `commands/<name>.ts`: loads the file of the command only when it is asked for, so that `--help` and the others stay quick. */
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  start: {
    summary: 'try it: sample feeds, a local mail service and its inbox, the reader site',
    load: async () => (await import('./commands/start.ts')).startCommand(),
  },
  init: {
    summary: 'write a configuration and a feed list to begin with',
    load: async () => (await import('./commands/init.ts')).initCommand(),
  },
  run: {
    summary: 'collect, pick, compose and mail one edition now, by hand',
    load: async () => (await import('./commands/run.ts')).runCommand(),
  },
  serve: {
    summary: "publish by this machine's own clock, mail by SMTP or SES, serve the reader site",
    load: async () => (await import('./commands/serve.ts')).serveCommand(),
  },
  preview: {
    summary: 'look at the digest beside what was picked and left out',
    load: async () => (await import('./commands/preview.ts')).previewCommand(),
  },
  doctor: {
    summary: 'check everything that must be right for mail to leave, with what to do',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  },
  status: {
    summary: 'what is due, what ran, what is stuck',
    load: async () => (await import('./commands/status.ts')).statusCommand(),
  },
  logs: {
    summary: 'the newest lines of the log, of this machine or of a stage',
    load: async () => (await import('./commands/logs.ts')).logsCommand(),
  },
  pause: {
    summary: 'stop all mail until it is resumed',
    load: async () => (await import('./commands/pause.ts')).pauseCommand(),
  },
  resume: {
    summary: 'let mail leave again: after a pause, the brake or a restore',
    load: async () => (await import('./commands/resume.ts')).resumeCommand(),
  },
  send: {
    summary: 'mail one edition to one address, as a test',
    load: async () => (await import('./commands/send.ts')).sendCommand(),
  },
  redrive: {
    summary: 'send back what a stage set aside',
    load: async () => (await import('./commands/redrive.ts')).redriveCommand(),
  },
  edition: {
    summary: 'the editions: list, show, diff, replay, report, resend-failed',
    load: async () => (await import('./commands/edition.ts')).editionCommand(),
  },
  backup: {
    summary: 'copy the database of this machine into a file, while it is in use',
    load: async () => (await import('./commands/backup.ts')).backupCommand(),
  },
  restore: {
    summary: 'put such a copy back; what was under way stays unsent',
    load: async () => (await import('./commands/restore.ts')).restoreCommand(),
  },
  subscribers: {
    summary: 'the readers: list, add, import, export, show, erase, suppress',
    load: async () => (await import('./commands/subscribers.ts')).subscribersCommand(),
  },
  feeds: {
    summary: 'the feeds: add, check, list, import, export, parse',
    load: async () => (await import('./commands/feeds.ts')).feedsCommand(),
  },
  profile: {
    summary: 'what is picked: the profile, and example articles to pick more or less of',
    load: async () => (await import('./commands/profile.ts')).profileCommand(),
  },
  rules: {
    summary: 'what a changed profile would gain and lose',
    load: async () => (await import('./commands/rules.ts')).rulesCommand(),
  },
  explain: {
    summary: 'why an article would be picked or not',
    load: async () => (await import('./commands/explain.ts')).explainCommand(),
  },
  evaluate: {
    summary: 'how well the profile picks, against labelled items',
    load: async () => (await import('./commands/evaluate.ts')).evaluateCommand(),
  },
  score: {
    summary: 'decide on items (NDJSON in, one decision a line out)',
    load: async () => (await import('./commands/score.ts')).scoreCommand(),
  },
  stories: {
    summary: 'group items into stories (NDJSON in, one answer a line out)',
    load: async () => (await import('./commands/stories.ts')).storiesCommand(),
  },
  completion: {
    summary: 'a script by which your shell completes commands and options',
    load: async () => (await import('./commands/completion.ts')).completionCommand(),
  },
};
