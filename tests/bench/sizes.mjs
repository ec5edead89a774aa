// The bytes that a user downloads: what `cargo xtask test` holds below ceilings, and the peers.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

const compressed = (bytes) => ({
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length,
});

export async function sizes(target) {
  const measured = execFileSync(process.execPath, ['xtask/src/sizes.mjs'], { cwd: root, encoding: 'utf8' });
  const names = ['wasm of /validate', 'wasm of everything', 'entry /validate', 'API entry', 'element'];
  const ours = JSON.parse(measured).map(([raw, gzip, brotli], row) => [names[row], { raw, gzip, brotli }]);
  const bundle = async (contents) => {
    const outcome = await build({
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      platform: 'browser',
      legalComments: 'none',
      stdin: { contents, resolveDir: resolve(target, 'bench') },
    });
    return compressed(outcome.outputFiles[0].contents);
  };
  return {
    ...Object.fromEntries(ours),
    'the url crate through wasm-bindgen, the wasm': compressed(
      readFileSync(resolve(target, 'bench/url-crate/url_crate_bg.wasm')),
    ),
    'whatwg-url': await bundle("export { URL } from 'whatwg-url'"),
    'git-url-parse': await bundle("export { default } from 'git-url-parse'"),
    "zod's z.url() with a refinement": await bundle(`import * as z from 'zod';
      export const inside = (base, check) => z.url({ protocol: /^https?$/ }).refine((text) => check(base, text));`),
  };
}
