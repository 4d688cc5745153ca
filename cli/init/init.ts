import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import { CONFIG_TEXT } from './config-text.ts';

/** The feed list to begin with: the one that this program comes with. */
const FEEDS = new URL('../../feeds.opml', import.meta.url);

/**
 * Writes a configuration and a feed list into a folder.
 * @throws InputError when one of them is there already; then nothing is written
 */
export async function init(folder: string): Promise<void> {
  const { COPYFILE_EXCL } = (await import('node:fs')).constants;
  const config = join(folder, 'dispatches.config.ts');
  const feeds = join(folder, 'feeds.opml');
  await writeFile(config, CONFIG_TEXT, { flag: 'wx' }).catch((cause: unknown) => refuse(config, cause));
  await copyFile(FEEDS, feeds, COPYFILE_EXCL).catch((cause: NodeJS.ErrnoException) => {
    // A list that is there already is the operator's own.
    if (cause.code !== 'EEXIST') refuse(feeds, cause);
  });
}

function refuse(file: string, cause: unknown): never {
  const there = (cause as NodeJS.ErrnoException).code === 'EEXIST';
  throw new InputError(
    there ? `${file} is there already.` : `${file} cannot be written.`,
    there ? 'Edit it, or begin in another folder.' : 'Begin in another folder.',
    { cause },
  );
}
