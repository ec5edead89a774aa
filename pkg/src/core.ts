/** Runs the compiled core: inlined bytes, instantiated on first use. */

import { type Copy, copy } from './copy.js';
import { append } from './platform.js';

/** Thrown where the page forbids WebAssembly: the only error that this package throws. */
export class WasmBlockedError extends Error {
  /** The contract; the message is for people. */
  readonly code = 'runtime.wasm_blocked';
  /** The name of the class. */
  override readonly name = 'WasmBlockedError';

  constructor(cause: unknown) {
    super(
      "This page may not run WebAssembly. Add 'wasm-unsafe-eval' to the script-src directive of its " +
        "Content-Security-Policy header: script-src 'self' 'wasm-unsafe-eval'. " +
        'If there is no such header, WebAssembly is switched off in this browser.',
      { cause },
    );
  }
}

/** What wasm-bindgen makes of a core, for one instance of it. */
interface Glue {
  initSync(options: { module: WebAssembly.Module }): { readonly memory: WebAssembly.Memory };
}

/** One instance of a core. Should it ever trap, it has ended. */
export class Instance<G extends Glue> {
  readonly #glue: G;
  readonly #memory: WebAssembly.Memory;
  #hasEnded = false;

  constructor(glue: G, module: WebAssembly.Module) {
    this.#glue = glue;
    this.#memory = glue.initSync({ module }).memory;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** What `work` makes of it; `null` where it has ended, or does so now. */
  run<T>(work: (glue: G) => T): T | null {
    if (this.#hasEnded) return null;
    try {
      const made = work(this.#glue);
      // A call from within may have ended it.
      return this.#hasEnded ? null : made;
    } catch (error) {
      if (isCrash(error)) this.end();
      return null;
    }
  }

  /** Its arguments lie in its memory. */
  end(): void {
    this.#hasEnded = true;
    new Uint8Array(this.#memory.buffer).fill(0);
  }
}

/**
 * Whether the core itself stopped: it trapped, or came to the end of the stack, which is an `InternalError` in Firefox. All
 * that it calls is caught there, so anything else was thrown before it began or when it was over.
 */
function isCrash(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return true;
  return error instanceof Error && error.name === 'InternalError';
}

/** A core and the instance that answers the functions of the package. */
export class Core<G extends Glue> {
  readonly #newGlue: () => G;
  readonly #hex: string;
  #module: WebAssembly.Module | null = null;
  #instance: Instance<G> | null = null;

  constructor(newGlue: () => G, hex: string) {
    this.#newGlue = newGlue;
    this.#hex = hex;
  }

  /** The instance, made unless it runs already. Throws `WasmBlockedError` alone. */
  start(): Instance<G> {
    if (this.#instance === null || this.#instance.hasEnded) this.#instance = this.separate();
    return this.#instance;
  }

  /** Another instance, which ends for itself. Throws `WasmBlockedError` alone. */
  separate(): Instance<G> {
    try {
      this.#module ??= new WebAssembly.Module(bytes(this.#hex));
      return new Instance(this.#newGlue(), this.#module);
    } catch (cause) {
      throw new WasmBlockedError(cause);
    }
  }

  /** A function of the core for everybody: it takes whatever it is given, and starts the core if need be. */
  lazily<R>(pick: Pick<G, R>): (...values: unknown[]) => R {
    return (...values) =>
      this.call(
        pick,
        values.map((value) => copy(value)),
      );
  }

  /** The same with arguments that are copied already. */
  call<R>(pick: Pick<G, R>, copied: (string | Copy)[]): R {
    const answer = this.start().run<R>((glue) => {
      const called = pick(glue);
      while (copied.length < called.length) append(copied, copy(undefined));
      return Reflect.apply(called, undefined, copied);
    });
    return answer ?? JSON.parse(UNREADABLE);
  }
}

/** One of the core's functions, which answer with an `R`. */
type Pick<G, R> = (glue: G) => (...copied: never[]) => R;

/** The answer of a core that has stopped in the middle of a call, in the form of every function. */
const UNREADABLE = JSON.stringify({
  ok: false,
  verdict: 'unknown',
  repositories: [],
  storable: false,
  errors: 1,
  corrections: [],
  issues: [{ code: 'input.unreadable', severity: 'error', path: [], message: 'This value could not be read.' }],
});

function bytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromHex?.(hex) ?? globalThis.Buffer?.from?.(hex, 'hex') ?? decode(hex);
}

function decode(hex: string): Uint8Array<ArrayBuffer> {
  const digits = new TextEncoder().encode(hex);
  const decoded = new Uint8Array(digits.length / 2);
  for (let index = 0; index < decoded.length; index += 1) {
    decoded[index] = 16 * digitValue(digits[2 * index]) + digitValue(digits[2 * index + 1]);
  }
  return decoded;
}

/** `code` is that of 0 to 9 or a to f. */
function digitValue(code = 0): number {
  return (code & 15) + 9 * (code >> 6);
}
