import type { Site } from '../rendering/site.ts';
import { mailAddress } from './header.ts';
import type { Sender } from './mime.ts';

/** Who publishes: the part of the configuration that mail shows. */
export interface Publication {
  readonly site: Site;
  readonly config: { readonly publication: { readonly id: string; readonly replyTo?: string | undefined } };
}

/** The list id hangs on the sender's domain, not on the site's address: that one may still change. */
export function senderOf({ site, config }: Publication): Sender {
  const from = mailAddress(site.from) ?? site.from;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  return { name: site.name, from, replyTo: config.publication.replyTo, listId: `${config.publication.id}.${domain}` };
}
