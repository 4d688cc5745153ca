import { escapeHtml } from '../../../lib/rendering/escape.ts';
import type { DigestView, StoryView } from '../../../lib/rendering/shapes.ts';

/** A digest as MJML is commonly written, with a section for each story, and the data already in it. */
export function sectioned(view: DigestView): string {
  const stories = [...view.lead, ...view.sections.flatMap(({ stories }) => stories)];
  return `<mjml lang="${view.lang}"><mj-head><mj-title>${escapeHtml(view.subject)}</mj-title>
<mj-preview>${escapeHtml(view.preheader)}</mj-preview></mj-head><mj-body width="640px">
<mj-section><mj-column><mj-text font-size="36px">${escapeHtml(view.name)}</mj-text>
<mj-text font-size="14px">${escapeHtml(`${view.dateline} · ${view.summary}`)}</mj-text></mj-column></mj-section>
${stories.map(section).join('\n')}
<mj-section><mj-column><mj-text font-size="14px">${escapeHtml(view.health)} <a href="@@unsubscribeUrl@@">${escapeHtml(view.unsubscribe)}</a></mj-text>
</mj-column></mj-section></mj-body></mjml>`;
}

function section(story: StoryView): string {
  const also = story.also.map(
    ({ link, publisher }) => `<a href="${escapeHtml(link ?? '')}">${escapeHtml(publisher)}</a>`,
  );
  return `<mj-section padding="0 20px"><mj-column>
<mj-text font-size="20px" font-weight="bold"><a href="${escapeHtml(story.link ?? '')}">${escapeHtml(story.title)}</a></mj-text>
<mj-text font-size="17px">${escapeHtml(story.extract)}</mj-text>
<mj-text font-size="14px">${escapeHtml(`${story.publisher} · ${story.facts}`)}<br/>${also.join(', ')}<br/>${escapeHtml(story.why)}</mj-text>
</mj-column></mj-section>`;
}
