// Builds every example into dist/. A user's own bundler does the same; only the Vue compiler's option is special.
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileScript, parse } from 'vue/compiler-sfc';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Single file components, as Vue's plugins for bundlers read them. */
const vue = {
  name: 'vue',
  setup({ onLoad }) {
    onLoad({ filter: /\.vue$/ }, ({ path }) => {
      const { descriptor } = parse(readFileSync(path, 'utf8'), { filename: path });
      const isCustomElement = (tag) => tag === 'torque-gitlab-connect';
      const options = { id: path, inlineTemplate: true, templateOptions: { compilerOptions: { isCustomElement } } };
      return { contents: compileScript(descriptor, options).content, loader: 'js' };
    });
  },
};

rmSync(here('dist'), { recursive: true, force: true });
await build({
  absWorkingDir: here('.'),
  entryPoints: ['react/main.jsx', 'vue/main.js', 'portal/main.js'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  minify: true,
  format: 'esm',
  jsx: 'automatic',
  target: 'es2022',
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  plugins: [vue],
  logLevel: 'warning',
});
mkdirSync(here('dist/plain-html'));
for (const name of ['plain-html', 'react', 'vue', 'portal'])
  cpSync(here(`${name}/index.html`), here(`dist/${name}/index.html`));
for (const name of ['page.css', 'page.js']) cpSync(here(`plain-html/${name}`), here(`dist/plain-html/${name}`));
// The package does not export the file for import: it is for a <script> with its address.
cpSync(fileURLToPath(import.meta.resolve('torque-gitlab-connect/standalone')), here('dist/plain-html/standalone.js'));
