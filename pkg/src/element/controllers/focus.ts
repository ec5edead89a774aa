/** Where the focus goes when the form is drawn. */

import type { LitElement, ReactiveController } from 'lit';

/** Moves the focus to what was just drawn, and never leaves it at the top of the page. */
export class Focus implements ReactiveController {
  /** The id of what gets the focus as soon as it is drawn. */
  #wanted: string | null = null;
  /** Whether the focus is inside, before this drawing. */
  #within = false;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  /** Moves it to the element of this id. */
  move(id: string): void {
    this.#wanted = id;
    this.host.requestUpdate();
  }

  /** Leaves it where it is. */
  stay(): void {
    this.#wanted = null;
  }

  hostUpdate(): void {
    this.#within = this.host.shadowRoot?.activeElement !== null;
  }

  hostUpdated(): void {
    const root = this.host.renderRoot;
    // What had the focus may be gone.
    if (this.#within && this.host.shadowRoot?.activeElement === null) this.#wanted ??= 'heading';
    if (this.#wanted === null) return;
    const target = root.querySelector<HTMLElement>(`#${CSS.escape(this.#wanted)}`);
    if (target === null) return;
    this.#wanted = null;
    // What is closed takes no focus.
    const closed = target.closest('details');
    if (closed !== null) closed.open = true;
    // The label before the input: what is asked must be in sight, not only the box.
    (target.closest('.field') ?? target).scrollIntoView({ block: 'nearest' });
    target.focus({ preventScroll: true });
  }
}
