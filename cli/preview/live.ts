import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Message } from '../../lib/editions/message.ts';
import type { Edition } from '../../lib/editions/model.ts';
import { renderEdition, type Site } from '../../lib/rendering/edition.ts';

/** Renders with the templates and texts as they are now, also when they change while the program runs. */
export interface Live {
  /** Where they cannot be used, with those that were there at the start. */
  render(edition: Edition, site: Site): Promise<Message>;
  /** Why the templates or texts as they are cannot be used, as far as that is known. */
  readonly problem: string | undefined;
  /** @param changed is called after every change, when it is in force or refused. Returns how to stop. */
  follow(changed: () => void): () => void;
}

/** Editors write a file in several steps. */
const SETTLED_MS = 120;
const PROGRAM = join(import.meta.dirname, '../..');

/**
 * Watches templates/ for as long as the process lives (and keeps it from ending no longer), compiles it like `npm run
 * templates` after each change, and tells who follows.
 * @param root folder of the program
 */
export function watchTemplates(root = PROGRAM): Live {
  const followers = new Set<() => void>();
  let [changes, problem, timer]: [number, string | undefined, NodeJS.Timeout | undefined] = [0, undefined, undefined];

  async function refresh(): Promise<void> {
    problem = await compile(root);
    changes += 1;
    for (const tell of followers) tell();
  }

  watch(join(root, 'templates'), { recursive: true, persistent: false }, (_event, name) => {
    if (name === null || name.startsWith('compiled')) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), SETTLED_MS);
  });
  return {
    async render(edition, site) {
      if (changes === 0) return renderEdition(edition, site);
      return renderAnew(root, edition, site).catch((error: Error) => {
        problem ??= error.message;
        return renderEdition(edition, site);
      });
    },
    get problem() {
      return problem;
    },
    follow(changed) {
      followers.add(changed);
      return () => followers.delete(changed);
    },
  };
}

async function compile(root: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, [join(root, 'lib/rendering/compile-templates.ts')]);
    return undefined;
  } catch (error) {
    return (error as { stderr?: string }).stderr?.trim() || String(error);
  }
}

/** In a thread of its own, since a module is read once per thread. */
function renderAnew(root: string, edition: Edition, site: Site): Promise<Message> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(root, 'cli/preview/render-anew.ts'), { workerData: { edition, site } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
