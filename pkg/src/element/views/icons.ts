/** Drawings: the icons, and the two methods as pictures. They say nothing that a text beside them does not say too. */

import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const outlines = {
  add: svg`<path d="M10 4.5v11M4.5 10h11"/>`,
  arrow: svg`<path d="M4 10h12M11 5l5 5-5 5"/>`,
  back: svg`<path d="M16 10H4M9 5l-5 5 5 5"/>`,
  copy: svg`<rect x="7" y="7" width="9" height="9" rx="2"/><path d="M13 7V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v5a2 2 0 0 0 2 2h1"/>`,
  download: svg`<path d="M10 3.5v9M6 9l4 4 4-4M4 16.5h12"/>`,
  external: svg`<path d="M11 4h5v5M16 4l-7 7M8 5H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h7a2 2 0 0 0 2-2v-2"/>`,
  failed: svg`<circle cx="10" cy="10" r="7.25"/><path d="M7.5 7.5l5 5M12.5 7.5l-5 5"/>`,
  hide: svg`<path d="M3 10s2.5-5 7-5c1.3 0 2.4.4 3.4 1M17 10s-2.5 5-7 5c-1.3 0-2.4-.4-3.4-1M4 16L16 4"/>`,
  info: svg`<circle cx="10" cy="10" r="7.25"/><path d="M10 9.25v4.25M10 6.5v.1"/>`,
  key: svg`<circle cx="6.5" cy="13.5" r="3"/><path d="M8.7 11.3L16 4M13 7l2.2 2.2M10.9 9.1l1.6 1.6"/>`,
  ok: svg`<circle cx="10" cy="10" r="7.25"/><path d="M6.8 10.3l2.2 2.2 4.3-4.8"/>`,
  pause: svg`<circle cx="10" cy="10" r="7.25"/><path d="M8 7.5v5M12 7.5v5"/>`,
  pending: svg`<circle cx="10" cy="10" r="7.25" stroke-dasharray="2.5 2.56"/>`,
  remove: svg`<path d="M5 6h10M8 6V4.5h4V6M6.5 6l.6 9.5h5.8l.6-9.5"/>`,
  running: svg`<path d="M10 2.75a7.25 7.25 0 1 1-7.25 7.25"/>`,
  search: svg`<circle cx="9" cy="9" r="5.25"/><path d="M13 13l4 4"/>`,
  show: svg`<path d="M3 10s2.5-5 7-5 7 5 7 5-2.5 5-7 5-7-5-7-5z"/><circle cx="10" cy="10" r="2.25"/>`,
  check: svg`<path d="M4.5 10.5l3.5 3.5 7.5-8"/>`,
  unknown: svg`<circle cx="10" cy="10" r="7.25"/><path d="M7.9 8a2.15 2.15 0 1 1 3.1 1.9c-.7.35-1 .7-1 1.4M10 13.6v.1"/>`,
  warning: svg`<path d="M10 3.5l7 12.5H3zM10 8.5v3.5M10 14v.1"/>`,
} as const satisfies Record<string, SVGTemplateResult>;

/** The name of an icon. */
export type IconName = keyof typeof outlines;

/** An icon, hidden from the accessibility tree: the text beside it carries the meaning. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon icon-${name}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${outlines[name]}</svg>`;
}

const keyGlyph = svg`<circle cx="-4" cy="4" r="4"/><path d="M-1 1L8 -8M4 -4l3 3"/>`;

function tile(x: number, y: number): SVGTemplateResult {
  return svg`<g transform="translate(${x} ${y})">
    <rect class="tile" width="84" height="26" rx="6"/>
    <circle class="dot" cx="14" cy="13" r="3.5"/>
    <path class="line" d="M25 13h44"/>
  </g>`;
}

function badge(x: number, y: number, size: number): SVGTemplateResult {
  const middle = size / 2;
  return svg`<g transform="translate(${x} ${y})">
    <rect class="badge" width="${size}" height="${size}" rx="${size / 4}"/>
    <g class="glyph" transform="translate(${middle} ${middle}) scale(${size / 30})">${keyGlyph}</g>
  </g>`;
}

/** One key that opens a frame of three repositories. */
export const providerPicture: TemplateResult = html`<svg class="picture" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
  <rect class="enclosure" x="118" y="6" width="112" height="108" rx="12"/>
  <path class="wire" d="M62 60h72M98 60V27h36M98 60v33h36"/>
  ${badge(22, 40, 40)}${tile(132, 14)}${tile(132, 47)}${tile(132, 80)}
</svg>`;

/** Three repositories, each with a key of its own. */
export const tokenPerRepositoryPicture: TemplateResult = html`<svg class="picture" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
  <path class="wire" d="M70 27h62M70 60h62M70 93h62"/>
  ${badge(44, 14, 26)}${badge(44, 47, 26)}${badge(44, 80, 26)}${tile(132, 14)}${tile(132, 47)}${tile(132, 80)}
</svg>`;
