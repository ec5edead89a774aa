/** A job that is interrupted: paused, cut off by a reload, or left without a clear answer; and what is left at its end. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './support.mjs';

const here = inBrowser();

const open = () => here.open();

async function toReview(page, { name, paths = ['platform/terraform-modules', 'payments/ledger'] }) {
  await page.chooseMethod('One repository provider');
  await page.fillGitlab({ name });
  await page.press('Continue');
  await page.heading('Your repositories');
  await page.press('Paste a list');
  await page.type('List of repositories', paths.map((path) => page.repository(path)).join('\n'));
  await page.press(`Add ${paths.length}`);
  await page.press('Continue');
  await page.fillTorque();
  await page.press('Continue');
  await page.heading('Review and connect');
}

describe('a job that is paused', () => {
  it('goes on where it stopped, and creates nothing twice', async () => {
    const page = await open();
    await toReview(page, { name: 'gitlab-paused' });
    await page.connectAndHold();
    await page.press('Pause');
    await page.heading('Paused');
    await page.run(() => {
      window.held = false;
    });
    await page.press('Resume');
    await page.heading('Connecting');
    // The repositories wait until their first request is settled; the provider is done with at once.
    await page.until('the row of the provider', (root) => root.querySelector('.state-done'));
    assert.equal(await page.run(() => window.posts.provider), 1);
  });
});

describe('a job behind a proxy that breaks encoded slashes', () => {
  it('finds the project by its number, although the page sees no answer to its path', async () => {
    const page = await open();
    const { apacheProxy: baseUrl } = here.sandbox.gitlab;
    await page.toRepositories({ name: 'gitlab-apache', baseUrl });
    await page.typeRepository(1, `${baseUrl}fleet/unit-009`);
    await page.fromRepositoriesToReview();
    await page.press('Connect');
    await page.heading('Connected');
    await page.shows('AllowEncodedSlashes NoDecode');
  });
});

describe('a job that Torque refused', () => {
  it('is tried again with another token, without a question about what was not done', async () => {
    const page = await open();
    const { member, admin } = here.sandbox.torqueTokens;
    await page.toReview({
      gitlab: { name: 'gitlab-refused' },
      torque: { token: member },
      repositories: ['fleet/unit-007'],
    });
    await page.press('Connect');
    await page.heading('Not connected');
    await page.changeTorqueToken(admin);
    await page.press('Connect');
    await page.heading('Connected');
  });
});

describe('what was done', () => {
  const rows = (page) =>
    page.run((root) => [...root.querySelectorAll('.rows .name')].map((name) => name.innerText.trim()));

  it('stands in the order in which it was done, and of the repositories first what did not go well', async () => {
    const page = await open();
    const { member, admin } = here.sandbox.torqueTokens;
    // This one has no commit.
    const repositories = ['payments/ledger', 'payments/empty-start'];
    await page.toReview({ gitlab: { name: 'gitlab-order' }, torque: { token: member }, repositories });
    await page.press('Connect');
    await page.heading('Not connected');
    assert.deepEqual((await rows(page)).slice(0, 2), ['Test with GitLab', 'Create the provider gitlab-order']);
    await page.changeTorqueToken(admin);
    await page.press('Connect');
    await page.heading('Partly connected');
    assert.deepEqual(await rows(page), [
      'Test with GitLab',
      'Create the provider gitlab-order',
      'payments/empty-start',
      'payments/ledger',
    ]);
  });
});

describe('a double click', () => {
  it('starts one job, and neither pauses nor repeats it', async () => {
    const page = await open();
    await toReview(page, { name: 'gitlab-double' });
    await page.holdRepositories();
    await page.press('Connect');
    // The second click of the two, as it meets the button that has come to lie under the pointer.
    const pause = await page.control('button', 'Pause');
    await page.driver.executeScript(
      'arguments[0].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true, detail: 2 }))',
      pause,
    );
    await page.until('a request for a repository', () => window.posts.repository > 0);
    assert.equal(await page.run(() => window.posts.provider), 1);
    await page.heading('Connecting');
  });
});

describe('a reload', () => {
  it('loses nothing but the tokens', async () => {
    const page = await open();
    await toReview(page, { name: 'gitlab-kept' });
    await here.browser.driver.navigate().refresh();
    await page.heading('Your GitLab');
    await page.shows('Your entries are restored. Tokens are never saved');
    assert.equal(await page.value('Provider name'), 'gitlab-kept');
    assert.equal(await page.value('GitLab access token'), '');
    const stored = await page.run(() => JSON.stringify({ ...sessionStorage }));
    for (const token of [here.sandbox.token('provider_good'), here.sandbox.torqueTokens.admin])
      assert.ok(!stored.includes(token));
    await page.type('GitLab access token', here.sandbox.token('provider_good'));
    await page.press('Continue');
    await page.heading('Your repositories');
    assert.equal(await page.run((root) => root.querySelectorAll('.line').length), 2);
  });

  it('keeps no text that could be a secret in the wrong field', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({
      name: here.sandbox.token('provider_good'),
      baseUrl: 'https://user:hunter2@gitlab.example.com/',
    });
    const stored = () =>
      page.run(() => {
        dispatchEvent(new Event('pagehide'));
        return JSON.stringify({ ...sessionStorage });
      });
    const assertNoSecret = (text) => {
      assert.match(text, /"kind/);
      assert.ok(!text.includes(here.sandbox.token('provider_good')), text);
      assert.ok(!text.includes('hunter2'), text);
    };
    assertNoSecret(await stored());
    // Nor in the name of a repository whose address cannot be read.
    await page.fillGitlab();
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.typeRepository(1, 'not-an-address');
    await page.press('Name, branch, agents');
    await page.type('Name in the space', here.sandbox.token('provider_good'));
    assertNoSecret(await stored());
  });

  it('in the middle of a job lets it go on once the tokens are back', async () => {
    const page = await open();
    await toReview(page, { name: 'gitlab-reloaded', paths: ['platform/Helm.Charts_2', 'payments/legacy-billing'] });
    await page.connectAndHold();
    await here.browser.driver.navigate().refresh();
    await page.heading('Your GitLab');
    await page.shows('an unfinished job');
    await page.run((root) => {
      root.host.policy = { pollMs: 100 };
    });
    await page.countPosts();
    await page.enterTokensAgain();
    await page.press('Connect');
    await page.heading('Connecting');
    await page.until('the row of the provider', (root) => root.querySelector('.state-done'));
    assert.equal(await page.run(() => window.posts.provider), 0);
  });

  it('keeps no token of the form in whichever field it stands, nor a piece of it', async () => {
    const page = await open();
    const mark = 'Qx7Lm2Rv9Tz4Wk8Bn3Yd';
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ name: 'gitlab-held', token: mark });
    const repositories = [
      { url: page.repository('platform/helm') },
      { url: page.repository(`platform/${mark.slice(4, 13)}`) },
    ];
    const written = [
      { space: mark.toUpperCase() },
      { name: mark.slice(3, 12) },
      { name: [...mark].join('\u034f') },
      { portalUrl: `https://${mark.toLowerCase()}.example.com/` },
      { baseUrl: `https://gitlab.example.com/%51${mark.slice(1)}/` },
      { repositories },
    ];
    for (const entries of written) {
      const text = await page.run(
        (root, entries, mark) => {
          const known = root.host;
          known.fill({ name: 'gitlab-held', baseUrl: 'https://gitlab.example.com/', space: 'demo', repositories: [] });
          known.fill({ ...entries, token: mark });
          dispatchEvent(new Event('pagehide'));
          return sessionStorage.getItem('torque-gitlab-connect');
        },
        entries,
        mark,
      );
      const seen = decodeURIComponent(text.replace(/[^ -~]/g, '')).toLowerCase();
      for (let start = 0; start + 8 <= mark.length; start += 1)
        assert.ok(!seen.includes(mark.slice(start, start + 8).toLowerCase()), `${JSON.stringify(entries)}: ${text}`);
      // The others are there.
      assert.match(text, /"space":"demo"|"name":"gitlab-held"/);
      // Nor is it kept when the form has forgotten its tokens.
      const later = await page.run((root) => {
        root.host.requestUpdate();
        dispatchEvent(new Event('pagehide'));
        return sessionStorage.getItem('torque-gitlab-connect');
      });
      assert.ok(!later.toLowerCase().includes(mark.slice(3, 12).toLowerCase()), later);
    }
  });

  const good = {
    version: 1,
    kind: 'provider',
    existing: false,
    step: 'gitlab',
    fields: { name: 'gitlab-1' },
    repositories: [],
    lines: '',
    checkpoint: null,
  };
  const job = { version: 1, plan: '00000000000000ff', startedAt: 1795348800000, repositories: [] };
  const unreadable = {
    'no JSON': '{',
    'a word': '"provider"',
    'a list': '[]',
    'no version': { ...good, version: undefined },
    'another version': { ...good, version: 2 },
    'an unknown kind': { ...good, kind: 'other' },
    'an unknown step': { ...good, step: 'nowhere' },
    'a step of every object': { ...good, step: 'constructor' },
    'a number for a text': { ...good, lines: 7 },
    'a text for a truth': { ...good, existing: 'yes' },
    'a field of another type': { ...good, fields: { name: { toString: 1 } } },
    'an unknown key': { ...good, more: 1 },
    'a key of every object': JSON.stringify(good).replace('{', '{"__proto__":{"portalUrl":"https://evil.example"},'),
    'a field of every object': JSON.stringify(good).replace('"name"', '"__proto__"'),
    'a repository that is none': { ...good, repositories: [null] },
    'a repository with a token': { ...good, repositories: [{ url: 'https://gitlab.example.com/a/b', token: 'x' }] },
    'agents of another type': { ...good, repositories: [{ url: 'https://gitlab.example.com/a/b', agents: 'one' }] },
    'more than a browser keeps': { ...good, lines: 'x'.repeat(6_000_000) },
    'a checkpoint that is none': { ...good, checkpoint: { plan: 1 } },
    'an id that is none': {
      ...good,
      checkpoint: { ...job, provider: { state: 'done', id: 'a sentence, <b>not</b> an id', sent: [] } },
    },
  };

  it('drops what is no draft, and says so', async () => {
    const page = await open();
    for (const [what, stored] of Object.entries(unreadable)) {
      await page.run(
        (_, text) => {
          // A storage of the page's own: a large text fits in it, too.
          const storage = new Map([['torque-gitlab-connect', text]]);
          window.storage = {
            getItem: (key) => storage.get(key) ?? null,
            setItem: (key, value) => storage.set(key, value),
            removeItem: (key) => storage.delete(key),
          };
          const fresh = document.createElement('torque-gitlab-connect');
          fresh.storage = window.storage;
          document.querySelector('torque-gitlab-connect').replaceWith(fresh);
        },
        typeof stored === 'string' ? stored : JSON.stringify(stored),
      );
      await page.heading('How should Torque reach your GitLab?');
      const text = await page.text();
      assert.match(text, /could not be read/, what);
      assert.doesNotMatch(text, /Start over/);
      await page.press('Continue');
      await page.heading('Your GitLab');
      assert.equal(await page.value('Provider name'), '', what);
      assert.doesNotMatch((await page.run(() => window.storage.getItem('torque-gitlab-connect'))) ?? '', /evil|more/);
    }
  });

  it('does not meet what was dropped again', async () => {
    const page = await open();
    await page.run(() => {
      // Behind the element's own, which keeps what is typed.
      addEventListener('pagehide', () => sessionStorage.setItem('torque-gitlab-connect', '{"kind":"other"}'));
    });
    await here.browser.driver.navigate().refresh();
    await page.heading('How should Torque reach your GitLab?');
    await page.shows('could not be read');
    await here.browser.driver.navigate().refresh();
    await page.heading('How should Torque reach your GitLab?');
    assert.doesNotMatch(await page.text(), /could not be read/);
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
  });

  it('begins anew when the user says so', async () => {
    const page = await open();
    await toReview(page, { name: 'gitlab-anew' });
    await here.browser.driver.navigate().refresh();
    await page.press('Start over');
    await page.heading('How should Torque reach your GitLab?');
    await page.press('Continue');
    await page.heading('Your GitLab');
    assert.equal(await page.value('Provider name'), '');
  });
});

describe('a provider that Torque has already', () => {
  it('can be used instead', async () => {
    let page;
    for (const paths of [
      ['fleet/unit-001', 'fleet/unit-002'],
      ['fleet/unit-003', 'fleet/unit-004'],
    ]) {
      page = await open();
      await toReview(page, { name: 'gitlab-twice', paths });
      await page.press('Connect');
      await page.until('the end', (root) => root.querySelector('.outcome'));
    }
    await page.heading('Not connected');
    await page.press('Use the existing provider');
    await page.heading('Connected');
    assert.match(await page.text(), /fleet\/unit-004/);
  });
});

describe('the report', () => {
  it('is there as CSV and JSON, without a token', async () => {
    const page = await open();
    await toReview(page, { name: 'gitlab-report', paths: ['fleet/unit-005', 'fleet/unit-006'] });
    await page.press('Connect');
    await page.heading('Connected');
    await page.run(() => {
      window.files = [];
      const real = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        blob.text().then((text) => window.files.push(text));
        return real(blob);
      };
    });
    for (const format of ['CSV', 'JSON']) await page.press(format);
    const files = await page.until('two files', () => window.files.length === 2 && window.files);
    assert.match(files[0], /"provider","gitlab-report"/);
    assert.equal(JSON.parse(files[1]).outcome, 'connected');
    for (const file of files) assert.ok(!file.includes(here.sandbox.token('provider_good')));
  });
});
