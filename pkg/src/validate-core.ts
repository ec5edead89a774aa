/** The core with the functions of `/validate` alone. */

import { Core } from './core.js';
import newGlue from './wasm/validate.js?instance';
import hex from './wasm/validate_bg.wasm';

export const core = new Core(newGlue, hex);

/**
 * Instantiates the core ahead of its first use, which otherwise does it. Never needed. Rejects with `WasmBlockedError`
 * alone.
 */
export async function init(): Promise<void> {
  core.start();
}
