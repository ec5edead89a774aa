/** What the consumers' tests share: a Chromium, and a server with the strictest policy that the package can work under. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Builder } from 'selenium-webdriver';
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js';

/** The folder that these files were copied into, with the packed package installed. */
export const here = fileURLToPath(new URL('.', import.meta.url));
export const installed = join(here, 'node_modules/torque-gitlab-connect');

/** All that the element and the API need, and nothing else. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html";

/** Milliseconds; so many that only what never comes is missed, also on a busy machine. */
export const patience = 120_000;

/** Starts a Chromium without a window. */
export async function startBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'torque-gitlab-connect-'));
  const options = new Options();
  options.setChromeBinaryPath(process.env.CHROME ?? '/usr/bin/chromium');
  options.addArguments(
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--user-data-dir=${profile}`,
  );
  const driver = await new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new ServiceBuilder(process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver'))
    .build();
  await driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.complaints = [];
      document.addEventListener('securitypolicyviolation', (event) => complaints.push(event.violatedDirective + ' ' + event.blockedURI));
      addEventListener('error', (event) => complaints.push(event.message ?? event.target.outerHTML), true);
      addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));`,
  });
  const stop = async () => {
    await driver.quit();
    await rm(profile, { recursive: true, force: true });
  };
  return { driver, stop };
}

/** What the page at `url` put into `window.answer`, and what the browser complained about. */
export async function answerOf(driver, url) {
  await driver.get(url);
  const found = () => driver.executeScript('return { answer: window.answer ?? null, complaints }');
  // Some of what is complained about stops nothing.
  const answered = async () => (await found()).answer !== null;
  await driver.wait(answered, patience).catch(async (cause) => {
    const { complaints } = await found();
    throw new Error(`${url} gave no answer; the browser says: ${JSON.stringify(complaints)}`, { cause });
  });
  return found();
}

/** Serves a folder under a policy; `more` names files outside it. Ends with the test. */
export async function serve(context, folder, { policy = STRICT, more = {} } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    const file = more[pathname] ?? join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    if (pathname === '/favicon.ico') response.writeHead(204).end();
    else if (!existsSync(file)) response.writeHead(404).end();
    else {
      response.writeHead(200, { 'Content-Type': TYPES[extname(file)], 'Content-Security-Policy': policy });
      response.end(await readFile(file));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
};

/** The element's first heading: it has drawn itself. */
export const HEADING = 'How should Torque reach your GitLab?';

export function assertUsed({ answer, complaints }, expected) {
  assert.deepEqual(complaints, []);
  assert.deepEqual(answer, expected);
}

/** Fills the form in the page that `driver` shows with a provider and a project of the sandbox, and goes on until it is connected. */
export async function connectByForm(driver, { gitlab, tokens, space }) {
  /** In the page; `root` is the element's shadow root. */
  const run = (body, ...values) =>
    driver.executeScript(
      `const root = document.querySelector('torque-gitlab-connect')?.shadowRoot; return (${body})(root, ...arguments);`,
      ...values,
    );
  const heading = () => run((root) => root?.querySelector('#heading')?.textContent.trim() ?? '');
  const comesTo = (text) => driver.wait(async () => (await heading()) === text, patience, `waited for “${text}”`);
  await comesTo('How should Torque reach your GitLab?');
  await driver.wait(() => run((root) => root.host.portalUrl !== ''), patience, 'waited for the address of the proxy');
  await run((root, entries) => root.host.fill(entries), {
    method: 'provider',
    name: 'gitlab-1',
    baseUrl: gitlab.baseUrl,
    token: tokens.find(({ name }) => name === 'provider_good').token,
    repositories: [{ url: `${gitlab.baseUrl}platform/terraform-modules` }],
    space,
  });
  for (let before = await heading(); before !== 'Review and connect'; before = await heading()) {
    await driver.wait(
      async () => {
        await run((root) => root.querySelector('[part~=primary]:not([disabled])')?.click());
        return (await heading()) !== before;
      },
      patience,
      `waited for what comes after “${before}”`,
    );
  }
  await run((root) => root.querySelector('[part~=primary]').click());
  await comesTo('Connected');
}
