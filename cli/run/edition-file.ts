import type { EditionStory } from '../../lib/editions/model.ts';
import type { EditionRecord } from '../../lib/editions/ports.ts';
import { storiesOf } from '../../lib/editions/since.ts';
import type { CollectResult } from '../../lib/feeds/collect.ts';

/** `edition.json`: every story with its items and why they were picked, every item left out and why, what an editor changed. */
export function editionFile({ edition, message }: EditionRecord, collected: CollectResult): object {
  const { id, dueAt, counts, quiet, versions, considered, edits } = edition;
  return {
    ...{ id, dueAt, subject: message.subject, quiet, counts, versions, edits },
    feeds: { read: collected.read, unchanged: collected.unchanged, failed: collected.failed },
    stories: storiesOf(edition).map(story),
    notPicked: considered,
  };
}

function story({ items, ...about }: EditionStory): object {
  return {
    ...about,
    items: items.map(({ item, decision }) => ({
      ...{ title: item.title, summary: item.summary, link: item.link },
      ...{ publisher: item.publisher, published: item.published, decision },
    })),
  };
}
