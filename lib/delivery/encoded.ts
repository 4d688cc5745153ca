import type { EditionRecord, EditionStore } from '../editions/ports.ts';
import { InputError } from '../errors.ts';
import { buildMime, type MimeTemplate } from './mime.ts';
import { type Publication, senderOf } from './sender.ts';

interface EncodeDeps extends Publication {
  readonly editions: Pick<EditionStore, 'get'>;
}

/** An edition with its mail, ready for a reader's address and links. */
export interface EncodedEdition {
  readonly record: EditionRecord;
  readonly mime: MimeTemplate;
  /** Without the HTML part; encoded when the first reader wants it. */
  readonly plain: () => MimeTemplate;
}

/** So many editions that go out at the same time (languages, wishes) are read and encoded once, not once per job. */
const KEEP = 8;
/** Editions by store, the one read last at the end. None ever changes once composed. */
const kept = new WeakMap<object, Map<string, EncodedEdition>>();

/** @throws InputError when there is no such edition */
export async function encodedEdition(deps: EncodeDeps, editionId: string): Promise<EncodedEdition> {
  const known = kept.get(deps.editions) ?? new Map<string, EncodedEdition>();
  kept.set(deps.editions, known);
  const found = known.get(editionId) ?? (await read(deps, editionId));
  known.delete(editionId);
  known.set(editionId, found);
  for (const oldest of [...known.keys()].slice(0, -KEEP)) known.delete(oldest);
  return found;
}

async function read(deps: EncodeDeps, editionId: string): Promise<EncodedEdition> {
  const record = await deps.editions.get(editionId);
  if (!record)
    throw new InputError(
      `There is no edition ${editionId}.`,
      'The job is left to the queue; look at its dead letters.',
    );
  const encode = (textOnly: boolean) =>
    buildMime(record.message, senderOf(deps), new Date(record.edition.composedAt), textOnly);
  let plain: MimeTemplate | undefined;
  return {
    record,
    mime: encode(false),
    plain: () => {
      plain ??= encode(true);
      return plain;
    },
  };
}
