import type { RawField } from './canonical.ts';
import { decodeEntities } from './entities.ts';
import type { Enclosure } from './model.ts';
import type { RawRecord } from './raw-item.ts';
import { webUrl } from './urls.ts';

const IMAGE_FILE = /\.(?:jpe?g|png|gif|webp|avif)$/i;

/** The picture that stands for an item: what is declared as one, else the first in its sanitised body. */
export function imageOf(item: RawRecord, safe: string, base: string | undefined): string | null {
  const contents = item.all('media:content');
  const declared = [
    ...contents.filter(({ attributes }) => /image/i.test(`${attributes.medium} ${attributes.type}`)),
    ...item.all('media:thumbnail'),
    ...contents.filter(isImageFile),
    ...[...item.all('enclosure'), ...atomEnclosures(item)].filter(isImage),
    ...item.ranked(['itunes:image', 'googleplay:image', 'image']),
  ];
  for (const field of declared) {
    const url = addressOf(field, base);
    if (url) return url;
  }
  return firstPicture(safe);
}

/** Files that belong to an item, each address once. */
export function enclosuresOf(item: RawRecord, base: string | undefined): readonly Enclosure[] {
  const found = new Map<string, Enclosure>();
  const fields = [...fileLinks(item), ...atomEnclosures(item), ...item.all('media:content')];
  for (const field of fields) {
    const url = addressOf(field, base);
    const type = field.attributes.type?.trim();
    if (url && !found.has(url)) found.set(url, { url, ...(type ? { type } : {}) });
  }
  return [...found.values()];
}

/** FeedBurner puts a counter before the file and names the file itself beside it. */
function fileLinks(item: RawRecord): readonly RawField[] {
  const [original] = item.all('feedburner:origenclosurelink');
  const enclosures = item.all('enclosure');
  const [first, ...others] = enclosures;
  return original && first
    ? [{ ...first, attributes: { ...first.attributes, url: original.text } }, ...others]
    : enclosures;
}

function atomEnclosures(item: RawRecord): readonly RawField[] {
  return item.all('atom:link').filter(({ attributes }) => /enclosure$/i.test(attributes.rel ?? ''));
}

function addressOf({ text, attributes }: RawField, base: string | undefined): string | null {
  const reference = attributes.url || attributes.href || text;
  return reference.trim() ? webUrl(reference, webUrl(attributes.base, base) ?? base) : null;
}

function isImage(field: RawField): boolean {
  return /^image\//i.test(field.attributes.type ?? '') || (!isOtherMedia(field) && isImageFile(field));
}

function isOtherMedia({ attributes }: RawField): boolean {
  return (
    /^(?:audio|video|application|text)\//i.test(attributes.type ?? '') || /audio|video/i.test(attributes.medium ?? '')
  );
}

function isImageFile(field: RawField): boolean {
  const { url, href } = field.attributes;
  return !isOtherMedia(field) && IMAGE_FILE.test(URL.parse(url ?? href ?? '', 'http://x/')?.pathname ?? '');
}

/** Sanitised HTML writes the address of a picture first, and holds none that only counts readers. */
const PICTURE = /<img src="([^"]+)"/;

function firstPicture(safe: string): string | null {
  const [, address] = PICTURE.exec(safe) ?? [];
  return address === undefined ? null : decodeEntities(address);
}
