// Bundles what users load and prints how large it is, as JSON: [[raw, gzip 9, brotli 11], …] in the order of `loaded`.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** One file as an application's bundler would make it; what is in `elsewhere` stays out. */
async function bundle(entry, elsewhere = new Set()) {
  const outcome = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'warning',
    plugins: [
      {
        name: 'elsewhere',
        setup(build) {
          build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
            elsewhere.has(resolve(resolveDir, path)) ? { path, external: true } : undefined,
          );
        },
      },
    ],
  });
  const files = Object.keys(outcome.metafile.inputs).map((file) => resolve(file));
  return { bytes: outcome.outputFiles[0].contents, files: new Set(files) };
}

const api = await bundle('pkg/dist/index.js');
const element = await bundle('pkg/dist/element/define.js', api.files);
const validate = await bundle('pkg/dist/validate.js');
const wasm = (name) => readFileSync(`pkg/src/wasm/${name}_bg.wasm`);
const loaded = [wasm('validate'), wasm('core'), validate.bytes, api.bytes, element.bytes];

console.log(
  JSON.stringify(
    loaded.map((bytes) => [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length]),
  ),
);
