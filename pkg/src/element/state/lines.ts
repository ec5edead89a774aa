/** Many repositories at once, as a list that is typed or comes from a file. */

import type { Correction, PlanLines, PlanRepository, Purpose, ReadPlanLinesOptions } from '../../index.js';
import { readPlanLines } from '../../index.js';
import { correctLines } from '../../wasm/core.js';
import type { Texts } from '../texts/messages.js';

/** What each repository is checked against. */
type Requirements = { readonly canonicalBaseUrl: string | null; readonly purpose: Purpose };

/** The repositories of the rows without an error. */
export function repositoriesOf(read: PlanLines): PlanRepository[] {
  return read.ok ? read.value : read.repositories;
}

/** The list before its repositories are added. */
export class Lines {
  text = '';
  /** Where the text comes from. What was in a file is not shown: it may hold tokens. */
  file: string | null = null;
  /** Whether a file was chosen that is no text. */
  unreadable = false;
  /** Whether its valid rows were added to the list, so that only those with errors are left. */
  added = false;
  /** What was last read of it, since one drawing asks several times. */
  #known: { about: string; read: PlanLines } | null = null;

  take(text: string, file: string | null = null): void {
    this.text = text;
    this.file = file;
    this.unreadable = false;
    this.added = false;
    this.#known = null;
  }

  get empty(): boolean {
    return this.text.trim() === '';
  }

  /** What stands in the way of going on without it. */
  left(required: Requirements, texts: Texts): string {
    const waiting = this.added ? 0 : repositoriesOf(this.read(required)).length;
    return waiting > 0 ? texts.count('lines.waiting', waiting) : texts.of('lines.left');
  }

  /** Puts what is suggested in the place of its line. */
  correct(corrections: readonly Correction[]): void {
    const corrected = correctLines(this.text, corrections);
    if (corrected.ok) this.take(corrected.value, this.file);
  }

  /** What of it may stand where others could read it; a file can be chosen again. */
  get storable(): string {
    return this.file === null && this.#read({}).storable ? this.text : '';
  }

  /** The tokens in its rows. */
  get tokens(): string[] {
    if (this.empty) return [];
    return repositoriesOf(this.#read({})).flatMap(({ token }) => (token === undefined ? [] : [token]));
  }

  read({ canonicalBaseUrl: base, purpose }: Requirements): PlanLines {
    return this.#read({ purpose, ...(base !== null && { baseUrl: base }) });
  }

  #read(options: ReadPlanLinesOptions): PlanLines {
    const about = JSON.stringify([options, this.text]);
    if (this.#known?.about !== about) this.#known = { about, read: readPlanLines(this.text, options) };
    return this.#known.read;
  }
}
