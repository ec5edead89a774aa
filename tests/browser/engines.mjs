/** A browser without a window, driven over WebDriver: which one says the variable ENGINE, where it is the variables beside it. */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Builder, logging } from 'selenium-webdriver';
import * as chrome from 'selenium-webdriver/chrome.js';
import * as firefox from 'selenium-webdriver/firefox.js';

/** `chromium`, `firefox` or `webkit`. */
export const engine = process.env.ENGINE ?? 'chromium';

/** What failed tests leave behind. */
export const evidence = fileURLToPath(new URL(`../../target/browser-failures/${engine}`, import.meta.url));

/** Starts the browser, with a profile of its own. */
export async function startBrowser() {
  const starts = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit };
  const start = starts[engine];
  if (start === undefined) throw new Error(`no engine ${engine}: ${Object.keys(starts).join(', ')}`);
  return start();
}

async function startChromium() {
  const profile = await mkdtemp(join(tmpdir(), 'torque-gitlab-connect-'));
  const options = new chrome.Options();
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
  const logs = new logging.Preferences();
  logs.setLevel(logging.Type.PERFORMANCE, logging.Level.ALL);
  options.setLoggingPrefs(logs);
  const driver = await new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new chrome.ServiceBuilder(process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver'))
    .build();
  return {
    driver,
    /** Size and colour scheme of what follows. */
    async look({ width, height, dark, reducedMotion = false, forcedColours = false }) {
      await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: 1,
        mobile: false,
      });
      await driver.sendDevToolsCommand('Emulation.setScrollbarsHidden', { hidden: true });
      await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', {
        features: [
          { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
          { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : '' },
          { name: 'forced-colors', value: forcedColours ? 'active' : 'none' },
        ],
      });
    },
    /** Requests since the last call, as the browser itself saw them. */
    async requests() {
      const entries = await driver.manage().logs().get(logging.Type.PERFORMANCE);
      return entries
        .map((entry) => JSON.parse(entry.message).message)
        .filter((message) => message.method === 'Network.requestWillBeSent')
        .map(({ params: { request } }) => ({ by: 'network', method: request.method, url: request.url }));
    },
    async stop() {
      await driver.quit();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function startFirefox() {
  const options = new firefox.Options();
  options.setBinary(process.env.FIREFOX ?? '/usr/bin/firefox-esr');
  options.addArguments('-headless');
  const driver = await new Builder()
    .forBrowser('firefox')
    .setFirefoxOptions(options)
    .setFirefoxService(new firefox.ServiceBuilder(process.env.GECKODRIVER ?? 'geckodriver'))
    .build();
  return withWindow(driver, () => driver.quit());
}

async function startWebKit() {
  const port = await freePort();
  await mkdir(evidence, { recursive: true });
  // Not our own streams: whoever reads them would wait for as long as the driver or its browser holds them.
  const log = await open(join(evidence, 'driver.log'), 'a');
  const server = spawn(process.env.WEBKITWEBDRIVER ?? 'WebKitWebDriver', [`--port=${port}`], {
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  await log.close();
  // Driver and browser are a group of processes that ends with this one, however it ends and whatever state they are in:
  // a session that lost its page cannot be asked to end, and its browser would stay.
  server.unref();
  const stop = () => {
    try {
      process.kill(-server.pid, 'SIGKILL');
    } catch {} // there is none any more
  };
  process.once('exit', stop);
  // Sent where a file's tests take beyond all measure.
  process.once('SIGTERM', () => process.exit(1));
  const address = `http://127.0.0.1:${port}`;
  await answers(`${address}/status`);
  const driver = await new Builder()
    .usingServer(address)
    .withCapabilities({
      browserName: 'MiniBrowser',
      ...(process.env.MINIBROWSER && {
        'webkitgtk:browserOptions': { binary: process.env.MINIBROWSER, args: ['--automation'] },
      }),
    })
    .build();
  return withWindow(driver, stop);
}

/** What classic WebDriver can: a size as small as a window gets, no media features, no network. */
function withWindow(driver, stop) {
  let size = '';
  return {
    driver,
    async look({ width, height }) {
      if (size === `${width}x${height}`) return;
      size = `${width}x${height}`;
      await driver.manage().window().setRect({ x: 0, y: 0, width, height });
    },
    requests: async () => [],
    stop,
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until somebody answers; refused connections are tried again at once. */
async function answers(url) {
  for (let tries = 0; tries < 2000; tries += 1) {
    try {
      return await fetch(url);
    } catch {
      await new Promise(setImmediate);
    }
  }
  throw new Error(`nobody answers at ${url}`);
}
