// Every bundler, without configuration: what it makes runs in Chromium under a strict policy, API and element alike.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rspack } from '@rspack/core';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as vite from 'vite';
import webpack from 'webpack';
import { expected } from './app/use.js';
import { answerOf, assertUsed, HEADING, here, STRICT, serve, startBrowser } from './support.mjs';

const app = join(here, 'app');
const entry = join(app, 'main.js');
const page = { ...expected, heading: HEADING };

const { driver, stop } = await startBrowser();
after(stop);

/** A folder for what a bundler makes, with the page that loads it. */
function outFor(name) {
  const out = join(here, 'out', name);
  mkdirSync(out, { recursive: true });
  copyFileSync(join(app, 'index.html'), join(out, 'index.html'));
  return out;
}

async function assertRuns(context, out) {
  assertUsed(await answerOf(driver, await serve(context, out)), page);
}

test('Vite, build', async (context) => {
  const outDir = join(here, 'out/vite');
  await vite.build({ root: app, configFile: false, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  await assertRuns(context, outDir);
});

test('Vite, development server', async (context) => {
  const cacheDir = join(here, 'out/vite-cache');
  const server = await vite.createServer({
    root: app,
    configFile: false,
    logLevel: 'error',
    cacheDir,
    server: { port: 0 },
  });
  context.after(() => server.close());
  await server.listen();
  // The first visit makes Vite find the dependencies, and may reload the page.
  assertUsed(await answerOf(driver, server.resolvedUrls.local[0]), page);
});

for (const [name, bundler] of Object.entries({ webpack, rspack })) {
  test(name, async (context) => {
    const path = outFor(name);
    const output = { path, filename: 'main.js' };
    // Its only warning would be that the bundle is large.
    const compiler = bundler({ mode: 'production', context: app, entry: './main.js', output, performance: false });
    const stats = await promisify(compiler.run.bind(compiler))();
    await promisify(compiler.close.bind(compiler))();
    const { errors, warnings } = stats.toJson({ errors: true, warnings: true });
    assert.deepEqual([...errors, ...warnings], []);
    await assertRuns(context, path);
  });
}

test('Rollup', async (context) => {
  const dir = outFor('rollup');
  const onwarn = (warning) => {
    throw new Error(warning.message);
  };
  const bundle = await rollup({ input: entry, plugins: [nodeResolve()], onwarn });
  await bundle.write({ dir, format: 'es' });
  await assertRuns(context, dir);
});

test('esbuild, also in parts', async (context) => {
  const settings = { entryPoints: [entry], bundle: true, format: 'esm', logLevel: 'silent' };
  for (const [name, more] of Object.entries({ esbuild: { minify: true }, 'esbuild-parts': { splitting: true } })) {
    const outdir = outFor(name);
    const { warnings } = await esbuild.build({ ...settings, ...more, outdir });
    assert.deepEqual(warnings, []);
    await assertRuns(context, outdir);
  }
});

test('what is imported and not used is not carried', async () => {
  const bundled = async (contents) => {
    const stdin = { contents, resolveDir: app };
    const { outputFiles } = await esbuild.build({
      stdin,
      bundle: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0].text;
  };
  assert.equal(await bundled("import { connect } from 'torque-gitlab-connect';"), '');
  assert.equal(await bundled("import { TorqueGitlabConnectElement } from 'torque-gitlab-connect/element';"), '');
  // Without the element there is no Lit.
  assert.doesNotMatch(await bundled("import { connect } from 'torque-gitlab-connect'; connect();"), /\blit\b/i);
  assert.equal(await bundled("import { checkBaseUrl } from 'torque-gitlab-connect/validate';"), '');
  // The small entry brings a core of its own.
  const [small, all] = await Promise.all(
    ['/validate', ''].map((entry) =>
      bundled(`import { checkBaseUrl } from 'torque-gitlab-connect${entry}'; checkBaseUrl('');`),
    ),
  );
  assert.ok(small.length < 0.6 * all.length);
  // The one file with an effect stays.
  assert.match(await bundled("import 'torque-gitlab-connect/element/define';"), /customElements\.define/);
});

test('a module worker and a service worker', async (context) => {
  const outdir = join(here, 'out/workers');
  const entryPoints = ['workers.js', 'worker.js', 'service-worker.js'].map((file) => join(app, file));
  await esbuild.build({ entryPoints, bundle: true, format: 'esm', outdir });
  // A worker's address is a sink of Trusted Types: a page that demands them brings a policy of its own.
  const policy = STRICT.replace(/;[^;]*require-trusted-types-for[^;]*;[^;]*$/, '');
  const url = await serve(context, outdir, { policy, more: { '/': join(app, 'worker.html') } });
  assertUsed(await answerOf(driver, url), { worker: expected, serviceWorker: expected });
});
