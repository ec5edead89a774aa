// Node.js by import and by require, Deno and Bun: the installed package as it is.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expected } from './app/use.js';
import { here, installed } from './support.mjs';

const run = (program, ...words) => execFileSync(program, words, { cwd: join(here, 'app'), encoding: 'utf8' });

/** The program that an npm package brings for this machine, without the script that would link it. */
function binary(scope, ...name) {
  const folder = join(here, 'node_modules', scope);
  const file = existsSync(folder) && join(folder, readdirSync(folder)[0], ...name);
  assert.ok(file && existsSync(file), `${scope} brings no program for this machine`);
  return file;
}

test('the package is the packed one, a copy and no link', () => {
  assert.ok(!lstatSync(installed).isSymbolicLink());
  assert.ok(!existsSync(join(installed, 'src')));
});

/** What `validate.mjs` prints. */
const validated = {
  inside: 'https://gitlab.example.com/group/project',
  verdicts: [2, 1],
  kind: 'access_token',
  payload: 'https://gitlab.example.com/',
};

test('Node.js, import', () => {
  assert.deepEqual(JSON.parse(run(process.execPath, 'print.mjs')), expected);
  assert.deepEqual(JSON.parse(run(process.execPath, 'validate.mjs')), validated);
});

test('Node.js, require', () => {
  assert.equal(run(process.execPath, '--no-warnings', 'require.cjs').trim(), 'https://gitlab.example.com/ function');
});

test('Deno', () => {
  const deno = binary('@deno', 'deno');
  const words = ['run', '--no-remote', '--node-modules-dir=manual', '--allow-read', '--allow-env'];
  assert.deepEqual(JSON.parse(run(deno, ...words, 'print.mjs')), expected);
  assert.deepEqual(JSON.parse(run(deno, ...words, 'validate.mjs')), validated);
});

test('Bun', () => {
  const bun = binary('@oven', 'bin', 'bun');
  assert.deepEqual(JSON.parse(run(bun, 'run', 'print.mjs')), expected);
  assert.deepEqual(JSON.parse(run(bun, 'run', 'validate.mjs')), validated);
});
