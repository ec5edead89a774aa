/** The page over the sandbox, as a user goes through it. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser, Key } from './support.mjs';

const here = inBrowser();
const { open } = here;

describe('one provider', () => {
  it('connects two repositories and says where assets are discovered', async () => {
    const page = await open();
    await page.testToken();
    await page.shows('This token meets the requirements.');
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('platform/terraform-modules.git'));
    await page.press('Add a repository');
    await page.typeRepository(2, page.repository('payments/ledger'));
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
    // The tokens are gone, and their steps are done all the same.
    assert.equal(await page.run((root) => root.querySelectorAll('.stepper .passed').length), 5);
  });

  it('connects to a provider that Torque has, and asks for no token of GitLab', async () => {
    // What an earlier visit has left behind.
    const earlier = await open();
    await earlier.toReview({ repositories: [] });
    await earlier.press('Connect');
    await earlier.heading('Connected');

    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.press('Use an existing provider');
    assert.equal(await page.has('textbox', 'GitLab access token'), false);
    await page.type('GitLab base URL', here.sandbox.gitlab.baseUrl);
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.press('Continue');
    await page.shows('One thing needs your attention');
    await page.typeRepository(1, page.repository('platform/terraform-modules'));
    await page.press('Continue');
    await page.fillTorque({ token: here.sandbox.torqueTokens.member });
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Connected');
    const posts = (await here.sandbox.log()).filter((line) => line.includes('POST /api/settings/repository_providers'));
    assert.equal(posts.length, 1, 'the provider was created again');
  });

  it('names the scope that a token lacks', async () => {
    const page = await open();
    await page.testToken({ token: here.sandbox.token('read_api_only') });
    await page.shows('This token does not meet the requirements.');
    assert.match(await page.text(), /does not have the scope read_repository/);
  });

  it('keeps only the token of what was pasted with it', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ token: `PRIVATE-TOKEN: ${here.sandbox.token('provider_good')}` });
    await page.press('Keep only the token');
    assert.equal(await page.value('GitLab access token'), here.sandbox.token('provider_good'));
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
  });

  it('links to the page that creates a token, and keeps those of older GitLab behind a disclosure', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ token: '' });
    const older = ['Create a token in GitLab 16.8 to 18.8', 'Create a token in GitLab 16.7 or earlier'];
    const text = await page.text();
    for (const link of older) assert.ok(!text.includes(link), text);
    await page.press('Older GitLab');
    const pages = ['user_settings/personal_access_tokens?', 'profile/personal_access_tokens?'];
    for (const [index, link] of older.entries()) {
      await page.shows(link);
      const address = await (await page.control('any', link)).getProperty('href');
      assert.ok(address.startsWith(`${here.sandbox.gitlab.baseUrl}-/${pages[index]}`), address);
    }
  });

  it('forgets the answer about a token as soon as another is typed, or another address', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ token: here.sandbox.token('read_api_only') });
    const answered = 'This token does not meet the requirements.';
    const needed = 'Token requirements';
    for (const label of ['GitLab access token', 'GitLab base URL']) {
      await page.press('Test with GitLab');
      await page.shows(answered);
      const field = await page.field(label);
      await field.sendKeys(Key.END, 'x');
      const text = await page.text();
      assert.ok(!text.includes(answered) && !text.includes('lacks the scope'), text);
      assert.ok(text.includes(needed), text);
      await field.sendKeys(Key.BACK_SPACE);
    }
  });

  it('lets the user accept an expiry knowingly', async () => {
    const page = await open();
    await page.testToken({ token: here.sandbox.token('provider_expiring') });
    await page.shows('This token does not meet the requirements.');
    await page.press('Accept that this token expires');
    await page.shows('This token meets the requirements.');
    // Of another token nothing was said.
    await page.type('GitLab access token', here.sandbox.token('expires_tomorrow'));
    await page.press('Test with GitLab');
    await page.shows('This token does not meet the requirements.');
    const accept = await page.control('checkbox', 'Accept that this token expires');
    assert.equal(await accept.isSelected(), false);
  });

  it('sends a token without encryption only to the address that this was said of', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    const knowingly = 'Send the token to this URL unencrypted';
    const isAccepted = async () => (await page.control('checkbox', knowingly)).isSelected();
    await page.fillGitlab({ baseUrl: 'http://gitlab.example.com/' });
    await page.press(knowingly);
    assert.equal(await isAccepted(), true);
    await page.type('GitLab base URL', 'http://gitlab.example.org/');
    assert.equal(await isAccepted(), false);
  });

  it('says when a token ends, also where that is tomorrow', async () => {
    const page = await open();
    await page.testToken({ token: here.sandbox.token('provider_expiring') });
    await page.shows('at 00:00 UTC, in 7 days.');
    await page.type('GitLab access token', here.sandbox.token('expires_tomorrow'));
    await page.press('Test with GitLab');
    await page.shows('at 00:00 UTC, in 1 day.');
    await page.driver.executeScript(`document.querySelector('#language').click()`);
    await page.shows('um 00:00 UTC ab, in 1 Tag.');
  });

  it('tells a token of which GitLab says too little from a GitLab that cannot be asked', async () => {
    const page = await open();
    await page.testToken({ token: here.sandbox.token('fine_grained_refused') });
    await page.shows('The token may still work.');
    const text = await page.text();
    assert.match(text, /The answer is inconclusive\./);
    assert.match(text, /Torque then tests the tokens itself/);
    assert.doesNotMatch(text, /could not be asked|what this browser cannot/);
  });

  it('does not call a token wrong because GitLab cannot be reached', async () => {
    const page = await open();
    // Port 9 is "discard": nothing listens there.
    await page.testToken({ baseUrl: 'http://127.0.0.1:9/' });
    await page.shows('The token may still work.');
    assert.doesNotMatch(await page.text(), /This token does not meet|Failed/);
  });
});

describe('a token for each repository', () => {
  it('proposes the server, checks each token and connects', async () => {
    const page = await open();
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('payments/ledger'));
    await page.type('Repository token', here.sandbox.token('repository_good'), 'Repository 1');
    const address = 'GitLab base URL, to test the tokens';
    await page.press(`Use ${new URL('/', here.sandbox.gitlab.baseUrl).href}`);
    assert.equal(await page.value(address), new URL('/', here.sandbox.gitlab.baseUrl).href);
    await page.type(address, here.sandbox.gitlab.baseUrl);
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
    assert.match(await page.text(), /Readable as payments\/ledger/);
    await page.press('Continue');
    await page.fillTorque();
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Connected');
  });
});

describe('refusals', () => {
  it('refuses a repository outside the base URL beside its field, and again above the form', async () => {
    const page = await open();
    await page.toRepositories();
    await page.typeRepository(1, new URL('/gitlab-old/platform/terraform-modules', here.sandbox.gitlab.baseUrl).href);
    assert.match(await page.verdict('Repository URL', 'Repository 1'), /is outside the provider's base URL/);
    await page.press('Continue');
    await page.shows('One thing needs your attention');
    const focused = await page.focused();
    assert.match(await focused.getText(), /One thing needs your attention/);
  });

  it('offers what would pass and takes it on a click', async () => {
    const page = await open();
    await page.toRepositories();
    await page.typeRepository(1, `${page.repository('platform/terraform-modules')}/-/tree/main`);
    assert.match(await page.verdict('Repository URL', 'Repository 1'), /a page in a project/);
    await page.press(`Use ${page.repository('platform/terraform-modules')}`);
    assert.match(await page.verdict('Repository URL', 'Repository 1'), /Under .*: platform\/terraform-modules/);
    assert.equal(await page.value('Repository URL', 'Repository 1'), page.repository('platform/terraform-modules'));
  });

  it('shows what Torque says to a wrong token, and keeps what was typed', async () => {
    const page = await open();
    await page.toReview({ torque: { token: 'not-the-token' } });
    await page.press('Connect');
    await page.heading('Not connected');
    assert.match(await page.text(), /Torque/);
    await page.press('Edit entries');
    await page.heading('Review and connect');
    await page.press('Back');
    await page.heading('Your Torque space');
    assert.equal(await page.value('Space'), here.sandbox.space);
    assert.equal(await page.value('Torque API token'), 'not-the-token');
  });
});

describe('in the sandbox', () => {
  it('proposes the Torque of the sandbox and no other', async () => {
    const page = await open();
    await page.toRepositories();
    await page.press('Continue');
    await page.heading('Your Torque space');
    assert.equal(await page.value('Torque URL'), here.sandbox.torque);
    await page.fillTorque({ address: null });
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Connected');
  });

  it('fills an example in on a click, and that example connects', async () => {
    const page = await open();
    await page.driver.executeScript(
      `[...document.querySelectorAll('aside button')].find(({ textContent }) => textContent === 'A token for each repository').click()`,
    );
    await page.until('the example', () => document.querySelector('aside').innerText.includes('Filled in'));
    for (const heading of ['Your repositories', 'Your Torque space', 'Review and connect']) {
      await page.press('Continue');
      await page.heading(heading);
    }
    await page.press('Connect');
    await page.heading('Connected');
  });
});

describe('what the page around it is told', () => {
  it('can keep it from sending anything', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.addEventListener('torque-gitlab-connect-before-connect', (event) => event.preventDefault());
    });
    await page.toReview();
    await page.requests();
    await page.press('Connect');
    await page.heading('Review and connect');
    assert.deepEqual(await page.requests(), []);
  });
});

describe("the browser's Back", () => {
  it('leads to the step before, with what was typed, and Forward to where it was', async () => {
    const page = await open();
    const address = await page.driver.getCurrentUrl();
    await page.toRepositories();
    await page.driver.navigate().back();
    await page.heading('Your GitLab');
    assert.equal(await page.value('GitLab access token'), here.sandbox.token('provider_good'));
    await page.driver.navigate().back();
    await page.heading('How should Torque reach your GitLab?');
    await page.driver.navigate().forward();
    await page.heading('Your GitLab');
    assert.equal(await page.driver.getCurrentUrl(), address);
    assert.equal(await page.run(() => history.state), 'gitlab');
  });

  it('leads nowhere while a job runs, and to the step before when it has ended', async () => {
    const page = await open();
    await page.toReview();
    await page.holdRepositories();
    await page.press('Connect');
    await page.heading('Connecting');
    for (const distance of [1, 1, 3]) {
      await page.run((_, distance) => {
        window.popped = false;
        addEventListener('popstate', () => (window.popped = true), { once: true });
        history.go(-distance);
      }, distance);
      await page.until('the step in the history', () => window.popped && history.state === 'connect');
      await page.heading('Connecting');
    }
    await page.press('Pause');
    await page.heading('Paused');
    await page.driver.navigate().back();
    await page.heading('Review and connect');
  });
});

describe('when a field is judged', () => {
  it('waits until it is left, then follows each key until it is right', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const address = 'GitLab base URL';
    const field = await page.field(address);
    await field.sendKeys('gitlab.example.com');
    assert.equal(await page.verdict(address), '');
    await field.sendKeys(Key.TAB);
    assert.match(await page.verdict(address), /must start with https/);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await field.sendKeys(Key.HOME, 'https://');
    assert.match(await page.verdict(address), /https on gitlab\.example\.com, port 443/);
    assert.equal(await field.getAttribute('aria-invalid'), null);
  });

  it('leaves an untouched field alone', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const field = await page.field('Provider name');
    await field.sendKeys(Key.TAB);
    assert.equal(await page.verdict('Provider name'), '');
  });
});

describe('review', () => {
  it('shows what was copied, as long as that is what is there to be pasted', async () => {
    const page = await open();
    await page.toReview();
    await page.run(() => {
      // A double: not every driver lets a page use the machine's own.
      const clipboard = { writeText: async (text) => (window.copied = text) };
      Object.defineProperty(navigator, 'clipboard', { value: clipboard });
    });
    const copyFrom = async (name) => {
      await page.press(name);
      await page.press('Copy');
      await page.control('button', 'Copied');
      await page.press(name);
    };
    await copyFrom('The same with curl');
    assert.match(await page.run(() => window.copied), /curl/);
    await copyFrom('All of it as JSON');
    await page.press('The same with curl');
    assert.ok(await page.has('button', 'Copy'));
    assert.equal(await page.has('button', 'Copied'), false);
  });

  it('says that a text could not be copied where the browser has no clipboard', async () => {
    const page = await open();
    await page.toReview();
    await page.run(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.press('The same with curl');
    await page.press('Copy');
    await page.says('Copying was not allowed here.');
  });

  it('shows what is sent with the token masked, and curl without any token', async () => {
    const page = await open();
    await page.toReview();
    await page.run((root) => {
      for (const details of root.querySelectorAll('details')) details.open = true;
    });
    const text = await page.text();
    assert.match(text, /"type": "gitLabEnterprise"/);
    assert.match(text, /"token": "glpat-…"/);
    assert.match(text, /GET\s+Test the GitLab token\s+http\S+\/api\/v4\/personal_access_tokens\/self/);
    assert.match(text, new RegExp(`"base_url": "${here.sandbox.gitlab.baseUrl}"`));
    assert.match(text, /"repos": \[\]/);
    assert.match(text, /curl/);
    assert.ok(!text.includes(here.sandbox.token('provider_good')));
    assert.ok(!text.includes(here.sandbox.torqueTokens.admin));
  });
});
