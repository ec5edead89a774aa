// The README's recipes for frameworks, as they stand there: the element draws itself, gets its space and reports how the job ended.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import vue from '@vitejs/plugin-vue';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import { answerOf, assertUsed, HEADING, here, installed, STRICT, serve, startBrowser } from './support.mjs';

const { driver, stop } = await startBrowser();
after(stop);

const readme = readFileSync(join(installed, 'README.md'), 'utf8');
const expected = { heading: HEADING, space: 'demo', outcome: 'connected' };

/** A folder with the files of a framework and the recipe; the page loads `main.js`. */
function folderFor(name, file, recipe) {
  const folder = join(here, 'out', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(here, 'frameworks'), folder, { recursive: true });
  writeFileSync(join(folder, file), recipe);
  return folder;
}

test('React', async (context) => {
  const [recipe] = readme.match(/(?<=^```tsx\n)import type \{ Report[\s\S]*?(?=^```$)/m);
  const folder = folderFor('react', 'recipe.tsx', recipe);
  const entryPoints = { main: join(folder, 'react.tsx') };
  const define = { 'process.env.NODE_ENV': '"production"' };
  await esbuild.build({
    entryPoints,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    define,
    outdir: join(folder, 'dist'),
  });
  const url = await serve(context, join(folder, 'dist'), { more: { '/': join(here, 'app/index.html') } });
  assertUsed(await answerOf(driver, url), expected);
});

test('Vue', async (context) => {
  const [line] = readme.match(/^<torque-gitlab-connect :space.*$/m);
  const script =
    "<script setup>\nimport { answerWith as done } from './end-jobs.js';\nconst space = 'demo';\n</script>\n";
  const folder = folderFor('vue', 'App.vue', `${script}<template>${line}</template>\n`);
  const template = { compilerOptions: { isCustomElement: (tag) => tag === 'torque-gitlab-connect' } };
  await vite.build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    plugins: [vue({ template })],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { lib: { entry: 'vue.js', formats: ['es'], fileName: () => 'main.js' } },
  });
  const url = await serve(context, join(folder, 'dist'), {
    policy: `${STRICT} vue`,
    more: { '/': join(here, 'app/index.html') },
  });
  assertUsed(await answerOf(driver, url), expected);
});

test('Angular', async (context) => {
  const [line] = readme.match(/^<torque-gitlab-connect \[attr\.space\].*$/m);
  const folder = folderFor('angular', 'recipe.html', line);
  await esbuild.build({
    entryPoints: { main: join(folder, 'angular.js') },
    bundle: true,
    format: 'esm',
    loader: { '.html': 'text' },
    outdir: join(folder, 'dist'),
  });
  const url = await serve(context, join(folder, 'dist'), {
    // Only because the page compiles its templates.
    policy: `${STRICT.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'")} angular angular#unsafe-jit`,
    more: { '/': join(here, 'app/index.html') },
  });
  assertUsed(await answerOf(driver, url), expected);
});
