/** One input: what is typed, and when the package is asked about it. */

import type { Issue, Result } from '../types.js';
import type { MessageKey } from './messages.js';

/** One input: its text, and what is known against it. */
export class Field {
  value = '';
  /** `null` while it is not judged. */
  issues: readonly Issue[] | null = null;
  /** Whether a secret is shown as text. */
  shown = false;
  #typed = false;

  constructor(
    /** Unique in the element; the ids of its parts begin with it. */
    readonly id: string,
    readonly label: MessageKey,
    private readonly judgement: () => readonly Issue[],
  ) {}

  get wrong(): boolean {
    return this.issues?.some((issue) => issue.severity === 'error') ?? false;
  }

  /** Takes what is typed. While there is an error each key stroke is judged; otherwise the judgement waits until the field is left. */
  type(value: string): void {
    this.value = value;
    this.#typed = true;
    if (this.wrong) this.judge();
    else this.issues = null;
  }

  leave(): void {
    if (this.#typed) this.judge();
  }

  judge(): void {
    this.issues = this.judgement();
  }

  /** Takes a value as a whole, from a list or another place, and judges it. */
  put(value: string): void {
    this.type(value);
    this.judge();
  }

  /** Whether what stands in it would pass, judged or not. */
  get passes(): boolean {
    return !this.judgement().some((issue) => issue.severity === 'error');
  }

  /** Judges again what is judged already, when something that it depends on has changed. */
  judgeAgain(): void {
    if (this.issues !== null) this.judge();
  }

  clear(): void {
    this.value = '';
    this.issues = null;
    this.shown = false;
    this.#typed = false;
  }
}

/** Those issues that are about one part of an input. */
export function issuesAbout(result: Result<unknown>, what: string): Issue[] {
  return result.issues.filter((issue) => issue.path[0] === what);
}
