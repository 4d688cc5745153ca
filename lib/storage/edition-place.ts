import type { EditionSummary } from '../editions/ports.ts';

/** Visitors write ids and places into addresses: what cannot be one is never asked of a database. */
const ID = /^[\w-]{1,128}$/;

export type EditionPlace = Pick<EditionSummary, 'dueAt' | 'id'>;

/** Whether a text could be an id at all: what else is asked for is not looked up. */
export function isEditionId(text: string): boolean {
  return ID.test(text);
}

/** An edition's place in the list, as text: sorts by due time, then id. */
export function writePlace({ dueAt, id }: EditionPlace): string {
  return `${dueAt} ${id}`;
}

/** Undefined when it is no place: the list then begins at the front. */
export function readPlace(cursor: string | undefined): EditionPlace | undefined {
  const [dueAt = '', id = ''] = cursor?.split(' ', 2) ?? [];
  return isEditionId(id) && !Number.isNaN(Date.parse(dueAt)) ? { dueAt, id } : undefined;
}
