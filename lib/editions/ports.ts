import type { Instant, Page } from '../types.ts';
import type { Edits } from './edits.ts';
import type { Message } from './message.ts';
import type { Edition, EditionStatus } from './model.ts';

export interface EditionRecord {
  readonly edition: Edition;
  readonly message: Message;
  readonly status: EditionStatus;
  /** Readers frozen into the audience; set when the status becomes `planned`. */
  readonly audience?: number;
}

export interface EditionSummary {
  readonly id: string;
  readonly dueAt: Instant;
  readonly status: EditionStatus;
  readonly subject: string;
  readonly stories: number;
  readonly audience?: number;
}

export interface EditionStore {
  /** Freezes an edition; false when its id exists already (then the stored one counts, whatever it says). */
  create(edition: Edition, message: Message): Promise<boolean>;
  get(id: string): Promise<EditionRecord | undefined>;
  /** Newest due time first. */
  list(limit: number, cursor?: string): Promise<Page<EditionSummary>>;
  /** What an editor decided about the editions of a slot (`slotName`). Consistent. */
  edits(slot: string): Promise<Edits | undefined>;
  /** Replaces what was decided before (absent: nothing yet); false when by now it is something else. */
  saveEdits(slot: string, edits: Edits, before?: Edits): Promise<boolean>;
  /** Moves the status on; false when it was not `from`. */
  advance(id: string, from: EditionStatus, to: EditionStatus, audience?: number): Promise<boolean>;
}
