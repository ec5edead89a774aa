/** Which language holds where the element stands, and which texts there are for it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { fittingMessages } from '../state/given.js';
import { type Messages, Texts } from '../texts/messages.js';

/** Texts by language tag (`de`, `pt-BR`), for every element. One that is set later is drawn at once. */
export class Languages extends Map<string, Messages> {
  readonly #users = new Set<() => void>();

  override get(tag: string): Messages | undefined {
    return super.get(keyOf(tag));
  }

  override set(tag: string, messages: Messages): this {
    super.set(keyOf(tag), messages);
    for (const changed of this.#users) changed();
    return this;
  }

  /** The nearest tag that has texts: `pt-BR` before `pt` (RFC 4647, lookup). */
  nearest(tag: string): string | undefined {
    const parts = tag.split('-');
    while (parts.length > 0 && this.get(parts.join('-')) === undefined) parts.pop();
    return parts.length > 0 ? parts.join('-') : undefined;
  }

  /** Calls back whenever texts were set, until the function that it returns is called. */
  watch(changed: () => void): () => void {
    this.#users.add(changed);
    return () => this.#users.delete(changed);
  }
}

/** What is no tag is one of no language. */
function keyOf(tag: unknown): string {
  return typeof tag === 'string' ? tag.toLowerCase() : '';
}

/**
 * The texts for the nearest `lang`, drawn anew when that or the texts change. A controller of our own: `@lit/localize` has one
 * language for the whole page, loads it by a module of the application's, and knows neither `lang` nor plurals.
 */
export class Language implements ReactiveController {
  texts = new Texts();
  #about: readonly unknown[] = [];
  #stop = () => {};

  constructor(
    private readonly host: ReactiveControllerHost & Element & { readonly messages: Messages | undefined },
    private readonly languages: Languages,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const changed = () => this.host.requestUpdate();
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributeFilter: ['lang'], subtree: true });
    const forget = this.languages.watch(changed);
    this.#stop = () => {
      observer.disconnect();
      forget();
    };
    changed();
  }

  hostDisconnected(): void {
    this.#stop();
  }

  hostUpdate(): void {
    const wanted = languageAt(this.host);
    const found = this.languages.nearest(wanted);
    const known = found === undefined ? undefined : this.languages.get(found);
    const { messages } = this.host;
    // English stands in for a language that has no texts.
    const shown = found ?? (messages ? wanted : 'en');
    const about = [shown, known, messages];
    if (about.every((part, index) => part === this.#about[index])) return;
    this.#about = about;
    this.texts = new Texts(shown, { ...fittingMessages(known), ...fittingMessages(messages) });
  }
}

/** The language that holds at a node, from the nearest `lang` around it, through shadow roots too. */
function languageAt(node: Element): string {
  for (let at: Node | null = node; at instanceof Element; ) {
    const named: Element | null = at.closest('[lang]');
    if (named !== null) return named.getAttribute('lang') || 'en';
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}
