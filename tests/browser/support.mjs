/** A sandbox and a Chromium for one test file, and the page as a user meets it. */

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Builder, By, Key, logging, until } from 'selenium-webdriver';
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const patience = 20_000;

/** Starts the sandbox on free ports; it ends with this process. */
export async function startSandbox(...flags) {
  const program = process.env.SANDBOX ?? join(root, 'target/debug/sandbox');
  const sandbox = spawn(program, ['--port', '0', '--json', '--until-stdin-closes', '--www', 'www/dist', ...flags], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: sandbox.stdout });
  const facts = await new Promise((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line)));
    sandbox.once('error', reject);
    sandbox.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    ...facts,
    token: (name) => facts.tokens.find((token) => token.name === name).token,
    stop: () => sandbox.stdin.end(),
  };
}

/** Starts a Chromium without a window, with a profile of its own. */
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
  const logs = new logging.Preferences();
  logs.setLevel(logging.Type.BROWSER, logging.Level.ALL);
  logs.setLevel(logging.Type.PERFORMANCE, logging.Level.ALL);
  options.setLoggingPrefs(logs);
  const driver = await new Builder()
    .forBrowser('chrome')
    .setChromeOptions(options)
    .setChromeService(new ServiceBuilder(process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver'))
    .build();
  await driver.sendDevToolsCommand('Page.addScriptToEvaluateOnNewDocument', {
    source: `window.violations = []; document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));`,
  });
  return {
    driver,
    async stop() {
      await driver.quit();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** The page, open and ready. */
export class Page {
  constructor(driver, sandbox) {
    this.driver = driver;
    this.sandbox = sandbox;
  }

  static async open(driver, sandbox, { width = 1024, height = 900, dark = false, policy } = {}) {
    await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
    await driver.sendDevToolsCommand('Emulation.setScrollbarsHidden', { hidden: true });
    const value = dark ? 'dark' : 'light';
    await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value }],
    });
    await driver.get('about:blank');
    await driver.manage().logs().get(logging.Type.PERFORMANCE);
    await driver.manage().logs().get(logging.Type.BROWSER);
    await driver.get(sandbox.page);
    const page = new Page(driver, sandbox);
    await page.heading('How should Torque reach your GitLab?');
    await page.run((root, policy) => {
      root.host.policy = policy ?? undefined;
    }, policy);
    return page;
  }

  /** Runs a function in the page; `root` is the element's shadow root. */
  run(body, ...args) {
    const script = `const root = document.querySelector('torque-gitlab-connect').shadowRoot; return (${body})(root, ...arguments);`;
    return this.driver.executeScript(script, ...args);
  }

  /** Waits for the answer of a function in the page that is neither false, null nor empty. */
  until(what, body, ...args) {
    return this.driver.wait(async () => (await this.run(body, ...args)) || false, patience, `waited for ${what}`);
  }

  heading(text) {
    return this.until(
      `the heading “${text}”`,
      (root, text) => root?.querySelector('#heading')?.textContent === text,
      text,
    );
  }

  async field(id) {
    const host = await this.driver.findElement(By.css('torque-gitlab-connect'));
    const root = await host.getShadowRoot();
    return root.findElement(By.css(`#${id}`));
  }

  /** Types over what is there, and leaves the field. */
  async type(id, text) {
    const field = await this.field(id);
    await field.sendKeys(Key.chord(Key.CONTROL, 'a'), text, Key.TAB);
  }

  /** Clicks what has this text: a button, a label or a link. */
  async press(text) {
    const target = await this.until(
      `“${text}”`,
      (root, text) => {
        const visible = [...root.querySelectorAll('button, label, a, summary')].filter((element) =>
          element.checkVisibility(),
        );
        const exact = visible.find((element) => element.textContent.trim() === text);
        return exact ?? visible.find((element) => element.textContent.includes(text));
      },
      text,
    );
    await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', target);
    await target.click();
  }

  /** What stands below a field. */
  verdict(id) {
    return this.run((root, id) => root.querySelector(`#${id}-verdict`).innerText, id);
  }

  /** All text of the step that is shown. */
  text() {
    return this.run((root) => root.querySelector('.panel').innerText);
  }

  shows(text) {
    return this.until(
      `the text “${text}”`,
      (root, text) => root.querySelector('.panel').innerText.includes(text),
      text,
    );
  }

  /** Requests since the page was opened, as the browser itself saw them. */
  async requests() {
    const entries = await this.driver.manage().logs().get(logging.Type.PERFORMANCE);
    return entries
      .map((entry) => JSON.parse(entry.message).message)
      .filter((message) => message.method === 'Network.requestWillBeSent')
      .map(({ params }) => ({ method: params.request.method, url: params.request.url, document: params.documentURL }));
  }

  async violations() {
    const reported = await this.driver.executeScript('return window.violations');
    const logged = await this.driver.manage().logs().get(logging.Type.BROWSER);
    return [
      ...reported,
      ...logged.map((entry) => entry.message).filter((text) => /Content.Security.Policy|Trusted/i.test(text)),
    ];
  }

  // The way through the steps.

  async chooseMethod(title) {
    await this.press(title);
    await this.press('Continue');
  }

  async fillGitlab({ name = 'gitlab-1', baseUrl = this.sandbox.gitlab.baseUrl, token } = {}) {
    await this.heading('Your GitLab');
    await this.type('name', name);
    await this.type('base-url', baseUrl);
    await this.type('token', token ?? this.sandbox.token('provider_good'));
  }

  async fillTorque({ token = this.sandbox.torqueTokens.admin, space = this.sandbox.space } = {}) {
    await this.heading('Your Torque space');
    await this.type('portal-url', this.sandbox.torque);
    await this.type('space', space);
    await this.type('torque-token', token);
  }

  repository(path) {
    return `${this.sandbox.gitlab.baseUrl}${path}`;
  }
}

export { By, Key, until };
