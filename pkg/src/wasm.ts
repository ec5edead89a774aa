/**
 * The one place that runs the core: inlined bytes, instantiated on first use, text in and text out.
 */

import newGlue from '../wasm/torque_gitlab_connect.js?instance';
import hex from '../wasm/torque_gitlab_connect_bg.wasm';
import { type Copy, copyArguments } from './copy.js';

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

/** The JavaScript that wasm-bindgen writes, bound to one instance of the core. */
interface Glue {
  initSync(options: { module: WebAssembly.Module }): { readonly memory: WebAssembly.Memory };
  call(name: string, values: string, facts: string): string;
  plain_parts(base: string, url: string): number;
  verdicts(base: string, urls: Uint8Array): Uint8Array;
  readonly Onboarding: new (values: string, facts: string) => Machine;
}

/** The state machine of one job. */
export interface Machine {
  /** The event and the answer are JSON. */
  advance(event: string): string;
}

/** One instance of the core. Should it ever trap, it has ended. */
export class Instance {
  readonly #glue: Glue = newGlue();
  readonly #memory: WebAssembly.Memory;
  #hasEnded = false;

  /** Throws `WasmBlockedError` alone. */
  constructor() {
    try {
      compiled ??= new WebAssembly.Module(
        Uint8Array.fromHex?.(hex) ?? globalThis.Buffer?.from?.(hex, 'hex') ?? decode(hex),
      );
      this.#memory = this.#glue.initSync({ module: compiled }).memory;
    } catch (cause) {
      throw new WasmBlockedError(cause);
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** What `work` makes of it; `null` where it has ended, or does so now. */
  run<T>(work: (glue: Glue) => T): T | null {
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

  /** What it was told lies in its memory, which is wiped. */
  end(): void {
    this.#hasEnded = true;
    new Uint8Array(this.#memory.buffer).fill(0);
  }
}

let compiled: WebAssembly.Module | null = null;

/** The instance that answers the functions of the package; a job has one of its own. */
let shared: Instance | null = null;

/** That instance, made unless it runs already. Throws `WasmBlockedError` alone. */
export function ensureCore(): Instance {
  if (shared === null || shared.hasEnded) shared = new Instance();
  return shared;
}

/**
 * Instantiates the core ahead of its first use, which otherwise does it. Never needed. Rejects with `WasmBlockedError`
 * alone.
 */
export async function init(): Promise<void> {
  ensureCore();
}

/** Calls a function of the core by its name. `values` may be anything; the answer is the core's, typed as it makes it. */
export function call<T>(name: string, values: readonly unknown[]): T {
  return callWith(name, copyArguments(values));
}

/** As `call`, for who needs the copy as well. */
export function callWith<T>(name: string, copy: Copy): T {
  const told = facts(copy);
  const answer: T = JSON.parse(ensureCore().run((glue) => glue.call(name, copy.json, told)) ?? UNREADABLE);
  return answer;
}

/**
 * Whether the core itself stopped: it trapped, or came to the end of the stack, which is an `InternalError` in Firefox. All
 * that it calls is caught there, so anything else was thrown before it began or when it was over.
 */
function isCrash(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return true;
  return error instanceof Error && error.name === 'InternalError';
}

/** What JavaScript alone can know: what could not be copied, how hosts are written, which page this is. */
export function facts({ faults, asciiUrls }: Copy, more?: Record<string, number>): string {
  return JSON.stringify({ faults, asciiUrls, pageOrigin: pageOrigin(), ...more });
}

function pageOrigin(): string | undefined {
  try {
    return globalThis.location?.origin;
  } catch {
    return undefined;
  }
}

const UNREADABLE = JSON.stringify({
  ok: false,
  verdict: 'unknown',
  outcome: 'invalid',
  good: [],
  mayBeKept: false,
  issues: [{ code: 'input.unreadable', severity: 'error', path: [], message: 'This value could not be read.' }],
});

function decode(hex: string): Uint8Array<ArrayBuffer> {
  const digits = new TextEncoder().encode(hex);
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = 16 * digitValue(digits[2 * index]) + digitValue(digits[2 * index + 1]);
  }
  return bytes;
}

/** `code` is that of 0 to 9 or a to f. */
function digitValue(code = 0): number {
  return (code & 15) + 9 * (code >> 6);
}
