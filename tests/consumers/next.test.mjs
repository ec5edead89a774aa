// Next.js: the API on the server and in the browser, the component in a page that is rendered on the server first.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { expected } from './app/use.js';
import { answerOf, assertUsed, HEADING, here, startBrowser } from './support.mjs';

const { driver, stop } = await startBrowser();
after(stop);

const next = join(here, 'node_modules/next/dist/bin/next');
const cwd = join(here, 'next');
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

function start(...words) {
  return spawn(process.execPath, [next, ...words], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Everything that a program writes, and how it ended. */
function ended(program) {
  const text = [];
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (piece) => text.push(piece));
  return new Promise((resolve, reject) => {
    program.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(text.join('')))));
  });
}

test('Next.js', async (context) => {
  await ended(start('build'));
  const server = start('start', '--port', '0', '--hostname', '127.0.0.1');
  context.after(() => server.kill());
  const url = await new Promise((resolve, reject) => {
    const lines = createInterface({ input: server.stdout });
    lines.on('line', (line) => {
      const [address] = line.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/) ?? [];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`next start ended with ${code}`)));
  });
  const page = await (await fetch(url)).text();
  assert.match(page, /<torque-gitlab-connect [^>]*space="demo"/);
  assert.doesNotMatch(page, /torque-secret/);
  const { answer, complaints } = await answerOf(driver, url);
  const { markup, ...rest } = answer ?? {};
  assert.doesNotMatch(String(markup), /torque-secret/);
  assertUsed(
    { answer: rest, complaints },
    {
      client: expected,
      server: expected,
      heading: HEADING,
      set: {
        space: 'demo',
        method: 'provider',
        name: 'gitlab-next',
        token: 'torque-secret-of-the-portal',
        fetch: 'function',
      },
      steps: ['gitlab'],
    },
  );
});
