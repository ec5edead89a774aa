/**
 * Copies an argument, once: a text as it is, anything else into JSON text and a list of what no JSON can hold. The copy is
 * all that goes on: a getter that throws or a Proxy has had its only chance to run when the call begins. What to say about
 * what could not be copied is decided in Rust.
 */

import { isWellFormed, put, quote } from './platform.js';

/** What stands for an argument that is no well-formed text. */
export type Copy = {
  /** JSON, with `null` for what it cannot hold. */
  readonly json: string;
  /** What that was, by its path: JSON, too. Nothing where there is nothing of the kind. */
  readonly gaps: string | undefined;
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

/** What a key with half of a surrogate pair is in the JSON: U+FFFD, as in UTF-8. Its value is a gap. */
const ILL_FORMED_KEY = '\ufffd';

/** Never throws. */
export function copy(value: unknown): string | Copy {
  if (typeof value === 'string' && value.length <= MAX_CHARACTERS && isWellFormed(value)) return value;
  const writer = new Writer();
  try {
    writer.write(value, null);
    return { json: writer.json, gaps: writer.gaps };
  } catch {
    // Too much of it, or the stack ended: nothing of this argument is used.
    return { json: NOTHING, gaps: '{"[]":"too_large"}' };
  }
}

/** An object that is being written, with the step from it to what is written now. */
type Place = { readonly above: Place | null; readonly object: object; readonly depth: number; step: string | number };

class Writer {
  #json = '';
  readonly #gaps = new Map<string, string>();
  #values = 0;
  #characters = 0;

  /** What has been written. */
  get json(): string {
    return this.#json;
  }

  /** As JSON, if there are any. */
  get gaps(): string | undefined {
    return this.#gaps.size === 0 ? undefined : JSON.stringify(Object.fromEntries(this.#gaps));
  }

  write(value: unknown, place: Place | null): void {
    this.#values += 1;
    const isDense = this.#values > MAX_BARE_VALUES + this.#characters / CHARACTERS_PER_VALUE;
    if (this.#values > MAX_VALUES || isDense) throw new RangeError('too many values');
    if (typeof value === 'string') {
      this.#count(value);
      const text = quote(value);
      if (text === null) this.#writeGap('not_well_formed', place);
      else this.#json += text;
    } else if (value === null || typeof value === 'boolean') {
      this.#json += String(value);
    } else if (typeof value === 'number') {
      if (Number.isFinite(value)) this.#json += String(value);
      else this.#writeGap(String(value), place);
    } else if (typeof value === 'object') {
      this.#writeObject(value, place);
    } else {
      this.#writeGap(typeof value, place);
    }
  }

  #writeGap(kind: string, place: Place | null): void {
    this.#json += NOTHING;
    if (this.#gaps.size >= MAX_GAPS) return;
    const path: (string | number)[] = [];
    for (let at = place; at !== null; at = at.above) put(path, at.depth - 1, at.step);
    this.#gaps.set(JSON.stringify(path), kind);
  }

  #count(text: string): void {
    this.#characters += text.length;
    if (this.#characters > MAX_CHARACTERS) throw new RangeError('too much text');
  }

  #writeObject(object: object, above: Place | null): void {
    const place: Place = { above, object, depth: above === null ? 1 : above.depth + 1, step: '' };
    const kind = place.depth > MAX_DEPTH || isWithinItself(place) ? 'unreadable' : kindOf(object);
    if (kind === LIST) this.#writeList(place);
    else if (kind === ENTRIES) this.#writeEntries(place);
    else this.#writeGap(kind, above);
  }

  #writeList(place: Place): void {
    const length = lengthOf(place.object);
    if (length === UNREADABLE) {
      this.#writeGap('unreadable', place.above);
      return;
    }
    if (length > MAX_VALUES) throw new RangeError('too many values');
    this.#json += '[';
    for (let index = 0; index < length; index += 1) {
      place.step = index;
      if (index > 0) this.#json += ',';
      this.#writeRead(get(place.object, index), place);
    }
    this.#json += ']';
  }

  #writeEntries(place: Place): void {
    const keys = keysOf(place.object);
    if (keys === UNREADABLE) {
      this.#writeGap('unreadable', place.above);
      return;
    }
    this.#json += '{';
    let comma = '';
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] ?? '';
      this.#count(key);
      const name = quote(key);
      place.step = name === null ? ILL_FORMED_KEY : key;
      const value = name === null ? null : get(place.object, key);
      // As JSON does; a gap for each would take long in a plan of thousands.
      if (value === undefined) continue;
      this.#json += `${comma}${name ?? `"${ILL_FORMED_KEY}"`}:`;
      comma = ',';
      if (name === null) this.#writeGap('not_well_formed', place);
      else this.#writeRead(value, place);
    }
    this.#json += '}';
  }

  #writeRead(value: unknown, place: Place): void {
    if (value === UNREADABLE) this.#writeGap('unreadable', place);
    else this.write(value, place);
  }
}

const UNREADABLE = Symbol('unreadable');
const LIST = Symbol('list');
const ENTRIES = Symbol('entries');

/** Objects of the platform that hold no data for us, and may have a key for each of its bytes or characters. */
const NO_DATA: readonly (readonly [name: string, class_: new (...values: never[]) => object])[] = [
  ['ArrayBuffer', ArrayBuffer],
  ['DataView', DataView],
  ['TypedArray', Object.getPrototypeOf(Uint8Array)],
  ['String', String],
  ['Date', Date],
  ['Map', Map],
  ['Set', Set],
  ['RegExp', RegExp],
  ['Promise', Promise],
];

const { getPrototypeOf, keys, prototype: plain } = Object;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const { apply } = Reflect;
const textOf = String.prototype.valueOf;
const objectOf = Object;

/** A list, entries, or the name of what is neither. What it runs may be somebody else's code, as in all that follow. */
function kindOf(object: object): string | typeof LIST | typeof ENTRIES {
  try {
    if (isArray(object)) return LIST;
  } catch {
    return 'unreadable';
  }
  try {
    const prototype = getPrototypeOf(object);
    if (prototype === plain || prototype === null) return ENTRIES;
    if (object instanceof AbortSignal) return 'AbortSignal';
    for (let index = 0; index < NO_DATA.length; index += 1) {
      const [name, class_] = NO_DATA[index] ?? ['', Object];
      if (object instanceof class_) return name;
    }
  } catch {
    // What cannot be asked is read as any other.
  }
  // Of another window or context, whose classes are others.
  if (isView(object)) return 'TypedArray';
  return isBoxedText(object) ? 'String' : ENTRIES;
}

function isBoxedText(object: object): boolean {
  try {
    apply(textOf, object, []);
    return true;
  } catch {
    return false;
  }
}

function isWithinItself({ above, object }: Place): boolean {
  for (let at = above; at !== null; at = at.above) if (at.object === object) return true;
  return false;
}

function lengthOf(list: object): number | typeof UNREADABLE {
  try {
    return Number(objectOf(list).length);
  } catch {
    return UNREADABLE;
  }
}

function keysOf(object: object): string[] | typeof UNREADABLE {
  try {
    return keys(object);
  } catch {
    return UNREADABLE;
  }
}

function get(object: object, key: string | number): unknown {
  try {
    return objectOf(object)[key];
  } catch {
    return UNREADABLE;
  }
}
