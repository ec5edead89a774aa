/** A dialog that opens around the element begins with its heading. */

import type { ReactiveController } from 'lit';

/**
 * Moves the focus to the element when the dialog around it opens, unless the page has said otherwise by `autofocus`. The heading has no
 * `autofocus` of its own: it would take the focus of every page that is loaded, and only Chromium finds it in a shadow tree.
 */
export class Modal implements ReactiveController {
  #observer: MutationObserver | null = null;

  constructor(private readonly host: HTMLElement) {}

  hostConnected(): void {
    const dialog = this.host.closest('dialog');
    if (dialog === null) return;
    this.#observer = new MutationObserver(() => {
      if (dialog.open && dialog.querySelector('[autofocus]') === null) this.host.focus();
    });
    this.#observer.observe(dialog, { attributeFilter: ['open'] });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = null;
  }
}
