// Pages without a bundler: the single file with its hash, under the strict policy, twice on one page, and blocked.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expected } from './app/use.js';
import { answerOf, assertUsed, HEADING, here, installed, STRICT, serve, startBrowser } from './support.mjs';

const { driver, stop } = await startBrowser();
after(stop);

const standalone = join(installed, 'dist/standalone.js');
const plain = join(here, 'plain');
const more = {
  '/standalone.js': standalone,
  '/other/standalone.js': standalone,
  '/plain.js': join(plain, 'plain.js'),
  '/use.js': join(here, 'app/use.js'),
};

/** The page with the hash of the file as it was packed. */
function pageWith(integrity) {
  const out = join(here, 'out/plain');
  mkdirSync(out, { recursive: true });
  const page = readFileSync(join(plain, 'index.html'), 'utf8');
  writeFileSync(join(out, 'index.html'), page.replace('INTEGRITY', integrity));
  return out;
}

const hash = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
const page = pageWith(hash(readFileSync(standalone)));

test('the single file gives element and API; a second copy on the page does no harm', async (context) => {
  // Each copy of Lit makes a policy of that name.
  const policy = `${STRICT} 'allow-duplicates'`;
  const url = await serve(context, page, { policy, more });
  assertUsed(await answerOf(driver, url), {
    first: expected,
    second: expected,
    heading: HEADING,
    twoCopies: true,
    firstStays: true,
  });
});

test('a page that forbids wasm gets one error that names what to change, and the element says the same', async (context) => {
  const policy = `${STRICT.replace(" 'wasm-unsafe-eval'", '')} 'allow-duplicates'`;
  const { answer } = await answerOf(driver, await serve(context, page, { policy, more }));
  assert.deepEqual(answer.second, answer.first);
  assert.equal(answer.first.blocked, 'runtime.wasm_blocked');
  assert.match(answer.first.message, /script-src 'self' 'wasm-unsafe-eval'/);
  assert.equal(answer.heading, answer.first.message);
});

test("the API's modules run as they are installed", async (context) => {
  const files = ['/api.html', '/api.js'].map((file) => [file, join(plain, file)]);
  const url = await serve(context, installed, { more: { ...more, ...Object.fromEntries(files) } });
  assertUsed(await answerOf(driver, `${url}api.html`), expected);
});
