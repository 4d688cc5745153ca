/**
 * The words in the last part of a link: publishers write what an article is about into it, often more plainly than into
 * its title. Empty when the link has none.
 */
export function slugOf(link: string | null): string {
  const parts = (link ?? '').split(/[?#]/, 1)[0]?.split('/').slice(3) ?? [];
  const slug = parts.findLast((part) => part.split(/[-_]/).length > 2 && !/^[0-9a-f-]{30,}$/.test(part));
  return decode(slug ?? '')
    .replace(/\.\w+$/, '')
    .split(/[-_~,.]/)
    .filter((word) => /^(\p{L}{3,}|\d{2,3})$/u.test(word))
    .join(' ');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
