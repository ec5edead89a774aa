/**
 * What the page must never do: give a token away, run what a server sends, send what nobody asked for. That no policy is
 * violated is held after each test of every file, by `inBrowser`.
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startDouble } from './hostile.mjs';
import { engine, inBrowser, serialised } from './support.mjs';

const here = inBrowser();
const { open } = here;

/** Every token that the sandbox knows. */
const tokens = () => [...here.sandbox.tokens.map(({ token }) => token), ...Object.values(here.sandbox.torqueTokens)];

describe('the policy of the page', () => {
  it('stops markup from text, code from text and other policies', async () => {
    const page = await open();
    const allowed = await page.run(() => window.attemptForbidden());
    assert.deepEqual(allowed, []);
    // Violations are reported in a task of their own.
    await page.until('the reports', () => window.watched.violations.length >= 4);
    page.expected.push(/./);
  });

  it('lets only lit make templates, and the address is told to nobody', async () => {
    const page = await open();
    const policy = await page.run(() => document.querySelector('meta[http-equiv="Content-Security-Policy" i]').content);
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types lit-html$/);
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
    const answer = await fetch(here.sandbox.page);
    assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'/);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  });
});

describe('tokens', () => {
  it('are found nowhere but in their fields while they are typed', async () => {
    const page = await open();
    await listen(page);
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    await page.press('Show GitLab access token');
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
    await assertNowhere(page);
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('platform/terraform-modules'));
    await page.press('Continue');
    await page.fillTorque();
    await assertNowhere(page);
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.run((root) => {
      for (const details of root.querySelectorAll('details')) details.open = true;
    });
    await assertNowhere(page);
  });

  it('that were shown are hidden again by Continue, also when it finds an error', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ name: '' });
    await page.press('Show GitLab access token');
    await page.press('Continue');
    await page.control('button', 'Show GitLab access token');
    assert.equal(await page.run((root) => root.querySelector('#token').type), 'password');
  });

  it('are found nowhere at all once the job is done, and in no event', async () => {
    const page = await open();
    await listen(page);
    await page.toReview();
    await page.press('Connect');
    await page.heading('Connected');
    await assertNowhere(page, { fields: true });
    const dispatched = await page.run(() => window.dispatched);
    const types = new Set(dispatched.map((event) => JSON.parse(event).type.replace('torque-gitlab-connect-', '')));
    for (const type of ['step', 'before-connect', 'before-request', 'start', 'progress', 'end'])
      assert.ok(types.has(type), `no event ${type}`);
  });

  it('are found nowhere when the job has failed and the element is taken out of the document', async () => {
    const page = await open();
    await listen(page);
    await page.toReview({ torque: { token: here.sandbox.torqueTokens.outsider } });
    await page.press('Connect');
    await page.heading('Not connected');
    await assertNowhere(page);
    const left = await page.driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      const element = document.querySelector('torque-gitlab-connect');
      const fields = () => [...element.shadowRoot.querySelectorAll('input, textarea')].map(({ value }) => value);
      element.remove();
      setTimeout(async () => {
        await element.updateComplete;
        const after = fields();
        document.querySelector('main').append(element);
        await element.updateComplete;
        done([...after, ...fields()]);
      });
    `);
    assert.deepEqual(
      left.filter((value) => tokens().includes(value)),
      [],
    );
    await assertNowhere(page, { fields: true });
  });

  it('are kept from the browser’s memory of forms', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const token = await page.field('GitLab access token');
    const attributes = await page.driver.executeScript(
      `const [token] = arguments;
       const written = (element) => Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
       return { token: written(token), form: written(token.form) };`,
      token,
    );
    assert.equal(attributes.token.type, 'password');
    // Browsers ignore `off` for passwords.
    assert.equal(attributes.token.autocomplete, 'new-password');
    assert.equal(attributes.token.name, undefined);
    assert.equal(attributes.token.value, undefined);
    assert.equal(attributes.form.autocomplete, 'off');
    assert.equal(attributes.form.action, undefined);
  });

  it('are shown only while the user wants to see them', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    const type = async () => (await page.field('GitLab access token')).getAttribute('type');
    assert.equal(await type(), 'password');
    await page.press('Show GitLab access token');
    assert.equal(await type(), 'text');
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.press('Back');
    await page.heading('Your GitLab');
    assert.equal(await type(), 'password');
  });
});

describe('what the page sends', () => {
  it('is nothing before a click, and then goes to the two checked origins alone', async () => {
    const page = await open();
    assert.deepEqual(
      (await page.requests()).map(({ url }) => url).filter((url) => !isOwnFile(url)),
      [],
    );
    await page.toReview();
    assert.deepEqual(
      (await page.requests()).map(({ url }) => url).filter((url) => !isOwnFile(url)),
      [],
    );
    const before = (await here.sandbox.log()).filter((line) => !line.startsWith('page'));
    assert.deepEqual(before, []);
    await page.press('Connect');
    await page.heading('Connected');
    const sent = await page.requests();
    const allowed = [new URL(here.sandbox.torque).origin, new URL(here.sandbox.gitlab.baseUrl).origin];
    assert.ok(sent.length > 0);
    assert.deepEqual(
      sent.map(({ url }) => url).filter((url) => !allowed.includes(new URL(url).origin)),
      [],
    );
    assert.deepEqual(
      sent.filter(({ url }) => tokens().some((token) => decodeURIComponent(url).includes(token))),
      [],
    );
    for (const request of sent.filter(({ by }) => by === 'fetch')) {
      assert.equal(request.referrerPolicy, 'no-referrer', request.url);
      assert.equal(request.credentials, 'omit', request.url);
      assert.equal(request.redirect, 'manual', request.url);
      assert.equal(request.cache, 'no-store', request.url);
    }
  });

  it('tells no server where it was sent from', async () => {
    const double = await startDouble();
    try {
      const page = await open();
      await page.testToken({ baseUrl: double.url });
      await page.shows('This token meets the requirements.');
      assert.ok(double.requests.length > 0);
      for (const { headers, url } of double.requests) {
        assert.equal(headers.referer, undefined, url);
        assert.equal(headers.cookie, undefined, url);
      }
    } finally {
      double.stop();
    }
  });
});

describe('a hostile server', () => {
  const bidi = '\u202e\u2066gpj.exe\u2069';
  const controls = '\u0000\u0007\u001b[31m\u009b\u2028';
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script>{{constructor}}';

  it('has its markup, controls and turned text shown as harmless text', async () => {
    const name = `${markup}${bidi}${controls}end`;
    const double = await startDouble({ gitlab: { name, scopes: ['read_api', 'read_repository', markup, bidi] } });
    try {
      const page = await open();
      await page.testToken({ baseUrl: double.url });
      await page.shows('<img src=x onerror=alert(1)>');
      await assertHarmless(page);
    } finally {
      double.stop();
    }
  });

  it('has what its Torque says shown as harmless text', async () => {
    const message = `${markup}${bidi}${controls}end`;
    const double = await startDouble({ torque: { status: 422, body: { message, errors: [{ message }] } } });
    try {
      const page = await open();
      await page.toRepositories();
      await page.typeRepository(1, page.repository('platform/terraform-modules'));
      await page.press('Continue');
      await page.heading('Your Torque space');
      await page.type('Torque URL', double.url);
      await page.type('Space', 'space');
      await page.type('Torque API token', here.sandbox.torqueTokens.admin);
      await page.press('Continue');
      await page.heading('Review and connect');
      await page.press('Connect');
      await page.heading('Not connected');
      await assertHarmless(page);
    } finally {
      double.stop();
    }
  });

  it('cannot fill the memory: of 10 MB the page reads no more than it needs', async () => {
    const double = await startDouble({ gitlab: { name: 'x'.repeat(10_000_000) } });
    try {
      const page = await open();
      await page.testToken({ baseUrl: double.url });
      await page.shows('The token may still work.');
      const text = await page.text();
      assert.ok(text.length < 20_000, `${text.length} characters are shown`);
    } finally {
      double.stop();
    }
  });

  /** No element came of it, no script ran, and nothing that a terminal or a reader would obey is drawn bare. */
  async function assertHarmless(page) {
    const { made, alone } = await page.run((root) => {
      const elements = [...root.querySelectorAll('img, script, iframe, object, embed')];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const alone = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.parentElement?.closest('style')) continue;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
        const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/.test(node.data);
        // A text that may turn the direction of what is around it stands in an element that keeps it inside.
        const turned = /[\u202a-\u202e\u2066-\u2069]/.test(node.data);
        const isolated = Boolean(node.parentElement?.closest('bdi, [dir=auto]'));
        if (controls || (turned && !isolated)) alone.push(node.data.slice(0, 200));
      }
      return { made: elements.map(({ outerHTML }) => outerHTML), alone };
    });
    assert.deepEqual(made, []);
    assert.deepEqual(alone, []);
  }
});

function isOwnFile(url) {
  const names = ['', 'page.js', 'page.css', 'icon.svg', 'watch.js', 'favicon.ico'];
  return names.some((name) => url === `${here.sandbox.page}${name}`);
}

/** Notes what the element's events hold, every property of them. */
function listen(page) {
  return page.run((root) => {
    window.dispatched = [];
    const names = ['step', 'errors', 'token-tested', 'before-connect', 'before-request', 'start', 'progress', 'end'];
    for (const name of names) {
      root.host.addEventListener(`torque-gitlab-connect-${name}`, (event) => {
        const held = {};
        for (const key in event) {
          const value = event[key];
          if (typeof value !== 'function' && !(value instanceof Node) && value !== window) held[key] = value;
        }
        window.dispatched.push(JSON.stringify(held));
      });
    }
  });
}

/** No token is where it could be found: in the document, its address, its title, a storage, the console, an event. */
async function assertNowhere(page, { fields = false } = {}) {
  const found = await page.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    const all = (root) => [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
    const listed = async () => {
      const cached = 'caches' in window && isSecureContext ? await caches.keys() : [];
      const databases = indexedDB.databases ? await indexedDB.databases() : [];
      return {
        document: (() => { ${serialised} })(),
        address: location.href,
        history: JSON.stringify(history.state),
        title: document.title,
        name: window.name,
        cookie: document.cookie,
        localStorage: JSON.stringify({ ...localStorage }),
        sessionStorage: JSON.stringify({ ...sessionStorage }),
        caches: JSON.stringify(cached),
        databases: JSON.stringify(databases),
        console: window.watched.console.join('\\n'),
        addresses: performance.getEntries().map(({ name }) => name).join('\\n'),
        events: (window.dispatched ?? []).join('\\n'),
        report: JSON.stringify(document.querySelector('torque-gitlab-connect')?.report ?? null),
        entries: JSON.stringify(document.querySelector('torque-gitlab-connect')?.entries ?? null),
        fields: all(document).map(({ value }) => (typeof value === 'string' ? value : '')).join('\\n'),
      };
    };
    listed().then(done, (error) => done({ failed: String(error) }));
  `);
  assert.equal(found.failed, undefined);
  assert.match(found.document, /torque-gitlab-connect/);
  const where = Object.entries(found).filter(([place]) => fields || place !== 'fields');
  const secrets = tokens();
  assert.deepEqual(
    where.filter(([, text]) => secrets.some((token) => text.includes(token))).map(([place]) => `${place} (${engine})`),
    [],
  );
}
