/**
 * What the package takes of the platform between itself and the core, as it was when this module was loaded. What a page puts in
 * its place later neither sees what goes in and out nor decides what the core reads. The build has the glue of wasm-bindgen call
 * these (`build.mjs`).
 */

const { apply, defineProperty, setPrototypeOf } = Reflect;
const { encode, encodeInto } = TextEncoder.prototype;
const decodeOf = TextDecoder.prototype.decode;
const { set, slice, subarray } = Uint8Array.prototype;
const { setInt32 } = DataView.prototype;
const { slice: sliceOf, isWellFormed: isWellFormedOf } = String.prototype;
const { exec } = RegExp.prototype;
const { stringify } = JSON;
const { set: setOfTable } = WebAssembly.Table.prototype;

const encoder = new TextEncoder();
const objectOf = Object;

/** Writes as much of a text as there is room for. */
function encodeIn(text: string, room: Uint8Array): TextEncoderEncodeIntoResult {
  return apply(encodeInto, encoder, [text, room]);
}

/** A text in UTF-8: in `room`, if it fits in. */
export function utf8(text: string, room: Uint8Array): Uint8Array {
  const { read, written } = encodeIn(text, room);
  return read === text.length ? part(room, 0, written) : apply(encode, encoder, [text]);
}

/** Allocates so many bytes, and gives them another size. */
type Malloc = (size: number, alignment: number) => number;
type Realloc = (at: number, size: number, newSize: number, alignment: number) => number;

/** Writes a text into the memory of a core. Throws unless all of it is there. */
export function writeText(
  text: string,
  malloc: Malloc,
  realloc: Realloc,
  memory: () => Uint8Array,
): { at: number; length: number } {
  // Nearly always it is ASCII.
  let size = text.length;
  let at = malloc(size, 1) >>> 0;
  let { read, written } = encodeIn(text, part(memory(), at, at + size));
  if (read < text.length) {
    const grown = written + 3 * (text.length - read);
    at = realloc(at, size, grown, 1) >>> 0;
    size = grown;
    const rest = encodeIn(apply(sliceOf, text, [read]), part(memory(), at + written, at + size));
    read += rest.read;
    written += rest.written;
  }
  if (read !== text.length) throw new TypeError('a text that is no text');
  if (written !== size) at = realloc(at, size, written, 1) >>> 0;
  return { at, length: written };
}

/** Whether every surrogate has its other half: otherwise the text would change on its way into UTF-8. */
export function isWellFormed(text: string): boolean {
  return isWellFormedOf === undefined ? !matches(SURROGATE, text, '\ud800') : apply(isWellFormedOf, text, []);
}

const SURROGATE = /\p{Surrogate}/u;

/**
 * Whether a pattern matches. Engines keep the last text in which one did, where every script finds it (`RegExp.$_`), and this
 * text may be a token: so `sample`, which matches too, takes its place.
 */
function matches(pattern: RegExp, text: string, sample: string): boolean {
  const isMatch = apply(exec, pattern, [text]) !== null;
  if (isMatch) apply(exec, pattern, [sample]);
  return isMatch;
}

/** A text as JSON; `null` where it is not well-formed. */
export function quote(text: string): string | null {
  // Nearly always it is written as it is.
  if (!matches(ESCAPED, text, '"')) return `"${text}"`;
  return isWellFormed(text) ? stringify(text) : null;
}

/** What JSON, or UTF-8, writes otherwise. */
const ESCAPED = /[^ !#-[\]-~]/;

/** The text that bytes are. */
export function decode(decoder: TextDecoder, bytes?: Uint8Array, options?: TextDecodeOptions): string {
  return apply(decodeOf, decoder, [bytes, options]);
}

/** A part of some bytes, in their place. */
export function part(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return apply(subarray, bytes, [start, end]);
}

/** A copy of some bytes. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  return apply(slice, bytes, []);
}

/** Writes bytes over others, from a place on. */
export function write(bytes: Uint8Array, others: Uint8Array, at: number): void {
  apply(set, bytes, [others, at]);
}

/** Writes a number into memory. */
export function writeNumber(view: DataView, at: number, number: number, isLittleEndian: boolean): void {
  apply(setInt32, view, [at, number, isLittleEndian]);
}

/** Gives a value to the core. */
export function hand(table: WebAssembly.Table, at: number, value: unknown): void {
  apply(setOfTable, table, [at, value]);
}

/** Sets a property of an object's own: a page may have given a setter of this name to every object. */
export function put<K extends PropertyKey>(object: object, key: K, value: unknown): void {
  // Nearly always, and faster.
  if (!(key in object)) {
    objectOf(object)[key] = value;
    return;
  }
  const descriptor: PropertyDescriptor = { value, writable: true, enumerable: true, configurable: true };
  setPrototypeOf(descriptor, null);
  defineProperty(object, key, descriptor);
}

/** Adds an item to a list. */
export function append<T>(list: T[], item: T): void {
  put(list, list.length, item);
}
