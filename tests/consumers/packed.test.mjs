// What is in the tarball, and what tools that read packages say of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { here, installed } from './support.mjs';

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
}

const files = filesBelow(installed);
const read = (file) => readFileSync(join(installed, file), 'utf8');

/** The tarball, as `cargo xtask test` made it. */
const tarball = join(
  here,
  readdirSync(here).find((file) => file.endsWith('.tgz')),
);

test('the tarball holds what it should and nothing else', () => {
  const declarations = files.filter((file) => file.endsWith('.d.ts'));
  const others = files.filter((file) => !declarations.includes(file));
  // How many chunks the entries share is the bundler's affair.
  const names = new Set(others.map((file) => file.replace(/-[0-9A-Z]{8}\.js$/, '-HASH.js')));
  assert.deepEqual([...names].sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'dist/chunks/chunk-HASH.js',
    'dist/custom-elements.json',
    'dist/element/define.js',
    'dist/element/react-component.js',
    'dist/element/texts/de.js',
    'dist/element/torque-gitlab-connect.js',
    'dist/index.js',
    'dist/proxy.js',
    'dist/standalone.js',
    'dist/validate.js',
    'package.json',
  ]);
  for (const file of declarations) assert.match(file, /^dist\//);
});

test('every declaration that another one names is there', () => {
  for (const file of files.filter((file) => file.endsWith('.d.ts'))) {
    for (const [, target] of read(file).matchAll(/from '(\.[^']+)\.js'/g)) {
      const named = relative(installed, join(installed, file, '..', `${target}.d.ts`));
      assert.ok(files.includes(named), `${file} names ${named}`);
    }
  }
});

test('no file points to a source map that is not there', () => {
  for (const file of files.filter((file) => file.startsWith('dist/'))) {
    for (const [, map] of read(file).matchAll(/^\/\/# sourceMappingURL=(\S+)$/gm)) {
      assert.ok(files.includes(relative(installed, join(installed, file, '..', map))), `${file} points to ${map}`);
    }
  }
});

test('the licences are there, with that of Lit in the file that has Lit inside', () => {
  assert.match(read('LICENSE-MIT'), /Permission is hereby granted, free of charge/);
  assert.match(read('LICENSE-APACHE'), /Apache License\s+Version 2\.0/);
  assert.match(
    read('dist/standalone.js'),
    /^\/\*![\s\S]*BSD 3-Clause License[\s\S]*Redistributions of source code[\s\S]*?\*\//,
  );
});

test('publint finds nothing', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

test('the types resolve for everybody who can load ES modules (attw)', () => {
  const attw = join(here, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const words = [tarball, '--profile', 'esm-only', '--format', 'table-flipped', '--no-color', '--no-emoji'];
  // It ends with an error where it finds a problem.
  const output = execFileSync(process.execPath, [attw, ...words], { encoding: 'utf8' });
  for (const entry of ['', '/element', '/element/define'])
    assert.ok(output.includes(`torque-gitlab-connect${entry}"`), output);
});
