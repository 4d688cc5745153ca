import { html } from 'hono/html';
import type { Label } from '../../rendering/map/labels.ts';
import type { MapDrawing } from '../../rendering/map.ts';
import type { Chart } from '../../rendering/timeline.ts';
import type { Html } from '../view.ts';

/**
 * The map as SVG, whose colours the style sheet gives, light and dark.
 * @param label what the picture shows, for those who do not see it
 */
export function mapSvg({ width, height, land, border, dots, towns, lands }: MapDrawing, label: string): Html {
  // The first has most stories and covers the others.
  const marks = dots
    .toReversed()
    .map(
      ({ at: [x, y], radius, ring }) =>
        html`<circle class="${ring ? 'ring' : 'dot'}" cx="${x}" cy="${y}" r="${radius}"/>`,
    );
  return html`<svg class="map" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg"><path class="land" d="${land}"/><path class="border" d="${border}"/><g class="lands">${lands.map(word)}</g>${marks}<g class="towns">${towns.map(word)}</g></svg>`;
}

/** The coverage as bars; see `mapSvg`. */
export function timelineSvg({ width, height, floor, bars, texts }: Chart, label: string): Html {
  const drawn = bars.map(
    (bar) =>
      html`<rect class="bar" x="${bar.x}" y="${floor - bar.height}" width="${bar.width}" height="${bar.height}"/>`,
  );
  return html`<svg class="volume" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">${drawn}<path class="axis" d="M0 ${floor}h${width}"/>${texts.map(word)}</svg>`;
}

function word({ text, at: [x, y], anchor }: Label): Html {
  return html`<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
}
