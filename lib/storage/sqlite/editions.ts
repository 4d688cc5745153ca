import type { DatabaseSync } from 'node:sqlite';
import type { Edits } from '../../editions/edits.ts';
import type { EditionStatus } from '../../editions/model.ts';
import type { EditionRecord, EditionStore, EditionSummary } from '../../editions/ports.ts';
import { type EditionPlace, readPlace, writePlace } from '../edition-place.ts';
import { type Row, read, toPage } from './rows.ts';

const FRONT: EditionPlace = { dueAt: '~', id: '' };

export function editionStore(db: DatabaseSync): EditionStore {
  const insert = db.prepare(`
    INSERT INTO editions (id, due_at, status, subject, stories, body) VALUES (?, ?, 'composed', ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const edition = db.prepare('SELECT status, audience, body FROM editions WHERE id = ?');
  const newest = db.prepare(`
    SELECT id, due_at, status, audience, subject, stories FROM editions WHERE (due_at, id) < (?, ?)
    ORDER BY due_at DESC, id DESC LIMIT ?`);
  const edits = db.prepare('SELECT body FROM edits WHERE slot = ?');
  const firstEdits = db.prepare('INSERT INTO edits (slot, body) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const nextEdits = db.prepare('UPDATE edits SET body = ? WHERE slot = ? AND body = ?');
  const move = db.prepare(
    'UPDATE editions SET status = ?, audience = coalesce(?, audience) WHERE id = ? AND status = ?',
  );

  return {
    async create(next, message) {
      const body = JSON.stringify({ edition: next, message });
      return insert.run(next.id, next.dueAt, message.subject, next.counts.stories, body).changes > 0;
    },
    async get(id) {
      const row = edition.get(id);
      return row && { ...read<Pick<EditionRecord, 'edition' | 'message'>>(row), ...progress(row) };
    },
    async list(limit, cursor) {
      const { dueAt, id } = readPlace(cursor) ?? FRONT;
      return toPage(newest.all(dueAt, id, limit + 1), limit, summary, (row) => writePlace(summary(row)));
    },
    async edits(slot) {
      const row = edits.get(slot);
      return row && read<Edits>(row);
    },
    async saveEdits(slot, decided, before) {
      const written = before
        ? nextEdits.run(editsBody(decided), slot, editsBody(before))
        : firstEdits.run(slot, editsBody(decided));
      return written.changes > 0;
    },
    async advance(id, from, to, audience) {
      return move.run(to, audience ?? null, id, from).changes > 0;
    },
  };
}

function progress(row: Row): Pick<EditionSummary, 'status' | 'audience'> {
  const status = row.status as EditionStatus;
  return row.audience === null ? { status } : { status, audience: Number(row.audience) };
}

function summary(row: Row): EditionSummary {
  return {
    id: String(row.id),
    dueAt: String(row.due_at),
    subject: String(row.subject),
    stories: Number(row.stories),
    ...progress(row),
  };
}

/** Always in one order, so that it can be compared. */
function editsBody({ pinned, hidden, threshold }: Edits): string {
  return JSON.stringify({ pinned, hidden, threshold });
}
