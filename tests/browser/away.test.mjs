/** What users do besides filling in: they leave and come back, open a second tab, lose the network, close the page. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serve } from '../../examples/serve.mjs';
import { engine, inBrowser, patience } from './support.mjs';

const here = inBrowser('--failures-switch');
const { open } = here;

/** What Torque was asked to make, and did. */
async function made() {
  const lines = (await here.sandbox.log()).filter((line) => /POST \S+ 20\d/.test(line));
  return {
    providers: lines.filter((line) => line.includes('/repository_providers ')).length,
    repositories: lines.filter((line) => line.includes('/repositories/gitlabEnterprise ')).length,
  };
}

describe('the back/forward cache', () => {
  /** A page that may be kept there: the sandbox's own is `no-store`, as a page for secrets should be. */
  async function openKept() {
    const { torque, torqueTokens } = here.sandbox;
    const examples = await serve({ torque, torqueToken: torqueTokens.admin });
    here.afterwards.push(examples.close);
    const page = await open({ address: `${examples.origin}plain-html/` });
    await page.run(() => {
      addEventListener('pageshow', ({ persisted }) => {
        window.persisted = persisted;
      });
    });
    return page;
  }

  /** To another page of the same site, and back by the button. */
  async function leaveAndComeBack(page) {
    await page.driver.get(new URL('page.css', await page.driver.getCurrentUrl()).href);
    await page.driver.navigate().back();
    await page.until('the element', (root) => root);
    return page.run(() => window.persisted === true);
  }

  /** The same two events without a journey: a double, for the engines that keep no page while they are driven. */
  function pretend(page) {
    return page.run(() => {
      for (const type of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
      window.persisted = true;
    });
  }

  function skipOrFail(test) {
    assert.equal(engine, 'firefox', 'the page was not kept');
    test.skip('Firefox keeps no page while it is driven');
  }

  const ways = { 'by the button': leaveAndComeBack, 'by a double of the events': pretend };
  for (const [how, comeBack] of Object.entries(ways)) {
    it(`gives everything back but the tokens, ${how}`, async (test) => {
      const page = await openKept();
      await page.chooseMethod('One repository provider');
      await page.fillGitlab({ name: 'gitlab-cached' });
      await page.press('Show GitLab access token');
      await page.press('Continue');
      await page.heading('Your repositories');
      await page.typeRepository(1, page.repository('payments/ledger'));
      if ((await comeBack(page)) === false) return skipOrFail(test);
      await page.heading('Your GitLab');
      await page.shows('Your entries are restored. Tokens are never saved');
      const token = await page.field('GitLab access token');
      assert.equal(await token.getProperty('value'), '');
      assert.equal(await token.getAttribute('type'), 'password');
      assert.equal(await page.value('Provider name'), 'gitlab-cached');
      await page.type('GitLab access token', here.sandbox.token('provider_good'));
      await page.press('Continue');
      await page.heading('Your repositories');
      assert.equal(await page.value('Repository URL'), page.repository('payments/ledger'));
    });

    it(`stops a job, which goes on from there and sends nothing twice, ${how}`, async (test) => {
      const page = await openKept();
      await page.toReview({ gitlab: { name: 'gitlab-left' } });
      await page.connectAndHold();
      if ((await comeBack(page)) === false) return skipOrFail(test);
      await page.heading('Your GitLab');
      await page.shows('an unfinished job');
      assert.deepEqual(await page.run(() => window.posts), { provider: 1, repository: 1 });
      await page.run(() => {
        window.held = false;
      });
      await page.type('GitLab access token', here.sandbox.token('provider_good'));
      await page.press('Continue');
      await page.fromRepositoriesToReview();
      await page.press('Connect');
      await page.until('the row of the provider', (root) => root.querySelector('.state-done'));
      assert.equal(await page.run(() => window.posts.provider), 1);
      assert.equal((await made()).providers, 1);
    });
  }

  it('leaves the result of a job that is done where it is', async () => {
    const page = await openKept();
    await page.toReview();
    await page.press('Connect');
    await page.heading('Connected');
    await pretend(page);
    await page.heading('Connected');
  });
});

describe('two tabs', () => {
  it('have entries and jobs of their own', async () => {
    const first = await open();
    const { driver } = first;
    await first.toReview({ gitlab: { name: 'gitlab-first' } });
    await first.connectAndHold();
    const one = await driver.getWindowHandle();
    await driver.switchTo().newWindow('tab');
    here.afterwards.push(async () => {
      for (const handle of await driver.getAllWindowHandles()) {
        if (handle === one) continue;
        await driver.switchTo().window(handle);
        await driver.close();
      }
      await driver.switchTo().window(one);
    });
    const second = await open();
    await second.toReview({ gitlab: { name: 'gitlab-second' }, repositories: ['payments/ledger'] });
    await second.press('Connect');
    await second.heading('Connected');

    await driver.switchTo().window(one);
    await first.heading('Connecting');
    await driver.navigate().refresh();
    await first.heading('Your GitLab');
    await first.shows('an unfinished job');
    assert.equal(await first.value('Provider name'), 'gitlab-first');
    here.page = first;
  });

  /** A copy of the present tab with what it has kept, up to its review. */
  async function duplicate(page, { locks }) {
    const { driver } = page;
    const one = await driver.getWindowHandle();
    const before = await driver.getAllWindowHandles();
    await page.run(() => void window.open(location.href));
    const two = await driver.wait(
      async () => (await driver.getAllWindowHandles()).find((handle) => !before.includes(handle)),
      patience,
    );
    here.afterwards.push(async () => {
      await driver.switchTo().window(two);
      await driver.close();
      await driver.switchTo().window(one);
    });
    await driver.switchTo().window(two);
    await page.heading('Your GitLab');
    await page.shows('an unfinished job');
    if (!locks) await withoutLocks(page);
    await page.run((root) => {
      root.host.policy = { pollMs: 50 };
    });
    await page.enterTokensAgain();
    return { one, two };
  }

  /** As over plain http. */
  const withoutLocks = (page) =>
    page.run(() => {
      Object.defineProperty(navigator, 'locks', { value: undefined });
    });

  for (const locks of [true, false]) {
    it(`send the POSTs of one job once, ${locks ? 'with' : 'without'} Web Locks`, async (test) => {
      // A tab that WebDriver opens has no copy of the session storage.
      if (engine === 'webkit') return test.skip('WebKit lets no script open a tab while it is driven');
      const page = await open();
      if (!locks) await withoutLocks(page);
      await page.toReview({ gitlab: { name: 'gitlab-both' }, repositories: ['payments/ledger', 'fleet/unit-001'] });
      await page.run(() => {
        const real = window.fetch;
        window.fetch = (url, init) =>
          init.method !== 'POST' || window.letGo === null
            ? real(url, init)
            : new Promise((resolve) => {
                window.letGo = () => {
                  window.letGo = null;
                  resolve(real(url, init));
                };
              });
      });
      await page.press('Connect');
      await page.until('the request for the provider', () => window.letGo !== undefined);
      const { one, two } = await duplicate(page, { locks });
      await page.press('Connect');
      await page.heading('This job runs in another tab');
      assert.deepEqual(await made(), { providers: 0, repositories: 0 });

      await page.driver.switchTo().window(one);
      await page.run(() => window.letGo());
      await page.heading('Connected');
      const once = { providers: 1, repositories: 2 };
      assert.deepEqual(await made(), once);

      // What was done there is known here.
      await page.driver.switchTo().window(two);
      await page.press('Resume');
      await page.heading('Connected');
      assert.deepEqual(await made(), once);
    });
  }
});

describe('without a network', () => {
  /** Takes the network away, and gives it back in the end: truly where the driver can, elsewhere a double of `fetch`. */
  async function goOffline(page) {
    if (engine === 'chromium') {
      const { driver } = page;
      await driver.setNetworkConditions({ offline: true, latency: 0, download_throughput: 0, upload_throughput: 0 });
      const comeBack = () => driver.deleteNetworkConditions();
      here.afterwards.push(comeBack);
      return comeBack;
    }
    await page.run(() => {
      window.real = window.fetch;
      window.fetch = () => Promise.reject(new TypeError('no network'));
    });
    return () =>
      page.run(() => {
        window.fetch = window.real;
      });
  }

  it('a token is not called wrong', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    const comeBack = await goOffline(page);
    await page.press('Test with GitLab');
    await page.shows('This page could not reach GitLab. The token may still work.');
    if (engine === 'chromium') await page.shows('This computer is offline. Try again when it is connected.');
    assert.doesNotMatch(await page.text(), /does not meet|Failed/);
    assert.equal(await (await page.field('GitLab access token')).getAttribute('aria-invalid'), null);
    await comeBack();
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
  });

  it('nothing is made, and once it is back the job goes on', async () => {
    const page = await open();
    await page.toReview();
    const comeBack = await goOffline(page);
    await page.press('Connect');
    await page.heading('Not connected');
    const text = await page.text();
    assert.match(text, /could not be reached from here/);
    assert.match(text, /Test with GitLab\s+Unknown/);
    assert.match(text, /Create the provider gitlab-1\s+Not started/);
    assert.deepEqual(await made(), { providers: 0, repositories: 0 });
    await comeBack();
    await page.press('Try again');
    await page.heading('Connected');
    assert.deepEqual(await made(), { providers: 1, repositories: 1 });
  });
});

describe('a slow network', () => {
  it('shows what is under way, and one press is enough', async () => {
    const page = await open();
    await page.toReview();
    await here.sandbox.failures('delay=1500:provider:1');
    await page.press('Connect');
    await page.heading('Connecting');
    await page.until('the request under way', (root) =>
      [...root.querySelectorAll('.state-running')].some(({ innerText }) => innerText.includes('gitlab-1')),
    );
    await page.heading('Connected');
    assert.deepEqual(await made(), { providers: 1, repositories: 1 });
  });
});

describe('closing the page', () => {
  /** Whether the browser would ask first. */
  const asks = (page) => page.run(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

  it('is asked about while a job runs, and at no other time', async () => {
    const page = await open();
    await page.toReview();
    assert.equal(await asks(page), false);
    await page.connectAndHold();
    assert.equal(await asks(page), true);
    await page.press('Pause');
    await page.heading('Paused');
    assert.equal(await asks(page), false);
  });
});

describe('the title', () => {
  const title = (page) => page.driver.getTitle();

  it('says that there are errors as long as they are shown, in the language of the page', async () => {
    const page = await open();
    assert.equal(await title(page), 'Connect GitLab to Torque');
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.press('Continue');
    await page.shows('need your attention');
    assert.equal(await title(page), 'Error: Connect GitLab to Torque');
    await page.driver.executeScript("document.querySelector('#language').click()");
    assert.equal(await title(page), 'Fehler: GitLab mit Torque verbinden');
    await page.driver.executeScript("document.querySelector('#language').click()");
    await page.fillGitlab();
    await page.press('Continue');
    await page.until('a title without errors', () => document.title === 'Connect GitLab to Torque');
  });

  it('says that a job has failed, and holds no token', async () => {
    const page = await open();
    await page.toReview({ torque: { token: here.sandbox.torqueTokens.outsider } });
    await page.press('Connect');
    await page.heading('Not connected');
    assert.equal(await title(page), 'Error: Connect GitLab to Torque');
    await page.press('Edit entries');
    await page.heading('Review and connect');
    assert.equal(await title(page), 'Connect GitLab to Torque');
  });
});

describe('a provider of which Torque does not tell whether it was made', () => {
  const ways = [
    ['500-after:provider:1', 'It exists: continue', 1],
    ['500-before:provider:1', 'It does not exist: create it', 1],
  ];
  it('is asked with buttons that stand apart, and what waited for it is told once', async () => {
    const page = await open({ width: 1280 });
    await page.toReview({ repositories: ['platform/terraform-modules', 'payments/ledger'] });
    await here.sandbox.failures(ways[0][0]);
    await page.press('Connect');
    await page.heading('Unknown');
    const gap = await page.run((root) => {
      const [left, right] = [...root.querySelectorAll('.suggestion')].map((way) => way.getBoundingClientRect());
      // Firefox places boxes at fractions of a pixel.
      return Math.round(right.left - left.right);
    });
    assert.ok(gap >= 8, `${gap} px`);
    const text = await page.text();
    assert.equal(text.match(/because an earlier step stopped the job/g)?.length, 1, text);
    assert.match(text, /2 repositories were not started/);
    assert.equal(text.match(/Not started/g)?.length, 2, text);
  });

  for (const [failure, answer] of ways) {
    it(`${failure}: is asked about before a job with other entries begins: “${answer}”`, async () => {
      const page = await open();
      await page.toReview();
      await here.sandbox.failures(failure);
      await page.press('Connect');
      await page.heading('Unknown');
      await page.press('Repositories');
      await page.heading('Your repositories');
      await page.press('Add a repository');
      await page.typeRepository(2, page.repository('payments/ledger'));
      await page.press('Review');
      await page.heading('Review and connect');
      await page.press('Connect');
      await page.shows('An unfinished job with other entries may have created the provider');
      assert.deepEqual(await made(), { providers: 0, repositories: 0 });
      await page.press(answer);
      await page.heading('Connected');
      // What an answer of 500 has made is not in the log.
      assert.deepEqual(await made(), { providers: failure.includes('after') ? 0 : 1, repositories: 2 });
    });
  }

  for (const [failure, answer, providers] of ways) {
    it(`${failure}: “${answer}”, and the job is done`, async () => {
      const page = await open();
      await page.toReview();
      await here.sandbox.failures(failure);
      await page.press('Connect');
      await page.heading('Unknown');
      assert.equal((await made()).repositories, 0, 'no repository before that is known');
      await page.press(answer);
      await page.heading('Connected');
      assert.equal((await made()).repositories, 1);
      // What an answer of 500 has made is not in the log.
      const again = failure.includes('after') ? 0 : providers;
      assert.equal((await made()).providers, again);
    });
  }
});
