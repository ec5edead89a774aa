/** Long lists, a page at a time: thousands of repositories cost a key stroke no more than fifty. */

import { html, nothing, type TemplateResult } from 'lit';

import { button } from './components.js';
import type { Paged, View } from './view.js';

/** As many as are drawn at once. */
export const pageSize = 50;

/** Those of the present page, each with its place in the list, and what turns the pages; nothing where one is enough. */
export function pageOf<Item>(
  view: View,
  list: Paged,
  items: readonly Item[],
): { shown: { item: Item; index: number }[]; pager: TemplateResult | typeof nothing } {
  const last = Math.max(0, Math.ceil(items.length / pageSize) - 1);
  const page = Math.min(view.pages.get(list) ?? 0, last);
  const first = page * pageSize;
  const shown = items.slice(first, first + pageSize).map((item, index) => ({ item, index: first + index }));
  if (last === 0) return { shown, pager: nothing };
  const { texts } = view;
  const turn = (to: number) => {
    view.pages.set(list, to);
    view.focus(`page-${list}`);
  };
  const places = { first: first + 1, last: first + shown.length, count: items.length };
  const pager = html`<div class="actions pager" role="group" aria-label=${texts.of('pages')}>
    ${button(texts.of('pages.previous'), () => turn(page - 1), { icon: 'back', look: 'quiet small', disabled: page === 0 })}
    <span class="hint" id="page-${list}" tabindex="-1">${texts.of('pages.shown', places)}</span>
    ${button(texts.of('pages.next'), () => turn(page + 1), { icon: 'arrow', look: 'quiet small', disabled: page === last })}
  </div>`;
  return { shown, pager };
}
