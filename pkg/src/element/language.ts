/** Which language holds where the element stands, and when that changes. */

/** The language that holds at a node, from the nearest `lang` around it, through shadow roots too; without region. */
export function languageAt(node: Element): string {
  for (let at: Node | null = node; at instanceof Element; ) {
    const named: Element | null = at.closest('[lang]');
    if (named !== null) return (named.getAttribute('lang') ?? '').split('-')[0]?.toLowerCase() || 'en';
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}

/** Tells when a `lang` attribute of the page changes. */
export class LanguageWatch {
  readonly #observer: MutationObserver | null;

  constructor(tell: () => void) {
    // There is none where pages are rendered on a server.
    this.#observer = typeof MutationObserver === 'undefined' ? null : new MutationObserver(tell);
  }

  start(): void {
    this.#observer?.observe(document.documentElement, { attributeFilter: ['lang'], subtree: true });
  }

  stop(): void {
    this.#observer?.disconnect();
  }
}
