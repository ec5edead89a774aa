// The program's `check` on a list of lines, beside grep and what Python and Go read URLs with. Arguments: the target folder, the
// program, the number of lines.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bestAndMedian, LIST_BASE, list } from './workload.mjs';

const [target, program, amount] = [resolve(process.argv[2]), resolve(process.argv[3]), Number(process.argv[4])];
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A file of so many lines, none twice. */
async function lines(length) {
  const file = resolve(target, `bench/lines-${length}.txt`);
  const out = createWriteStream(file);
  for (const url of list(length)) {
    if (!out.write(`${url}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return file;
}

const measure = (file, command) =>
  JSON.parse(execFileSync('python3', [here('measure.py'), file, ...command], { encoding: 'utf8' }));

function goReader() {
  const built = resolve(target, 'bench/inside-go');
  try {
    execFileSync('go', ['build', '-o', built, here('inside.go')], { stdio: 'ignore' });
    return { 'Go, net/url': [built, LIST_BASE] };
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
}

const COMMANDS = {
  'check --json': [program, 'check', '--base-url', LIST_BASE, '--json'],
  'grep -F': ['grep', '-F', '-c', LIST_BASE],
  'Python, urllib': ['python3', here('inside.py'), LIST_BASE],
  ...goReader(),
};

const file = await lines(amount);
const runs = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, []]));
for (let round = 0; round < 3; round += 1) {
  for (const [name, command] of Object.entries(COMMANDS)) runs[name].push(measure(file, command));
}
if (runs['check --json'].some(({ lines }) => lines !== amount)) throw new Error('not a verdict for each line');
const tenth = measure(await lines(amount / 10), COMMANDS['check --json']);
const commands = Object.entries(runs).map(([name, measured]) => [
  name,
  {
    seconds: bestAndMedian(measured.map(({ seconds }) => seconds)),
    bytes: Math.max(...measured.map(({ bytes }) => bytes)),
  },
]);
console.log(JSON.stringify({ amount, commands: Object.fromEntries(commands), bytesForTenth: tenth.bytes }));
