/**
 * The one place that runs the core: inlined bytes, instantiated on first use, text in and text out.
 */

import {
  call as callCore,
  type InitOutput,
  initSync,
  __wbg_reset_state as startOver,
} from '../wasm/torque_gitlab_connect.js';
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

/** What runs. */
let core: InitOutput | null = null;
/** Whether it stopped half-way and was not replaced yet. */
let stopped = false;
let crashes = 0;

/** Instantiates the core unless it runs already. Throws `WasmBlockedError` alone. */
export function ensureCore(): void {
  if (stopped) startAgain();
  if (core !== null) return;
  try {
    core = initSync({ module: Uint8Array.fromHex?.(hex) ?? globalThis.Buffer?.from?.(hex, 'hex') ?? decode(hex) });
  } catch (cause) {
    throw new WasmBlockedError(cause);
  }
}

/** Names the instance that runs: what was made in one is nothing to the next. */
export function instance(): number {
  return crashes;
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
  ensureCore();
  const answer: T = JSON.parse(run(() => callCore(name, copy.json, facts(copy))) ?? UNREADABLE);
  return answer;
}

/** Runs the core, unless `of` has ended. Should it ever trap, `of` has ended too, and the next call gets a fresh instance. */
export function run<T>(work: () => T, of: number = instance()): T | null {
  if (of !== instance()) return null;
  try {
    return work();
  } catch (error) {
    if (!isCrash(error)) return null;
    stopped = true;
    crashes += 1;
    try {
      startAgain();
    } catch {
      // There is no room for that either: the next call does it first.
    }
    return null;
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

/** An instance that stopped half-way must not answer the next call, and what it was told lies in its memory. */
function startAgain(): void {
  if (core !== null) new Uint8Array(core.memory.buffer).fill(0);
  startOver();
  // Instantiates nothing: it gives what runs.
  core = initSync({ module: new Uint8Array() });
  stopped = false;
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
