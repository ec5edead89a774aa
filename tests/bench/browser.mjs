// The first verdict in a browser, and the start of the page, in the engine that ENGINE names.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engine, startBrowser } from '../browser/engines.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Isolated, so that the browser's clock is as fine as it gets. */
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-store',
};

/** `/package.js` is the whole package in one file; everything else is the built page, and `/empty` is empty. */
async function serve() {
  const server = createServer(({ url }, response) => {
    const file = url === '/package.js' ? 'pkg/dist/standalone.js' : `www/dist${url === '/' ? '/index.html' : url}`;
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

/** What was loaded and when, and how long a letter of an address takes until its verdict stands in the page. */
const PAGE = `const done = arguments[0];
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
  const field = element.shadowRoot.getElementById((await seen('label', 'Address of your GitLab')).htmlFor);
  const times = [];
  for (const letter of 'https://gitlab.example.com/root/') {
    field.value += letter;
    const start = performance.now();
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await element.updateComplete;
    times.push(performance.now() - start);
  }
  const loaded = performance.getEntriesByType('resource');
  done({
    requests: loaded.length + 1,
    blocking: loaded.filter((entry) => entry.renderBlockingStatus === 'blocking').map((entry) => new URL(entry.name).pathname),
    first: times[0],
    slowest: Math.max(...times),
  });
})().catch((error) => done(String(error)));`;

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** `{ firstVerdict, page }`; the page only in Chromium, whose protocol slows the processor down. */
export async function inBrowser() {
  const server = await serve();
  const browser = await startBrowser();
  try {
    const ask = async (address, script) => {
      await browser.driver.get(`${server.address}${address}`);
      const told = await browser.driver.executeAsyncScript(script);
      if (typeof told === 'string') throw new Error(told);
      return told;
    };
    const runs = [];
    for (let run = 0; run < 7; run += 1) runs.push(await ask('/empty', FIRST_VERDICT));
    const [cold, warm] = [0, 1].map((index) => runs.map((run) => run[index]));
    const firstVerdict = {
      [engine]: {
        cold: Math.min(...cold),
        coldMedian: median(cold),
        warm: Math.min(...warm),
        warmMedian: median(warm),
      },
    };
    if (engine !== 'chromium') return { firstVerdict };
    await browser.driver.sendDevToolsCommand('Emulation.setCPUThrottlingRate', { rate: 4 });
    const pages = [];
    for (let run = 0; run < 3; run += 1) pages.push(await ask('/', PAGE));
    return { firstVerdict, page: pages.toSorted((one, other) => one.first - other.first)[0] };
  } finally {
    await browser.stop();
    server.stop();
  }
}
