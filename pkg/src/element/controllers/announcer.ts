/** Announces to screen readers what appears on the screen. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Announces the last of what happens in a short while, so that one text does not interrupt another, and removes it once it is no longer true. */
export class Announcer implements ReactiveController {
  /** For the live region. */
  text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether what is announced, or about to be, is still true. */
  #stillTrue: () => boolean = () => true;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostUpdate(): void {
    if (!this.#stillTrue()) this.silence();
  }

  hostDisconnected(): void {
    this.silence();
  }

  say(text: string, stillTrue: () => boolean = () => true): void {
    clearTimeout(this.#timer);
    this.#stillTrue = stillTrue;
    this.#timer = setTimeout(() => {
      // The same text twice would not be read again.
      this.text = text === this.text ? `${text}\u00a0` : text;
      this.host.requestUpdate();
    }, 300);
    this.host.requestUpdate();
  }

  silence(): void {
    clearTimeout(this.#timer);
    this.text = '';
    this.#stillTrue = () => true;
  }
}
