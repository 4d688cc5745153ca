import type { Page } from './types.ts';

/** All pages of a listing. An empty page is not the end; an absent `next` is. */
export async function* pages<T>(read: (cursor?: string) => Promise<Page<T>>): AsyncGenerator<readonly T[]> {
  let cursor: string | undefined;
  do {
    const page: Page<T> = await read(cursor);
    yield page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
