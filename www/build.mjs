/** Writes `dist/`: the page with everything it loads, ready for any static server. */

import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

await mkdir(here('dist'), { recursive: true });
await Promise.all([
  build({
    entryPoints: [here('page.ts')],
    outfile: here('dist/page.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
  }),
  ...['index.html', 'page.css', 'icon.svg'].map((name) => copyFile(here(name), here(`dist/${name}`))),
]);
