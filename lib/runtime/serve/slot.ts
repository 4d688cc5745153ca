import { closeSync, constants, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * Where the one attempt is written that may have reached the mail service. A process that sends one mail at a time and
 * dies leaves at most one mail in doubt: the one in the slot. What else was claimed certainly never left.
 */
export interface Slot {
  /** The attempt that was written last, by this process or an earlier one. */
  read(): string;
  /** On disk when it returns: called before the last byte that makes the service accept the mail. */
  mark(attemptId: string): void;
  close(): void;
}

/** For mail that is no attempt of the ledger: nothing to mark. */
export const NO_SLOT: Slot = { read: () => '', mark: () => undefined, close: () => undefined };

/** Longer than any attempt id; written whole, so that nothing of an earlier one is left. Bytes. */
const SIZE = 64;

/** Opens the file, or makes it. */
export function openSlot(file: string): Slot {
  const slot = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    read() {
      const bytes = Buffer.alloc(SIZE);
      return bytes.toString('latin1', 0, readSync(slot, bytes, 0, SIZE, 0)).trim();
    },
    mark(attemptId) {
      writeSync(slot, Buffer.from(attemptId.padEnd(SIZE), 'latin1'), 0, SIZE, 0);
      fdatasyncSync(slot);
    },
    close: () => closeSync(slot),
  };
}
