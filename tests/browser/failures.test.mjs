/** What the page says when Torque, or the way to it, fails; and that nothing is connected twice meanwhile. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './support.mjs';

const here = inBrowser('--failures-switch');
const policy = { pollMs: 50, syncTimeoutMs: 3000 };

/** How a job with one new provider and one repository ends. */
const ends = [
  ['429:provider:1', 'Connected'],
  ['429-retry-after:provider:1', 'Connected'],
  ['503-retry-after:provider:1', 'Connected'],
  ['redirect:provider:1', 'Not connected'],
  // Whether the provider was made cannot be asked, so the user is. The third is how it ends when the browser itself
  // repeats the request, as Chromium does where a connection that it has used before is closed without an answer.
  ['lost-before:provider:1', 'Unknown', 'Connected'],
  ['lost-after:provider:1', 'Unknown', 'Not connected'],
  ['reset-after:provider:1', 'Unknown', 'Not connected'],
  ['500-before:provider:1', 'Unknown'],
  ['500-after:provider:1', 'Unknown'],
  ['502-before:provider:1', 'Unknown'],
  ['502-after:provider:1', 'Unknown'],
  ['truncated:provider:1', 'Connected'],
  // Its second copy is told that there is one of this name.
  ['duplicate:provider:1', 'Not connected'],
  ['429:connect:1', 'Connected'],
  ['429-retry-after:connect:1', 'Connected'],
  ['503-retry-after:connect:1', 'Connected'],
  // The repository is found in the list.
  ['lost-after:connect:1', 'Connected'],
  ['reset-after:connect:1', 'Connected'],
  ['500-after:connect:1', 'Connected'],
  ['502-after:connect:1', 'Connected'],
  ['truncated:connect:1', 'Connected'],
  ['duplicate:connect:1', 'Connected'],
  ['lagging-list=2:connect:1', 'Connected'],
  ['slow-sync=5:connect:1', 'Connected'],
  ['delay=100:list:3', 'Connected'],
  ['500-before:list:1', 'Connected'],
  ['502-before:list:1', 'Connected'],
  ['reset-before:list:1', 'Connected'],
  ['lost-before:list:1', 'Connected'],
  ['truncated:list:1', 'Connected'],
  ['429:list:1', 'Connected'],
  ['429-retry-after:list:1', 'Connected'],
  ['503-retry-after:list:1', 'Connected'],
  ['redirect:list:1', 'Partly connected'],
  ['redirect:connect:1', 'Not connected'],
  ['failing-sync:connect:1', 'Not connected'],
];

describe('a job ends truthfully', () => {
  for (const [failure, heading, ifRepeated] of ends) {
    it(`with ${failure}: ${heading}`, async () => {
      const page = await here.open({ policy });
      await fillToReview(page, ['platform/terraform-modules']);
      await here.sandbox.failures(failure);
      await page.press('Connect');
      await page.until('the end', (root) => root.host.report !== null);
      const posts = await providerPosts();
      await page.heading(posts > 1 && ifRepeated !== undefined ? ifRepeated : heading);
      const sent = (await page.requests()).filter(
        ({ by, method, url }) => by === 'fetch' && method === 'POST' && url.endsWith('/repository_providers'),
      );
      assert.equal(
        sent.length,
        /^(429|503)/.test(failure) && failure.includes('provider') ? 2 : 1,
        'how often the page sent it',
      );
      await assertNothingTwice();
    });
  }
});

describe('two hundred repositories', () => {
  it('are connected although a part of the requests fails, each once', async () => {
    const page = await here.open({ policy: { pollMs: 50 } });
    const numbers = Array.from({ length: 200 }, (_, index) => String(index + 1).padStart(3, '0'));
    await fillToReview(
      page,
      numbers.map((number) => `fleet/unit-${number}`),
    );
    await here.sandbox.failures(
      'lost-after:connect:5%,500-after:connect:5%,truncated:connect:5%,duplicate:connect:5%,429:5%',
    );
    await page.press('Connect');
    await page.heading('Connected');
    // The token, the provider and the repositories, fifty on a page.
    await page.shows('1 to 50 of 202');
    const rows = await page.run(
      (root) => [...root.querySelectorAll('.rows > li')].filter((row) => /unit-\d{3}/.test(row.innerText)).length,
    );
    assert.equal(rows, 48);
    const connected = await listed();
    assert.equal(new Set(connected).size, 200);
    assert.equal(connected.length, 200);
  });
});

/** Fills in one new provider with the projects at these paths, and goes to the review. */
async function fillToReview(page, paths) {
  const { gitlab, torque, space, torqueTokens } = here.sandbox;
  const entries = {
    method: 'provider',
    name: 'gitlab-1',
    baseUrl: gitlab.baseUrl,
    token: here.sandbox.token('provider_good'),
    portalUrl: torque,
    space,
    torqueToken: torqueTokens.admin,
    repositories: paths.map((path) => ({ url: `${gitlab.baseUrl}${path}` })),
  };
  await page.run((root, filled) => root.host.fill(filled), entries);
  await page.press('Continue');
  for (const heading of ['Your GitLab', 'Your repositories', 'Your Torque space']) {
    await page.heading(heading);
    await page.press('Continue');
  }
  await page.heading('Review and connect');
}

/** How often Torque was asked to make the provider. */
async function providerPosts() {
  return (await here.sandbox.log()).filter((line) => /POST \S+repository_providers /.test(line)).length;
}

/** The repositories that Torque has now, by name. */
async function listed() {
  await here.sandbox.failures('');
  const { torque, space, torqueTokens } = here.sandbox;
  const answer = await fetch(new URL(`api/spaces/${space}/repositories`, torque), {
    headers: { Authorization: `Bearer ${torqueTokens.admin}` },
  });
  return (await answer.json()).map(({ name, repository_name }) => name ?? repository_name);
}

async function assertNothingTwice() {
  const names = await listed();
  assert.equal(new Set(names).size, names.length, `twice in the list: ${names}`);
  const made = (await here.sandbox.log()).filter((line) =>
    /POST .*(repository_providers|gitlabEnterprise) 20\d/.test(line),
  );
  assert.equal(new Set(made).size, made.length, `made twice: ${made}`);
}
