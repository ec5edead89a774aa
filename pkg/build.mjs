// Builds dist/ from src/ and from wasm/, which `cargo xtask build` makes first: modules by esbuild, declarations by tsc.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const entries = ['src/index.ts', 'src/element/torque-gitlab-connect.ts', 'src/element/define.ts'];

if (!existsSync(join(here, 'wasm/torque_gitlab_connect_bg.wasm'))) {
  console.error('pkg/wasm is missing: run `cargo xtask build`, which makes it first.');
  process.exit(1);
}

/** In hexadecimal digits: they keep every byte where compression finds it again, which base64 does not (a fifth less). */
const inlineWasm = {
  name: 'inline wasm',
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, ({ path }) => ({ contents: readFileSync(path, 'hex'), loader: 'text' }));
  },
};

rmSync(join(here, 'dist'), { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: entries.filter((file) => existsSync(join(here, file))),
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  // What the entries share (the core above all) is there once.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  // Dependencies stay imports: the user's bundler decides on their version.
  packages: 'external',
  plugins: [inlineWasm],
  // One call of the core's is one line in the user's stack trace either way; names are kept readable.
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], { stdio: 'inherit' });
