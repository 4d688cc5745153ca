import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { ConfigError } from '../../errors.ts';
import type { Clock, Instant } from '../../types.ts';

/** What is known about a message besides its bytes; kept in a JSON file beside the `.eml`. */
export interface Envelope {
  readonly id: string;
  readonly at: Instant;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
}

/** Messages in a folder: every one is `<time>-<id>.eml`, byte for byte as it was sent, with `.json` beside it. */
export interface Outbox {
  /** Stores a message and gives it an id. When this returns, the message survives a restart. */
  add(mail: Omit<Envelope, 'id' | 'at' | 'subject'>, raw: Uint8Array): Promise<Envelope>;
  /** Newest first. */
  list(): Promise<readonly Envelope[]>;
  get(id: string): Promise<{ readonly envelope: Envelope; readonly raw: Uint8Array } | undefined>;
}

const ID = /^\d{8}T\d{9}Z-[\da-f-]{36}$/;

/**
 * Opens (and makes) the folder. Files of other programs in it are left alone.
 * @throws ConfigError when the folder cannot be made
 */
export async function openOutbox(folder: string, clock: Clock = () => new Date()): Promise<Outbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new ConfigError(`The folder ${folder} cannot be made.`, 'Name another folder for the mail.', { cause });
  });
  const at = (name: string) => join(folder, name);
  const envelopeOf = async (id: string): Promise<Envelope> => JSON.parse(await readFile(at(`${id}.json`), 'utf8'));

  return {
    async add(mail, raw) {
      const now = clock().toISOString();
      const id = `${now.replace(/[-:.]/g, '')}-${randomUUID()}`;
      const { subject = '' } = await PostalMime.parse(raw);
      const envelope: Envelope = { ...mail, id, at: now, subject };
      await writeFile(at(`${id}.json`), `${JSON.stringify(envelope, null, 2)}\n`);
      // The `.eml` makes the message exist, so it comes last and whole.
      await writeFile(at(`${id}.eml.part`), raw);
      await rename(at(`${id}.eml.part`), at(`${id}.eml`));
      return envelope;
    },
    async list() {
      const names = await readdir(folder);
      const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -'.eml'.length));
      return Promise.all(
        ids
          .filter((id) => ID.test(id))
          .sort()
          .reverse()
          .map(envelopeOf),
      );
    },
    async get(id) {
      if (!ID.test(id)) return undefined;
      const raw = await readFile(at(`${id}.eml`)).catch(() => undefined);
      return raw && { envelope: await envelopeOf(id), raw: new Uint8Array(raw) };
    },
  };
}
