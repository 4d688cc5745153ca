import type { Config } from '../lib/config/schema.ts';

/** Where links of mail made by hand lead: the public site, or the sender's domain while there is none. */
export function siteUrlOf({ serve, stages, publication }: Config): string {
  const named = serve?.siteUrl ?? Object.values(stages).find((stage) => stage.siteUrl)?.siteUrl;
  return (named ?? `https://${publication.from.split('@').at(-1)}`).replace(/\/+$/, '');
}
