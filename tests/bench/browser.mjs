// In the engine that ENGINE names: the first verdict, the checks beside careful JavaScript, and in Chromium the start of the
// page. Prints JSON; `cargo xtask bench` runs it in each engine.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logging } from 'selenium-webdriver';
import { engine, startBrowser } from '../browser/engines.mjs';
import { bestAndMedian } from './workload.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };
TYPES['.svg'] = 'image/svg+xml';

/** Isolated, so that the browser's clock is as fine as it gets. */
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-store',
};

/** What is not of the built page: the whole package in one file, and what is measured with it. */
const FILES = {
  '/package.js': 'pkg/dist/standalone.js',
  '/package.wasm': 'pkg/src/wasm/core_bg.wasm',
  '/workload.mjs': 'tests/bench/workload.mjs',
};

async function serve() {
  const server = createServer(({ url }, response) => {
    const file = FILES[url] ?? `www/dist${url === '/' ? '/index.html' : url}`;
    try {
      const body = url === '/empty' ? '<!doctype html>' : readFileSync(`${root}${file}`);
      response.writeHead(200, { ...HEADERS, 'content-type': TYPES[extname(file)] ?? 'text/html' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

/** Milliseconds of the first and of the second check of a page that has just loaded. */
const FIRST_VERDICT = `const done = arguments[0];
import('/package.js').then(({ checkRepositoryUrl }) => {
  const time = () => {
    const start = performance.now();
    checkRepositoryUrl('https://h.example/', 'https://h.example/a/b');
    return performance.now() - start;
  };
  done([time(), time()]);
}, (error) => done(String(error)));`;

/** Milliseconds of compiling and instantiating the package's wasm and nothing else, in a page that has just loaded. */
const ALONE = `const done = arguments[0];
fetch('/package.wasm').then((answer) => answer.arrayBuffer()).then((bytes) => {
  const start = performance.now();
  const module = new WebAssembly.Module(bytes);
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => undefined;
  }
  new WebAssembly.Instance(module, imports);
  done([performance.now() - start]);
}).catch((error) => done(String(error)));`;

/** Nanoseconds, by the clock on the wall: a page has no other. */
const CHECKS = `const done = arguments[0];
Promise.all([import('/package.js'), import('/workload.mjs')]).then(([api, { besideCareful }]) => {
  const time = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  done(besideCareful(time, api, 5));
}).catch((error) => done(String(error)));`;

/** How long a verdict takes to stand in the page, laid out, from a letter on and the leaving of its field: the first, and all others. */
const TYPING = `const done = arguments[0];
(async () => {
  const element = document.querySelector('torque-gitlab-connect');
  await customElements.whenDefined('torque-gitlab-connect');
  await element.updateComplete;
  const inside = (selector, words) =>
    [...element.shadowRoot.querySelectorAll(selector)].find(({ textContent }) => textContent.includes(words));
  const seen = async (selector, words) => {
    while (inside(selector, words) === undefined) await new Promise(requestAnimationFrame);
    return inside(selector, words);
  };
  (await seen('label', 'provider')).click();
  (await seen('button', 'Continue')).click();
  const field = element.shadowRoot.getElementById((await seen('label', 'GitLab base URL')).htmlFor);
  const verdict = element.shadowRoot.getElementById(field.id + '-verdict');
  const type = async (letter) => {
    field.value += letter;
    const start = performance.now();
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new FocusEvent('blur'));
    await element.updateComplete;
    if (verdict.textContent.trim() === '' || verdict.offsetHeight === 0) throw new Error('no verdict on ' + field.value);
    return performance.now() - start;
  };
  const first = await type('h');
  const letters = [];
  for (const letter of 'ttps://gitlab.example.com/gitlab/') letters.push(await type(letter));
  if (!verdict.textContent.includes('port 443')) throw new Error(verdict.textContent);
  const loaded = performance.getEntriesByType('resource');
  done({
    first,
    slowest: Math.max(...letters),
    blocking: loaded.filter((entry) => entry.renderBlockingStatus === 'blocking').map((entry) => new URL(entry.name).pathname),
  });
})().catch((error) => done(String(error)));`;

/** The page's requests, each with how many others had to come before it: what named it, what named that, and so on. */
async function waterfall(driver) {
  const depths = {};
  for (const { message } of await driver.manage().logs().get(logging.Type.PERFORMANCE)) {
    const { method, params } = JSON.parse(message).message;
    if (method !== 'Network.requestWillBeSent') continue;
    const { initiator, request } = params;
    const named = initiator.url ?? initiator.stack?.callFrames[0]?.url;
    const { pathname } = new URL(request.url);
    depths[pathname] ??= named === undefined ? 0 : (depths[new URL(named).pathname] ?? 0) + 1;
  }
  return depths;
}

/** What the script on the page returns; a text is what went wrong. */
async function ask(driver, address, script) {
  await driver.get(address);
  const returned = await driver.executeAsyncScript(script);
  if (typeof returned === 'string') throw new Error(returned);
  return returned;
}

async function page(driver, address) {
  await driver.get('about:blank');
  await driver.manage().logs().get(logging.Type.PERFORMANCE);
  await driver.get(address);
  const requests = await waterfall(driver);
  await driver.sendDevToolsCommand('Emulation.setCPUThrottlingRate', { rate: 4 });
  const runs = [];
  for (let run = 0; run < 7; run += 1) {
    // The page keeps a draft of what was typed.
    await driver.get(`${address}empty`);
    await driver.executeScript('sessionStorage.clear()');
    runs.push(await ask(driver, address, TYPING));
  }
  const measured = (key) => bestAndMedian(runs.map((run) => run[key]));
  return { requests, blocking: runs[0].blocking, first: measured('first'), slowest: measured('slowest') };
}

const server = await serve();
const browser = await startBrowser();
try {
  const { driver } = browser;
  await driver.manage().setTimeouts({ script: 120_000 });
  const [verdicts, alone] = [[], []];
  for (let run = 0; run < 9; run += 1) {
    verdicts.push(await ask(driver, `${server.address}/empty`, FIRST_VERDICT));
    alone.push(await ask(driver, `${server.address}/empty`, ALONE));
  }
  const of = (runs, index) => bestAndMedian(runs.map((run) => run[index]));
  const result = {
    version: (await driver.getCapabilities()).getBrowserVersion(),
    firstVerdict: { cold: of(verdicts, 0), warm: of(verdicts, 1), alone: of(alone, 0) },
    checks: await ask(driver, `${server.address}/empty`, CHECKS),
    ...(engine === 'chromium' && { page: await page(driver, `${server.address}/`) }),
  };
  console.log(JSON.stringify(result));
} finally {
  await browser.stop();
  server.stop();
}
