/** The language of an edition in English, from its id: `war-daily-nl-20261123T0600Z` is `Dutch`. */
export function languageOf(editionId: string): string {
  const locale = /-([a-z]{2})-\d{8}T\d{4}Z$/.exec(editionId)?.[1];
  return (locale && new Intl.DisplayNames('en', { type: 'language' }).of(locale)) || editionId;
}
