// Builds dist/ from src/ and from wasm/, which `cargo xtask build` makes first: modules by esbuild, declarations by tsc.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild, transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

if (!existsSync(join(here, 'src/wasm/core_bg.wasm'))) {
  console.error('pkg/src/wasm is missing: run `cargo xtask build`, which makes it first.');
  process.exit(1);
}

/** In hexadecimal digits: they keep every byte where compression finds it again, which base64 does not (a fifth less). */
const inlineWasm = {
  name: 'inline wasm',
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, ({ path }) => ({ contents: readFileSync(path, 'hex'), loader: 'text' }));
  },
};

/** The functions that a core declares. */
const functionsOf = (declarations) => readFileSync(declarations, 'utf8').matchAll(/^export function (\w+)/gm);

/** A file by its path below this folder: esbuild writes it into the module, whoever builds it. */
const below = (resolveDir, path) => relative(here, resolve(resolveDir, path));

/** Who imports a core's functions gets those that start it on their first call (`src/core.ts`). */
const startLazily = {
  name: 'start lazily',
  setup(build) {
    build.onResolve({ filter: /^(?:\.\.?\/)+wasm\/\w+\.js$/ }, ({ path, resolveDir }) => ({
      path: below(resolveDir, path),
      namespace: 'lazily',
    }));
    build.onLoad({ filter: /./, namespace: 'lazily' }, ({ path }) => {
      const core = basename(path) === 'core.js' ? './full-core.js' : './validate-core.js';
      const lines = [...functionsOf(join(here, path.replace(/\.js$/, '.d.ts')))].map(
        ([, name]) => `export const ${name} = /* @__PURE__ */ core.lazily((glue) => glue.${name});`,
      );
      return { contents: [`import { core } from '${core}';`, ...lines].join('\n'), resolveDir: join(here, 'src') };
    });
  },
};

/** What the glue calls in the place of the platform's own methods, which a page may replace (`src/platform.ts`). */
const GUARDED = [
  [/^function passStringToWasm0\([\s\S]*?^\}\n/gm, `function passStringToWasm0(arg, malloc, realloc) {
    const { at, length } = platform.writeText(arg, malloc, realloc, getUint8ArrayMemory0);
    WASM_VECTOR_LEN = length;
    return at;
}
`], // biome-ignore format: code in a text
  [/^const cachedTextEncoder = [\s\S]*?^\}\n/gm, ''],
  [/getUint8ArrayMemory0\(\)\.subarray\(/g, 'platform.part(getUint8ArrayMemory0(), '],
  [/getUint8ArrayMemory0\(\)\.set\(/g, 'platform.write(getUint8ArrayMemory0(), '],
  [/(getArrayU8FromWasm0\(ret\[0\], ret\[1\]\))\.slice\(\)/g, 'platform.copyOf($1)'],
  [/getDataViewMemory0\(\)\.setInt32\(/g, 'platform.writeNumber(getDataViewMemory0(), '],
  [/cachedTextDecoder\.decode\(/g, 'platform.decode(cachedTextDecoder, '],
  [/\bwasm\.__wbindgen_externrefs\.set\(/g, 'platform.hand(wasm.__wbindgen_externrefs, '],
  [/\btable\.set\(/g, 'platform.hand(table, '],
  // What may throw, without a function and a list of arguments made for each call.
  [/function\(\) \{ return handleError\(function \((.*)\) \{\n([\s\S]*?)\n +\}, arguments\); \}/g,
   'function($1) { try {\n$2\n} catch (error) { storeError(error); } }'], // biome-ignore format: as above
  [/^function handleError\([\s\S]*?^\}\n/gm, `function storeError(error) {
    wasm.__wbindgen_exn_store(addToExternrefTable0(error));
}
`], // biome-ignore format: as above
  [/\barg0\[(arg1(?: >>> 0)?)\] = arg2;/g, 'platform.put(arg0, $1, arg2);'],
];

/** The glue with all of these; the build ends where wasm-bindgen writes something else. */
function guard(glue) {
  let guarded = glue;
  for (const [pattern, replacement] of GUARDED) {
    if (!pattern.test(guarded)) throw new Error(`the glue of wasm-bindgen has no ${pattern}`);
    guarded = guarded.replace(pattern, replacement);
  }
  // What is left is a map's, of which no answer has one.
  const left = guarded.replace(/platform\.\w+\(|arg0\.set\(arg1, arg2\)/g, '');
  const method = /\.(?:set|slice|subarray|apply|call|encode|encodeInto|decode|charCodeAt|setInt32)\(.*/.exec(left);
  if (method !== null) throw new Error(`the glue of wasm-bindgen calls a method that a page may replace: ${method[0]}`);
  return guarded;
}

/** wasm-bindgen's module holds one instance of a core; as a function it makes one for each that is started. */
const instances = {
  name: 'instances',
  setup(build) {
    build.onResolve({ filter: /\?instance$/ }, ({ path, resolveDir }) => ({
      path: below(resolveDir, path.replace(/\?instance$/, '')),
      namespace: 'instance',
    }));
    build.onLoad({ filter: /./, namespace: 'instance' }, ({ path }) => {
      const glue = readFileSync(join(here, path), 'utf8');
      const names = [...glue.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name);
      const body = guard(
        glue
          .replace(/^export \{.*\n/gm, '')
          .replace(/^export /gm, '')
          // Fetching the wasm, which is inlined here.
          .replace(/^async function [\s\S]*?^\}\n/gm, ''),
      );
      const newGlue = `export default function newGlue() {\n${body}\nreturn { initSync, ${names} };\n}`;
      return { contents: `import * as platform from './platform.js';\n${newGlue}`, resolveDir: join(here, 'src') };
    });
  },
};

/** The style sheet as text, which the element gives to Lit. */
const inlineStyles = {
  name: 'inline styles',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, charset: 'utf8' });
      return { contents: code, loader: 'text' };
    });
  },
};

/** What all builds have in common. */
const shared = { absWorkingDir: here, format: 'esm', target: 'es2022', legalComments: 'none', logLevel: 'warning' };

rmSync(join(here, 'dist'), { recursive: true, force: true });
await esbuild({
  ...shared,
  entryPoints: ['src/index.ts', 'src/validate.ts', 'src/proxy.ts', 'src/element/torque-gitlab-connect.ts'],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  plugins: [inlineWasm, startLazily, instances, inlineStyles],
  // What the entries share (the core above all) is there once.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'neutral',
  // Dependencies stay imports: the user's bundler decides on their version.
  packages: 'external',
  // One call of the core's is one line in the user's stack trace either way; names are kept readable.
  minifySyntax: true,
});
// esbuild imports chunks for effects, too, although these have none (`sideEffects` in package.json): bundlers would warn about it.
for (const file of readdirSync(join(here, 'dist'), { recursive: true }).filter((file) => file.endsWith('.js'))) {
  const path = join(here, 'dist', file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^import "[^"]*\/chunk-\w+\.js";\n/gm, ''));
}
// Only those load it who want it.
await esbuild({
  ...shared,
  entryPoints: ['src/element/texts/de.ts'],
  outbase: 'src',
  outdir: 'dist',
});
// As it is: bundled with the others it would import their chunks for effects that these do not have, about which bundlers warn.
await esbuild({
  ...shared,
  entryPoints: ['src/element/define.ts', 'src/element/react-component.ts'],
  outbase: 'src',
  outdir: 'dist',
});

const require = createRequire(import.meta.url);
const { name, version, license } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const litLicence = readFileSync(join(dirname(require.resolve('lit')), 'LICENSE'), 'utf8');

// For pages without a bundler: all in one file, which is why Lit's licence goes with it.
await esbuild({
  ...shared,
  entryPoints: ['src/standalone.ts'],
  outfile: 'dist/standalone.js',
  bundle: true,
  plugins: [inlineWasm, startLazily, instances, inlineStyles],
  // `sideEffects` names files of dist/; here src/element/define.ts is the one whose effect is wanted.
  ignoreAnnotations: true,
  platform: 'browser',
  minify: true,
  banner: { js: `/*! ${name} ${version}, ${license}. Includes Lit:\n\n${litLicence}*/` },
  legalComments: 'eof',
});

const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], { stdio: 'inherit' });

// What the core declares; `Symbol.dispose` is not in the library of every user's TypeScript, and nobody needs it.
mkdirSync(join(here, 'dist/wasm'), { recursive: true });
for (const name of ['core', 'validate']) {
  const declarations = readFileSync(join(here, `src/wasm/${name}.d.ts`), 'utf8');
  writeFileSync(
    join(here, `dist/wasm/${name}.d.ts`),
    declarations.replace(/^ *\[Symbol\.dispose\]\(\): void;\n/gm, ''),
  );
}

// Only for those who have React's types, so tsc does not read it here.
for (const name of ['react', 'vue'])
  copyFileSync(join(here, `src/element/${name}.d.ts`), join(here, `dist/element/${name}.d.ts`));

const analyzer = join(dirname(require.resolve('@custom-elements-manifest/analyzer/package.json')), 'cem.js');
execFileSync(process.execPath, [analyzer, 'analyze', '--quiet'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });

const standalone = readFileSync(join(here, 'dist/standalone.js'));
console.log(`dist/standalone.js integrity="sha384-${createHash('sha384').update(standalone).digest('base64')}"`);
