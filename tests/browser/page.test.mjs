/** The page in Chromium over the sandbox, as a user goes through it. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { By, Key, Page, startBrowser, startSandbox } from './support.mjs';

let sandbox;
let browser;

before(async () => {
  sandbox = await startSandbox();
  browser = await startBrowser();
});

after(async () => {
  await browser?.stop();
  sandbox?.stop();
});

const open = (options) => Page.open(browser.driver, sandbox, { policy: { pollMs: 100 }, ...options });

describe('one provider', () => {
  it('connects two repositories and says where assets are discovered', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    await page.press('Test with GitLab');
    await page.shows('This token will do.');
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.type('repository-1-url', page.repository('platform/terraform-modules.git'));
    await page.press('Add a repository');
    await page.type('repository-2-url', page.repository('payments/ledger'));
    await page.press('Continue');
    await page.fillTorque();
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Connected');
    const text = await page.text();
    assert.match(text, /Discover Assets/);
    assert.match(text, /platform\/terraform-modules/);
    assert.match(text, /payments\/ledger/);
    await assertForgotten(page);
    assert.deepEqual(await page.violations(), []);
  });

  it('asks for the address alone where Torque has the provider', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.press('Use one that Torque has');
    assert.equal(await page.run((root) => root.querySelector('#token')), null);
    await page.type('base-url', sandbox.gitlab.baseUrl);
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.press('Continue');
    await page.shows('One thing needs your attention');
  });

  it('names the scope that a token lacks', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ token: sandbox.token('read_api_only') });
    await page.press('Test with GitLab');
    await page.shows('This token will not do yet.');
    assert.match(await page.text(), /lacks the scope read_repository/);
  });

  it('keeps only the token of what was pasted with it', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.type('token', `PRIVATE-TOKEN: ${sandbox.token('provider_good')}`);
    await page.type('base-url', sandbox.gitlab.baseUrl);
    await page.press('Keep only the token');
    assert.equal(await page.run((root) => root.querySelector('#token').value), sandbox.token('provider_good'));
    await page.press('Test with GitLab');
    await page.shows('This token will do.');
  });

  it('lets the user accept an expiry knowingly', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ token: sandbox.token('provider_expiring') });
    await page.press('Test with GitLab');
    await page.shows('This token will not do yet.');
    await page.press('Accept that this token expires');
    await page.shows('This token will do.');
  });

  it('does not call a token wrong because GitLab cannot be reached', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    // Port 9 is "discard": nothing listens there.
    await page.fillGitlab({ baseUrl: 'http://127.0.0.1:9/' });
    await page.press('Test with GitLab');
    await page.shows('That says nothing against the token.');
    assert.equal(await page.run((root) => root.querySelectorAll('.state-failed').length), 0);
  });
});

describe('a token for each repository', () => {
  it('proposes the server, checks each token and connects', async () => {
    const page = await open();
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    await page.type('repository-1-url', page.repository('payments/ledger'));
    await page.type('repository-1-token', sandbox.token('repository_good'));
    assert.equal(
      await page.run((root) => root.querySelector('#propose-base-url code').textContent),
      new URL('/', sandbox.gitlab.baseUrl).href,
    );
    await page.type('base-url', sandbox.gitlab.baseUrl);
    await page.press('Test with GitLab');
    await page.shows('This token will do.');
    assert.match(await page.text(), /Readable as payments\/ledger/);
    await page.press('Continue');
    await page.fillTorque();
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Connected');
    await assertForgotten(page);
    assert.deepEqual(await page.violations(), []);
  });
});

describe('refusals', () => {
  it('refuses a repository outside the base URL beside its field, and again above the form', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.type('repository-1-url', new URL('/gitlab-old/platform/terraform-modules', sandbox.gitlab.baseUrl).href);
    assert.match(await page.verdict('repository-1-url'), /does not lie in the provider's base URL/);
    await page.press('Continue');
    await page.shows('One thing needs your attention');
    assert.equal(await page.run((root) => root.activeElement.id), 'summary');
  });

  it('offers what would pass and takes it on a click', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.type('repository-1-url', `${page.repository('platform/terraform-modules')}/-/tree/main`);
    assert.match(await page.verdict('repository-1-url'), /page inside a project/);
    await page.press(page.repository('platform/terraform-modules'));
    assert.match(await page.verdict('repository-1-url'), /Inside .*: platform\/terraform-modules/);
    assert.equal(
      await page.run((root) => root.querySelector('#repository-1-url').value),
      page.repository('platform/terraform-modules'),
    );
  });

  it('shows what Torque says to a wrong token, and keeps what was typed', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.type('repository-1-url', page.repository('platform/terraform-modules'));
    await page.press('Continue');
    await page.fillTorque({ token: 'not-the-token' });
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Not connected');
    assert.match(await page.text(), /Torque/);
    await page.press('Change something');
    await page.heading('Review and connect');
    await page.press('Back');
    await page.heading('Your Torque space');
    assert.equal(await page.run((root) => root.querySelector('#space').value), sandbox.space);
    assert.equal(await page.run((root) => root.querySelector('#torque-token').value), 'not-the-token');
  });
});

describe('in the sandbox', () => {
  it('fills an example in on a click, and that example connects', async () => {
    const page = await open();
    const button = await browser.driver.findElement(By.css('[data-example="token_per_repository"]'));
    await button.click();
    await page.until('the example', () => document.querySelector('#sandbox-said').textContent.startsWith('Filled in'));
    for (const heading of ['Your repositories', 'Your Torque space', 'Review and connect']) {
      await page.press('Continue');
      await page.heading(heading);
    }
    await page.press('Connect');
    await page.heading('Connected');
  });
});

describe('what a server says', () => {
  it('is text, whatever it looks like', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.run((root) => {
      const body = JSON.stringify({
        id: 1,
        name: '<img src=x onerror=alert(1)>',
        scopes: ['<b>api</b>'],
        active: true,
      });
      root.host.fetch = async () => new Response(body, { headers: { 'content-type': 'application/json' } });
    });
    await page.fillGitlab();
    await page.press('Test with GitLab');
    await page.shows('<img src=x onerror=alert(1)>');
    assert.equal(await page.run((root) => root.querySelectorAll('.panel img, .panel b').length), 0);
    assert.deepEqual(await page.violations(), []);
  });
});

describe('what the page around it is told', () => {
  it('holds no token', async () => {
    const page = await open();
    await page.run((root) => {
      window.told = [];
      for (const name of ['step', 'start', 'progress', 'end']) {
        root.host.addEventListener(`torque-gitlab-connect-${name}`, ({ type, step, detail, report }) =>
          window.told.push(JSON.stringify({ type, step, detail, report })),
        );
      }
    });
    await toReview(page);
    await page.press('Connect');
    await page.until('the end', () => window.told.some((event) => event.includes('torque-gitlab-connect-end')));
    const told = (await page.run(() => window.told)).join('\n');
    assert.match(told, /torque-gitlab-connect-progress/);
    assert.ok(!told.includes(sandbox.token('provider_good')));
    assert.ok(!told.includes(sandbox.torqueTokens.admin));
  });

  it('can keep it from sending anything', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.addEventListener('torque-gitlab-connect-start', (event) => event.preventDefault());
    });
    await toReview(page);
    await page.requests();
    await page.press('Connect');
    await page.heading('Review and connect');
    assert.deepEqual(await page.requests(), []);
  });
});

describe('tokens', () => {
  it('are gone when the element is taken out of the document', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    const values = await browser.driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      const element = document.querySelector('torque-gitlab-connect');
      element.remove();
      element.updateComplete.then(() => done([...element.shadowRoot.querySelectorAll('input')].map(({ value }) => value)));
    `);
    assert.ok(values.includes(sandbox.gitlab.baseUrl));
    assert.ok(!values.includes(sandbox.token('provider_good')));
  });

  it('are shown only while the user wants to see them', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    const type = () => page.run((root) => root.querySelector('#token').type);
    assert.equal(await type(), 'password');
    await page.press('Show');
    assert.equal(await type(), 'text');
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.press('Back');
    await page.heading('Your GitLab');
    assert.equal(await type(), 'password');
  });
});

describe('when a field is judged', () => {
  it('waits until it is left, then follows each key until it is right', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const field = await page.field('base-url');
    await field.sendKeys('gitlab.example.com');
    assert.equal(await page.verdict('base-url'), '');
    await field.sendKeys(Key.TAB);
    assert.match(await page.verdict('base-url'), /must begin with https/);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await field.sendKeys(Key.HOME, 'https://');
    assert.match(await page.verdict('base-url'), /https on gitlab\.example\.com, port 443/);
    assert.equal(await field.getAttribute('aria-invalid'), null);
  });

  it('leaves an untouched field alone', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const field = await page.field('name');
    await field.sendKeys(Key.TAB);
    assert.equal(await page.verdict('name'), '');
  });
});

describe('review', () => {
  it('shows the exact JSON with the token masked, and curl without any token', async () => {
    const page = await open();
    await toReview(page);
    const text = await page.run((root) => {
      for (const details of root.querySelectorAll('details')) details.open = true;
      return root.querySelector('.panel').innerText;
    });
    assert.match(text, /"type": "gitLabEnterprise"/);
    assert.match(text, new RegExp(`"base_url": "${sandbox.gitlab.baseUrl}"`));
    assert.match(text, /"repos": \[\]/);
    assert.match(text, /curl/);
    assert.ok(!text.includes(sandbox.token('provider_good')));
    assert.ok(!text.includes(sandbox.torqueTokens.admin));
  });
});

describe('what the page sends', () => {
  it('is nothing before a click but its own files, and then goes to the two checked origins alone', async () => {
    const page = await open();
    const atFirst = await page.requests();
    assert.deepEqual(
      atFirst.filter(({ url }) => !isOwnFile(url)).map(({ url }) => url),
      [],
    );
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.type('repository-1-url', page.repository('platform/terraform-modules'));
    await page.press('Continue');
    await page.fillTorque();
    await page.press('Continue');
    await page.heading('Review and connect');
    assert.deepEqual(await page.requests(), []);
    await page.press('Connect');
    await page.until('the end', (root) => root.querySelector('.outcome'));
    const sent = await page.requests();
    const allowed = [new URL(sandbox.torque).origin, new URL(sandbox.gitlab.baseUrl).origin];
    assert.ok(sent.length > 0);
    assert.deepEqual(
      sent.filter(({ url }) => !allowed.includes(new URL(url).origin)).map(({ url }) => url),
      [],
    );
    const tokens = [sandbox.token('provider_good'), sandbox.torqueTokens.admin];
    assert.deepEqual(
      sent.filter(({ url }) => tokens.some((token) => url.includes(token))),
      [],
    );
  });
});

describe('by keyboard alone', () => {
  it('connects a repository', async () => {
    const page = await open();
    const { driver } = browser;
    const keys = (...sent) =>
      driver
        .actions()
        .sendKeys(...sent)
        .perform();
    // Tab until the control of this id or name has the focus, as a user would.
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 40; presses += 1) {
        const at = await page.run((root) => {
          const active = root.activeElement;
          return active && [active.id, active.getAttribute('name'), active.textContent.trim()];
        });
        if (at?.includes(wanted)) return;
        await keys(Key.TAB);
      }
      assert.fail(`“${wanted}” is not reached by Tab`);
    };
    await tabTo('method');
    await keys(Key.ENTER);
    await page.heading('Your GitLab');
    await tabTo('name');
    await keys('gitlab-keys');
    await tabTo('base-url');
    await keys(sandbox.gitlab.baseUrl);
    await tabTo('token');
    await keys(sandbox.token('provider_good'));
    await tabTo('token-test');
    await keys(Key.SPACE);
    await page.shows('This token will do.');
    await tabTo('Continue');
    await keys(Key.ENTER);
    await page.heading('Your repositories');
    await tabTo('repository-1-url');
    await keys(page.repository('platform/terraform-modules'), Key.ENTER);
    await page.heading('Your Torque space');
    await tabTo('portal-url');
    await driver.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL).sendKeys(sandbox.torque).perform();
    await tabTo('space');
    await keys(sandbox.space);
    await tabTo('torque-token');
    await keys(sandbox.torqueTokens.admin, Key.ENTER);
    await page.heading('Review and connect');
    await tabTo('Connect');
    await keys(Key.ENTER);
    await page.heading('Connected');
  });
});

describe('on a narrow screen', () => {
  for (const step of ['method', 'gitlab', 'review']) {
    it(`fits into 360 pixels: ${step}`, async () => {
      const page = await open({ width: 360, height: 740 });
      if (step === 'gitlab') {
        await page.chooseMethod('One repository provider');
        await page.fillGitlab({ token: sandbox.token('read_api_only') });
        await page.press('Test with GitLab');
        await page.shows('This token will not do yet.');
      }
      if (step === 'review') await toReview(page);
      const { wide, room } = await page.run(() => ({
        wide: document.documentElement.scrollWidth,
        room: document.documentElement.clientWidth,
      }));
      assert.ok(wide <= room, `${wide} pixels wide in ${room}`);
    });
  }
});

function isOwnFile(url) {
  return ['', 'page.js', 'page.css', 'icon.svg'].some((name) => url === `${sandbox.page}${name}`);
}

async function toReview(page) {
  await page.chooseMethod('One repository provider');
  await page.fillGitlab();
  await page.press('Continue');
  await page.heading('Your repositories');
  await page.type('repository-1-url', page.repository('platform/terraform-modules'));
  await page.press('Continue');
  await page.fillTorque();
  await page.press('Continue');
  await page.heading('Review and connect');
}

/** No token is left where it could be found later: in the document, its address, its title or a storage. */
async function assertForgotten(page) {
  const found = await page.run((root) => {
    const inAttributes = [...root.querySelectorAll('*'), ...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].map((attribute) => attribute.value),
    );
    const inInputs = [...root.querySelectorAll('input')].map((input) => input.value);
    const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify(storage));
    return [
      root.innerHTML,
      location.href,
      document.title,
      document.cookie,
      ...inAttributes,
      ...inInputs,
      ...stored,
    ].join('\n');
  });
  const tokens = [...sandbox.tokens.map(({ token }) => token), ...Object.values(sandbox.torqueTokens)];
  assert.deepEqual(
    tokens.filter((token) => found.includes(token)),
    [],
  );
}
