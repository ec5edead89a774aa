/** A sandbox and a browser for each test, and the page as a user meets it. */

import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, before, beforeEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Key } from 'selenium-webdriver';
import { sandboxProgram } from '../sandbox-program.mjs';
import { engine, evidence, startBrowser } from './engines.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Milliseconds; so many that only what never comes is missed, also on a busy machine. */
export const patience = 120_000;

/**
 * For one test file: a browser, and for each test a sandbox of its own. A test that ends with a policy violation or an
 * uncaught error has failed. A failed test leaves what there was to see in `target/browser-failures/`.
 */
export function inBrowser(...flags) {
  const here = {
    /** The page, open and ready; see `Page.open`. */
    open: async (options) => {
      here.page = await Page.open(here.browser, here.sandbox, { policy: { pollMs: 50 }, ...options });
      return here.page;
    },
    browser: null,
    sandbox: null,
    page: null,
    /** The folder of the page as it is tested. */
    www: null,
    /** What to do when the present test is over, however it ends. */
    afterwards: [],
  };
  before(async () => {
    here.www = await watchedPage();
    here.browser = await startBrowser();
  });
  const tidyUp = async () => {
    for (const task of here.afterwards.splice(0)) await task();
    here.sandbox?.stop();
  };
  beforeEach(async () => {
    // A test that skips itself has no `afterEach`, and what it leaves running would keep this process alive.
    await tidyUp();
    here.page = null;
    here.sandbox = await startSandbox('--www', here.www, ...flags);
  });
  afterEach(async (test) => {
    try {
      const complaints = test.passed ? await complaintsOf(here) : [];
      if (!test.passed || complaints.length > 0) await keepEvidence(test, here);
      if (complaints.length > 0) throw new Error(`the page was not quiet:\n${complaints.join('\n')}`);
    } finally {
      await tidyUp();
    }
  });
  after(async () => {
    await tidyUp();
    await here.browser?.stop();
    await rm(here.www, { recursive: true, force: true });
  });
  return here;
}

/** The built page in a folder of its own, with `watch.js` as its first script. */
async function watchedPage() {
  const folder = await mkdtemp(join(tmpdir(), 'torque-gitlab-connect-www-'));
  await cp(join(root, 'www/dist'), folder, { recursive: true });
  await cp(fileURLToPath(new URL('watch.js', import.meta.url)), join(folder, 'watch.js'));
  const file = join(folder, 'index.html');
  const page = await readFile(file, 'utf8');
  const first = '<meta name="viewport"';
  if (!page.includes(first)) throw new Error(`no ${first} in index.html, in front of which the script goes`);
  await writeFile(file, page.replace(first, `<script src="watch.js"></script>${first}`));
  return folder;
}

async function complaintsOf({ browser, page }) {
  if (page === null) return [];
  const watched = await browser.driver.executeScript('return window.watched');
  if (watched === null) return [];
  const errors = watched.console.filter((line) => /^(uncaught|unhandled|error|assert)/.test(line));
  return [...watched.violations, ...errors].filter((line) => !page.expected.some((pattern) => pattern.test(line)));
}

async function keepEvidence(test, { browser, sandbox, page }) {
  const name = test.name.replace(/[^\w-]+/g, '-').slice(0, 80);
  const folder = join(evidence, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { driver } = browser;
  const save = async (file, make) => {
    // One that cannot be had must not keep the others away: the browser may be what broke.
    const content = await make().catch((error) => `could not be had: ${error}`);
    await writeFile(join(folder, file), content);
  };
  await save('screenshot.png', async () => Buffer.from(await driver.takeScreenshot(), 'base64'));
  await save('page.html', () => driver.executeScript(serialised));
  await save('watched.json', async () =>
    JSON.stringify(await driver.executeScript('return [location.href, window.watched]'), null, 2),
  );
  await save('requests.txt', async () => `${(await sandbox.log()).join('\n')}\n`);
  console.error(`see target/browser-failures/${engine}/${name}/${page === null ? ' (no page was open)' : ''}`);
}

/** In the page: the whole document with its open shadow roots, attributes and what is in its fields, as text. */
export const serialised = `
  const written = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType === Node.COMMENT_NODE) return '<!--' + node.data + '-->';
    if (node.nodeType !== Node.ELEMENT_NODE) return '';
    const attributes = [...node.attributes].map(({ name, value }) => ' ' + name + '=' + JSON.stringify(value)).join('');
    const inside = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(written).join('');
    return '<' + node.localName + attributes + '>' + inside + '</' + node.localName + '>';
  };
  return written(document.documentElement);
`;

/** Starts the sandbox on free ports; it ends with this process. */
export async function startSandbox(...flags) {
  const www = flags.includes('--www') ? [] : ['--www', 'www/dist'];
  const sandbox = spawn(
    sandboxProgram(),
    ['--port', '0', '--json', '--verbose', '--until-stdin-closes', ...www, ...flags],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const lines = createInterface({ input: sandbox.stdout });
  const facts = await new Promise((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line)));
    sandbox.once('error', reject);
    sandbox.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  const requests = [];
  const waiting = [];
  createInterface({ input: sandbox.stderr }).on('line', (line) => {
    requests.push(line);
    for (const look of waiting) look(line);
  });
  let marks = 0;
  return {
    ...facts,
    token: (name) => facts.tokens.find((token) => token.name === name).token,
    /** One line for each request that has come: origin, method, path, status. */
    log: async () => {
      // A request of our own is the last line; what came before it has been read then.
      const mark = `/read-to-here-${++marks}`;
      const read = new Promise((resolve) => {
        waiting.push((line) => line.includes(`${mark} `) && resolve());
      });
      await fetch(new URL(mark, facts.page));
      await read;
      return requests.filter((line) => !line.includes('/read-to-here-'));
    },
    /** Sets what goes wrong with requests to the Torque; needs `--failures-switch`. */
    failures: async (spec) => {
      const answer = await fetch(facts.failures, {
        method: 'POST',
        headers: { Authorization: `Bearer ${facts.torqueTokens.admin}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ failures: spec }),
      });
      if (!answer.ok) throw new Error(`the sandbox refuses the failures: ${answer.status} ${await answer.text()}`);
    },
    stop: () => sandbox.stdin.end(),
  };
}

/** The page, open and ready. */
export class Page {
  /** What a test knows will be complained about. */
  expected = [];

  constructor(browser, sandbox) {
    this.browser = browser;
    this.driver = browser.driver;
    this.sandbox = sandbox;
  }

  static async open(browser, sandbox, { width = 1024, height = 900, dark = false, policy, address } = {}) {
    await browser.look({ width, height, dark });
    // Away from the page before, and without what it has kept; this is no page that keeps anything itself.
    await browser.driver.get(`${sandbox.page}page.css`);
    await browser.driver.executeScript('sessionStorage.clear()');
    await browser.requests();
    await browser.driver.get(address ?? sandbox.page);
    const page = new Page(browser, sandbox);
    await page.heading('How should Torque reach your GitLab?');
    await page.run((root, policy) => {
      root.host.policy = policy ?? undefined;
    }, policy);
    return page;
  }

  /** Runs a function in the page; `root` is the element's shadow root. */
  run(body, ...args) {
    const script = `const root = document.querySelector('torque-gitlab-connect')?.shadowRoot; return (${body})(root, ...arguments);`;
    return this.driver.executeScript(script, ...args);
  }

  /** Waits for the answer of a function in the page that is neither false, null nor empty. */
  until(what, body, ...args) {
    return this.driver.wait(
      async () => (await this.run(body, ...args)) || false,
      patience,
      `waited for ${what}`,
      // How often it is looked.
      20,
    );
  }

  /** Waits for a step by its heading. */
  heading(text) {
    return this.until(
      `the heading “${text}”`,
      (root, text) => {
        const headings = [...(root?.querySelectorAll('h2') ?? [])];
        return headings.some((heading) => heading.textContent.trim() === text);
      },
      text,
    );
  }

  /** The control of this role and name, as soon as it is there; `within` is the name of the group it is in. */
  control(role, name, within = null) {
    return this.until(`the ${role} “${name}”`, findControl, role, name, within);
  }

  /** Whether there is such a control now. */
  async has(role, name, within = null) {
    return (await this.run(findControl, role, name, within)) !== null;
  }

  field(label, within) {
    return this.control('textbox', label, within);
  }

  /** Types over what is there, and leaves the field. */
  async type(label, text, within) {
    const field = await this.field(label, within);
    await this.driver.executeScript('arguments[0].focus(); arguments[0].select()', field);
    // To what has the focus: sent to the field, some drivers would put the caret at its end first.
    // A line ends with a key, which WebKit does not take the character for.
    await this.driver.actions().sendKeys(text.replaceAll('\n', Key.ENTER), Key.TAB).perform();
  }

  /** The text in a field. */
  async value(label, within) {
    const field = await this.field(label, within);
    return field.getProperty('value');
  }

  /** Clicks what has this name: a button, a choice, a link or a disclosure. */
  async press(name, within) {
    const target = await this.control('any', name, within);
    await this.driver.executeScript('arguments[0].scrollIntoView({ block: "center" })', target);
    await target.click();
  }

  /** The verdict on a field, with the buttons in it. */
  async verdict(label, within) {
    const field = await this.field(label, within);
    return this.driver.executeScript(
      `const [field] = arguments;
       return field.closest('[part~="field"]').querySelector('[part~="verdict"]')?.innerText.trim() ?? '';`,
      field,
    );
  }

  /** All text of the element that is shown. */
  text() {
    return this.run((root) => [...root.children].map((child) => child.innerText ?? '').join('\n'));
  }

  shows(text) {
    return this.until(
      `the text “${text}”`,
      (root, text) => [...root.children].some((child) => child.innerText?.includes(text)),
      text,
    );
  }

  /** The accessible names of what is focused, from the document down to the control. */
  focused() {
    return this.run((root) => root?.activeElement ?? document.activeElement);
  }

  /** Requests since the page was opened or since the last call. */
  async requests() {
    const watched = await this.driver.executeScript(
      'return new Promise((resolve) => setTimeout(() => resolve(window.watched?.requests.splice(0) ?? [])))',
    );
    return [...(await this.browser.requests()), ...watched];
  }

  /** What `watch.js` has seen. */
  watched() {
    return this.driver.executeScript('return window.watched');
  }

  // The way through the steps.

  async chooseMethod(title) {
    await this.press(title);
    await this.press('Continue');
  }

  async fillGitlab({ name = 'gitlab-1', baseUrl = this.sandbox.gitlab.baseUrl, token } = {}) {
    await this.heading('Your GitLab');
    await this.type('Provider name', name);
    await this.type('GitLab base URL', baseUrl);
    await this.type('GitLab access token', token ?? this.sandbox.token('provider_good'));
  }

  /** With one provider, asks GitLab about the token. */
  async testToken(gitlab) {
    await this.chooseMethod('One repository provider');
    await this.fillGitlab(gitlab);
    await this.press('Test with GitLab');
  }

  /** An address of `null` is left as the page has it. */
  async fillTorque({
    address = this.sandbox.torque,
    token = this.sandbox.torqueTokens.admin,
    space = this.sandbox.space,
  } = {}) {
    await this.heading('Your Torque space');
    if (address !== null) await this.type('Torque URL', address);
    await this.type('Space', space);
    await this.type('Torque API token', token);
  }

  /** Types the address of a repository into the row of this number. */
  async typeRepository(number, url) {
    await this.type('Repository URL', url, `Repository ${number}`);
  }

  repository(path) {
    return `${this.sandbox.gitlab.baseUrl}${path}`;
  }

  /** With one provider, up to the step of the repositories. */
  async toRepositories(gitlab) {
    await this.chooseMethod('One repository provider');
    await this.fillGitlab(gitlab);
    await this.press('Continue');
    await this.heading('Your repositories');
  }

  /** With one provider, up to the review. */
  async toReview({ gitlab, torque, repositories = ['platform/terraform-modules'] } = {}) {
    await this.toRepositories(gitlab);
    for (const [index, path] of repositories.entries()) {
      if (index > 0) await this.press('Add a repository');
      await this.typeRepository(index + 1, this.repository(path));
    }
    await this.fromRepositoriesToReview(torque);
  }

  /** With the repositories as they are. */
  async fromRepositoriesToReview(torque) {
    await this.heading('Your repositories');
    await this.press('Continue');
    await this.fillTorque(torque);
    await this.press('Continue');
    await this.heading('Review and connect');
  }

  /** With one provider whose entries came back without the tokens: up to the review. */
  async enterTokensAgain() {
    await this.type('GitLab access token', this.sandbox.token('provider_good'));
    await this.press('Continue');
    await this.heading('Your repositories');
    await this.press('Continue');
    await this.heading('Your Torque space');
    await this.type('Torque API token', this.sandbox.torqueTokens.admin);
    await this.press('Continue');
    await this.heading('Review and connect');
  }

  /** After a job that Torque refused: to the review, with another token of Torque's. */
  async changeTorqueToken(token) {
    await this.press('Edit entries');
    await this.press('Back');
    await this.heading('Your Torque space');
    await this.type('Torque API token', token);
    await this.press('Continue');
    await this.heading('Review and connect');
  }

  /** From now on `window.posts` tells how often the page has sent a POST, by what it is for. */
  countPosts() {
    return this.run(() => {
      window.posts = { provider: 0, repository: 0 };
      window.held = false;
      const real = window.fetch;
      window.fetch = (url, init) => {
        if (init.method !== 'POST') return real(url, init);
        const isRepository = new URL(url).pathname.includes('/spaces/');
        window.posts[isRepository ? 'repository' : 'provider'] += 1;
        if (!isRepository || !window.held) return real(url, init);
        return new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)));
      };
    });
  }

  /** Counts them, and lets each of a repository wait until it is aborted, as long as `window.held` says so. */
  async holdRepositories() {
    await this.countPosts();
    await this.run(() => {
      window.held = true;
    });
  }

  /** Connects, and keeps every repository's request waiting. */
  async connectAndHold() {
    await this.holdRepositories();
    await this.press('Connect');
    await this.until('a request for a repository', () => window.posts.repository > 0);
  }

  /** Waits until a text is announced to screen readers. */
  says(text) {
    return this.until(
      `that “${text}” is announced`,
      (root, text) => root.querySelector('[role=status]').textContent.includes(text),
      text,
    );
  }
}

/**
 * In the page: the visible control of a role and name. The name is computed simply (label, `aria-label`, text); that it
 * is the one of the accessibility tree is what `accessibility.test.mjs` shows.
 */
function findControl(root, role, name, within) {
  const clean = (text) =>
    text
      .replace(/\s+/g, ' ')
      .replace(/\s*\(optional\)\s*$/, '')
      .trim();
  const byIds = (element, ids) =>
    ids
      .split(' ')
      .map((id) => element.getRootNode().getElementById(id)?.textContent ?? '')
      .join(' ');
  const nameOf = (element) => {
    const given = element.getAttribute('aria-label');
    if (given !== null) return clean(given);
    const ids = element.getAttribute('aria-labelledby');
    if (ids !== null) return clean(byIds(element, ids));
    return clean((element.labels?.[0] ?? element).innerText);
  };
  const selectors = {
    textbox: 'textarea, input:not([type=radio], [type=checkbox], [type=file], [type=hidden])',
    button: 'button',
    radio: 'input[type=radio]',
    checkbox: 'input[type=checkbox]',
    link: 'a[href]',
    any: 'button, a[href], summary, label',
  };
  const groups = 'li, fieldset, section, [role=group], [role=region]';
  const scope =
    within === null ? root : [...root.querySelectorAll(groups)].find((group) => nameOf(group).startsWith(within));
  const shown = [...(scope?.querySelectorAll(selectors[role]) ?? [])].filter((element) => element.checkVisibility());
  // A style sheet may write in capitals what is drawn.
  const texts = (element) => [nameOf(element), clean(element.innerText), clean(element.textContent)];
  const exact = shown.find((element) => texts(element).includes(name));
  return exact ?? shown.find((element) => clean(element.innerText).includes(name)) ?? null;
}

export { engine, Key };
