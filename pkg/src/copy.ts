/**
 * Copies arguments into JSON text, once, and lists what no JSON can hold. The copy is all that goes on: a getter that
 * throws or a Proxy has had its only chance to run when the call begins. What to say about a fault is decided in Rust.
 */

/** Where something could not be copied (the argument's index first) and what it was. */
type Fault = [path: (string | number)[], kind: string];

/** A URL with a host outside ASCII, and how the platform writes it: the tables for that are too large to be ours. */
type AsciiUrl = [typed: string, ascii: string];

/** Arguments as a JSON list, with what is missing from it. */
export type Copy = { json: string; faults: Fault[]; asciiUrls: AsciiUrl[] };

/** Deeper than any plan or answer; far from what would exhaust the stack. */
const MAX_DEPTH = 64;
/** Values in all: a plan of ten thousand repositories has fewer, and so has the list of them. */
const MAX_VALUES = 250_000;
/** So many values may be without text, and of the others each stands for so many characters: a mass of zeros is no plan. */
const MAX_BARE_VALUES = 50_000;
const CHARACTERS_PER_VALUE = 8;
/** Of further ones there is nothing in their place: as many issues leave one call. */
const MAX_FAULTS = 100;
/** Characters in all, so that a call never asks for more memory than every device has. */
const MAX_CHARACTERS = 8_000_000;

/** Longer text is no URL that anybody typed. */
const MAX_URL = 2_000;

/** What a fault stands for in the JSON. */
const NOTHING = 'null';
/** What stands for a key without a value. */
const ABSENT = '';

/** Copies the arguments of one call. Never throws. */
export function copyArguments(values: readonly unknown[]): Copy {
  const faults: Fault[] = [];
  const asciiUrls: AsciiUrl[] = [];
  const parts = values.map((value, index) => {
    const writer = new Writer([index]);
    try {
      const json = writer.write(value);
      for (const fault of writer.faults) faults.push(fault);
      for (const url of writer.asciiUrls) asciiUrls.push(url);
      return json;
    } catch {
      // Too much of it, or the stack ended: nothing of this argument is used.
      faults.push([[index], 'too_large']);
      return NOTHING;
    }
  });
  return { json: `[${parts.join(',')}]`, faults, asciiUrls };
}

class Writer {
  readonly faults: Fault[] = [];
  readonly asciiUrls: AsciiUrl[] = [];
  readonly #path: (string | number)[];
  readonly #ancestors: object[] = [];
  #values = 0;
  #characters = 0;

  constructor(path: (string | number)[]) {
    this.#path = path;
  }

  write(value: unknown): string {
    this.#values += 1;
    const isDense = this.#values > MAX_BARE_VALUES + this.#characters / CHARACTERS_PER_VALUE;
    if (this.#values > MAX_VALUES || isDense) throw new RangeError('too many values');
    switch (typeof value) {
      case 'string':
        return this.#writeText(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : this.#fault(String(value));
      case 'boolean':
        return String(value);
      case 'object':
        return value === null ? NOTHING : this.#writeObject(value);
      default:
        return this.#fault(typeof value);
    }
  }

  #fault(kind: string): string {
    if (this.faults.length < MAX_FAULTS) this.faults.push([[...this.#path], kind]);
    return NOTHING;
  }

  #count(text: string): void {
    this.#characters += text.length;
    if (this.#characters > MAX_CHARACTERS) throw new RangeError('too much text');
  }

  #writeText(text: string): string {
    this.#count(text);
    if (!isWellFormed(text)) return this.#fault('not_well_formed');
    const ascii = asciiUrl(text);
    if (ascii !== null) this.asciiUrls.push([text, ascii]);
    return JSON.stringify(text);
  }

  #writeObject(value: object): string {
    if (this.#ancestors.length >= MAX_DEPTH || this.#ancestors.includes(value)) return this.#fault('unreadable');
    const isList = read(() => Array.isArray(value));
    if (isList === UNREADABLE) return this.#fault('unreadable');
    if (read(() => value instanceof AbortSignal) === true) return this.#fault('AbortSignal');
    this.#ancestors.push(value);
    const json = isList ? this.#writeList(value) : this.#writeEntries(value);
    this.#ancestors.pop();
    return json;
  }

  #writeList(list: object): string {
    const length = read(() => Number(Reflect.get(list, 'length')));
    if (length === UNREADABLE) return this.#fault('unreadable');
    if (length > MAX_VALUES) throw new RangeError('too many values');
    const parts: string[] = [];
    for (let index = 0; index < length; index += 1) {
      parts.push(this.#writeAt(index, () => Reflect.get(list, index)));
    }
    return `[${parts.join(',')}]`;
  }

  #writeEntries(entries: object): string {
    const keys = read(() => Object.keys(entries));
    if (keys === UNREADABLE) return this.#fault('unreadable');
    const parts: string[] = [];
    for (const key of keys) {
      this.#count(key);
      if (!isWellFormed(key)) {
        this.#fault('not_well_formed');
        continue;
      }
      const json = this.#writeAt(key, () => Reflect.get(entries, key));
      // As JSON does; a fault for each would take long in a plan of thousands.
      if (json !== ABSENT) parts.push(`${JSON.stringify(key)}:${json}`);
    }
    return `{${parts.join(',')}}`;
  }

  #writeAt(step: string | number, get: () => unknown): string {
    this.#path.push(step);
    const value = read(get);
    const isAbsent = value === undefined && typeof step === 'string';
    const json = isAbsent ? ABSENT : value === UNREADABLE ? this.#fault('unreadable') : this.write(value);
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

/** The platform's ASCII form of a URL that needs one. */
function asciiUrl(text: string): string | null {
  if (text.length > MAX_URL || !NOT_ASCII.test(text) || !/^\s*https?:/i.test(text)) return null;
  const url = read(() => new URL(text).href);
  return url === UNREADABLE ? null : url;
}

const NOT_ASCII = /[^\0-\x7f]/;

/** Whether every surrogate has its other half: otherwise the text would change on its way into UTF-8. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
