/** One input: what is typed, and when the package is asked about it. */

import type { Issue, Result } from '../../index.js';
import type { MessageKey } from '../texts/messages.js';

/** What the package says about a field is asked again when its question has changed: by default, always. */
type Judgement = { issues: () => readonly Issue[]; question?: () => string };

/** One input: its text, and what is known against it. */
export class Field {
  /** `null` while it is not judged. */
  issues: readonly Issue[] | null = null;
  /** Whether a secret is shown as text. */
  shown = false;
  /** Counts the changes of the value. A question names it in place of the value, which may be a secret. */
  version = 0;
  #value = '';
  #typed = false;
  #known: { question: string; issues: readonly Issue[] } | null = null;

  constructor(
    /** Unique in the element; the ids of its parts begin with it. */
    readonly id: string,
    readonly label: MessageKey,
    private readonly judgement: Judgement,
  ) {}

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    if (value === this.#value) return;
    this.#value = value;
    this.version += 1;
  }

  get wrong(): boolean {
    return this.issues?.some(isError) ?? false;
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
    this.issues = this.#judged();
  }

  /** Adds what is wrong only together with other fields, until this one is judged again; in place of the same from before. */
  add(issue: Issue): void {
    const others = (this.issues ?? []).filter(({ code }) => code !== issue.code);
    this.issues = [...others, issue];
  }

  /** Takes a value as a whole, from a list or another place, and judges it. */
  put(value: string): void {
    this.type(value);
    this.judge();
  }

  /** Whether what stands in it would pass, judged or not. */
  get passes(): boolean {
    return !this.#judged().some(isError);
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
    this.#known = null;
  }

  #judged(): readonly Issue[] {
    const question = this.judgement.question?.();
    if (question === undefined) return this.judgement.issues();
    if (this.#known?.question !== question) this.#known = { question, issues: this.judgement.issues() };
    return this.#known.issues;
  }
}

function isError({ severity }: Issue): boolean {
  return severity === 'error';
}

/** Those issues that are about one part of an input. */
export function issuesAbout(result: Result<unknown>, what: string): Issue[] {
  return result.issues.filter((issue) => issue.path[0] === what);
}
