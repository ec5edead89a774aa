/**
 * Copies an argument, once: a text as it is, anything else into JSON text and a list of what no JSON can hold. The copy is
 * all that goes on: a getter that throws or a Proxy has had its only chance to run when the call begins. What to say about
 * what could not be copied is decided in Rust.
 */

import { append } from './platform.js';

/** What stands for an argument that is no well-formed text. */
export type Copy = {
  /** JSON, with `null` for what it cannot hold. */
  readonly json: string;
  /** What that was, by its path: JSON, too. Empty where there is nothing of the kind. */
  readonly gaps: string;
};

/** Deeper than any plan or answer; far from what would exhaust the stack. */
const MAX_DEPTH = 64;
/** Values in all: a plan of ten thousand repositories has fewer, and so has the list of them. */
const MAX_VALUES = 250_000;
/** So many values may be without text, and of the others each stands for so many characters: a mass of zeros is no plan. */
const MAX_BARE_VALUES = 50_000;
const CHARACTERS_PER_VALUE = 8;
/** Of further ones there is nothing in their place: as many issues leave one call. */
const MAX_GAPS = 100;
/** Characters in all, so that a call never asks for more memory than every device has. */
const MAX_CHARACTERS = 8_000_000;

/** What a gap is in the JSON. */
const NOTHING = 'null';
/** What stands for a key without a value. */
const ABSENT = '';

/** Never throws. */
export function copy(value: unknown): string | Copy {
  if (typeof value === 'string' && value.length <= MAX_CHARACTERS && isWellFormed(value)) return value;
  const writer = new Writer();
  try {
    const json = writer.write(value);
    return { json, gaps: writer.gaps };
  } catch {
    // Too much of it, or the stack ended: nothing of this argument is used.
    return { json: NOTHING, gaps: '{"[]":"too_large"}' };
  }
}

class Writer {
  readonly #gaps = new Map<string, string>();
  readonly #path: (string | number)[] = [];
  readonly #ancestors: object[] = [];
  #values = 0;
  #characters = 0;

  /** As JSON; empty where there are none. */
  get gaps(): string {
    return this.#gaps.size === 0 ? '' : JSON.stringify(Object.fromEntries(this.#gaps));
  }

  write(value: unknown): string {
    this.#values += 1;
    const isDense = this.#values > MAX_BARE_VALUES + this.#characters / CHARACTERS_PER_VALUE;
    if (this.#values > MAX_VALUES || isDense) throw new RangeError('too many values');
    switch (typeof value) {
      case 'string':
        return this.#writeText(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : this.#gap(String(value));
      case 'boolean':
        return String(value);
      case 'object':
        return value === null ? NOTHING : this.#writeObject(value);
      default:
        return this.#gap(typeof value);
    }
  }

  #gap(kind: string): string {
    if (this.#gaps.size < MAX_GAPS) this.#gaps.set(JSON.stringify(this.#path), kind);
    return NOTHING;
  }

  #count(text: string): void {
    this.#characters += text.length;
    if (this.#characters > MAX_CHARACTERS) throw new RangeError('too much text');
  }

  #writeText(text: string): string {
    this.#count(text);
    return isWellFormed(text) ? JSON.stringify(text) : this.#gap('not_well_formed');
  }

  #writeObject(value: object): string {
    if (this.#ancestors.length >= MAX_DEPTH || this.#ancestors.includes(value)) return this.#gap('unreadable');
    const isList = read(() => Array.isArray(value));
    if (isList === UNREADABLE) return this.#gap('unreadable');
    if (read(() => value instanceof AbortSignal) === true) return this.#gap('AbortSignal');
    append(this.#ancestors, value);
    const json = isList ? this.#writeList(value) : this.#writeEntries(value);
    this.#ancestors.pop();
    return json;
  }

  #writeList(list: object): string {
    const length = read(() => Number(Reflect.get(list, 'length')));
    if (length === UNREADABLE) return this.#gap('unreadable');
    if (length > MAX_VALUES) throw new RangeError('too many values');
    const parts: string[] = [];
    for (let index = 0; index < length; index += 1) {
      append(
        parts,
        this.#writeAt(index, () => Reflect.get(list, index)),
      );
    }
    return `[${parts.join(',')}]`;
  }

  #writeEntries(entries: object): string {
    const keys = read(() => Object.keys(entries));
    if (keys === UNREADABLE) return this.#gap('unreadable');
    const parts: string[] = [];
    for (const key of keys) {
      this.#count(key);
      if (!isWellFormed(key)) {
        this.#gap('not_well_formed');
        continue;
      }
      const json = this.#writeAt(key, () => Reflect.get(entries, key));
      // As JSON does; a gap for each would take long in a plan of thousands.
      if (json !== ABSENT) append(parts, `${JSON.stringify(key)}:${json}`);
    }
    return `{${parts.join(',')}}`;
  }

  #writeAt(step: string | number, get: () => unknown): string {
    append(this.#path, step);
    const value = read(get);
    const isAbsent = value === undefined && typeof step === 'string';
    const json = isAbsent ? ABSENT : value === UNREADABLE ? this.#gap('unreadable') : this.write(value);
    this.#path.pop();
    return json;
  }
}

const UNREADABLE = Symbol('unreadable');

/** Runs what may be somebody else's code. */
function read<T>(get: () => T): T | typeof UNREADABLE {
  try {
    return get();
  } catch {
    return UNREADABLE;
  }
}

/** Whether every surrogate has its other half: otherwise the text would change on its way into UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
