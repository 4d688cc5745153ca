import { compileMjml } from '../../../lib/rendering/compile.ts';
import { sourceOf } from '../../../lib/rendering/compile-templates.ts';
import type { Template } from '../../../lib/rendering/template.ts';

/** Our digest, compiled from MJML ahead, as an eta template that makes the same HTML. */
export async function etaHtml(): Promise<string> {
  return etaSource(await compileMjml(sourceOf('digest')));
}

const NAMES = ['it', 'v1', 'v2', 'v3', 'v4'];

function etaSource(template: Template): string {
  return template
    .map((node): string => {
      if (typeof node === 'string') return node;
      if (node[0] === 'slot') return `@@${node[1]}@@`;
      const value = `${NAMES[node[1]]}.${node[2]}`;
      if (node[0] === 'text' || node[0] === 'link') return `<%= ${value} %>`;
      if (node[0] === 'each') return `<% for (const v${node[1] + 1} of ${value}) { %>${etaSource(node[3])}<% } %>`;
      const test = node[3] === 'list' ? `${value}.length > 0` : value;
      return `<% if (${test}) { %>${etaSource(node[4])}<% } else { %>${etaSource(node[5])}<% } %>`;
    })
    .join('');
}

/** The text part as one would write it for eta: the same words, lines as they come, links beside their names. */
export const etaText = `<%~ it.name %>
<%~ it.dateline %>
<%~ it.summary %>

<%~ it.since %>
<% if (it.notice) { %><%~ it.notice %> <%~ it.preheader %><% } %>
<% for (const section of [{ title: it.leadLabel, stories: it.lead }, ...it.sections]) { %>
<%~ section.title %>

<% for (const s of section.stories) { %>
* <%~ s.title %>
<% if (s.warning) { %>  ! <%~ s.warning %><% } %>
  <%~ s.extract %>
  <%~ s.publisher %> <%~ s.language %> · <%~ s.facts %>. <%~ s.why %>. <%~ s.link %>
<% if (s.also.length > 0) { %>  <%~ s.alsoBy %> <% for (const a of s.also) { %><%~ a.publisher %> <%~ a.language %> <%~ a.link %> <% } } %>
<% } } %>
<% if (it.more) { %><%~ it.more %> <%~ it.pageUrl %><% } %>
<%~ it.ended %>
<%~ it.health %> <%~ it.colophon %>
<%~ it.reason %>
<%~ it.browser %>: <%~ it.pageUrl %>
<%~ it.preferences %>: @@preferencesUrl@@
<%~ it.unsubscribe %>: @@unsubscribeUrl@@
<%~ it.contact %>
`;
