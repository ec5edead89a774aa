/** The core with all functions. */

import { Core } from './core.js';
import newGlue from './wasm/core.js?instance';
import hex from './wasm/core_bg.wasm';

export const core = new Core(newGlue, hex);

/**
 * Instantiates the core ahead of its first use, which otherwise does it. Never needed. Rejects with `WasmBlockedError`
 * alone.
 */
export async function init(): Promise<void> {
  core.start();
}
