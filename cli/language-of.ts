/** The locale of an edition, from its id: `war-daily-nl-20261123T0600Z` is `nl`. */
export function localeOf(editionId: string): string | undefined {
  return /-([a-z]{2})-\d{8}T\d{4}Z$/.exec(editionId)?.[1];
}

/** The language of an edition in English: `Dutch`. */
export function languageOf(editionId: string): string {
  const locale = localeOf(editionId);
  return (locale && new Intl.DisplayNames('en', { type: 'language' }).of(locale)) || editionId;
}
