/** What is said to those who do not see it appear. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Says the last of what happens in a short while, so that nobody is talked over, and takes it back once it is no longer true. */
export class Announcer implements ReactiveController {
  /** For the live region. */
  said = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether what is said, or about to be, is still true. */
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
      this.said = text === this.said ? `${text}\u00a0` : text;
      this.host.requestUpdate();
    }, 300);
    this.host.requestUpdate();
  }

  silence(): void {
    clearTimeout(this.#timer);
    this.said = '';
    this.#stillTrue = () => true;
  }
}
