/** What is refused, and in which words: by the text alone, by GitLab of each kind of token, by Torque. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './support.mjs';

const here = inBrowser();
const { open } = here;

/** Rows of `[what, …]` whose text does not hold what it should. */
async function unlike(rows, textOf) {
  const wrong = [];
  for (const [what, ...expected] of rows) {
    const text = await textOf(what);
    wrong.push(...expected.filter((part) => !part.test(text)).map((part) => `${what}: ${part} is not in “${text}”`));
  }
  return wrong;
}

const good = /This token meets the requirements\./;
const bad = /This token does not meet the requirements\./;

/** Each token that the sandbox knows, for a provider: the verdict on it, by the field or by the checklist. */
const ofTokens = [
  ['provider_good', good, /Never expires/],
  ['group_token', good],
  ['service_account', good],
  ['no_prefix', good, /has no prefix/],
  ['custom_prefix', good, /does not start with glpat-/],
  ['api', good, /can do more than Torque needs: api\./],
  ['api_sudo_admin', good, /more than Torque needs: api, sudo, admin_mode/],
  ['repository_good', bad, /does not have the scope read_api/, /has an expiry date/],
  ['provider_expiring', bad, /has an expiry date/, /Days until this token expires: 7\./],
  ['expires_tomorrow', bad, /Days until this token expires: 1\./],
  ['expired', bad, /as expired\. Create a new one/],
  ['revoked', bad, /as revoked\. Create a new one/],
  ['read_api_only', bad, /does not have the scope read_repository/],
  ['read_user_only', bad, /does not have the scope read_api/, /does not have the scope read_repository/],
  ['write_repository_only', bad, /does not have the scope read_api/],
  ['fine_grained', bad, /This token is fine-grained/, /has an expiry date/],
  ['fine_grained_refused', /The token may still work/, /This token is fine-grained/],
  ['impersonation_disabled', bad, /does not allow impersonation/],
  ['dpop_required', bad, /proof of possession/],
  ['blocked_user', bad, /Your account has been blocked/],
  ['oauth_token', bad, /expires after two hours/],
  ['deploy_token', /This is a deploy token/],
  ['job_token', /CI\/CD job token/],
];

describe('a token', () => {
  it('is judged by its text, then by GitLab, each in its own words', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.fillGitlab();
    const field = await page.field('GitLab access token');
    const wrong = await unlike(ofTokens, async (name) => {
      await page.type('GitLab access token', here.sandbox.token(name));
      const verdict = await page.verdict('GitLab access token');
      // By its text alone: then nobody is asked.
      if ((await field.getAttribute('aria-invalid')) === 'true') return verdict;
      await page.press('Test with GitLab');
      const listed = await page.until(`a verdict on ${name}`, (root) => {
        const list = root.querySelector('[part=checklist]').innerText;
        return (
          !list.includes('Asking GitLab') &&
          /This token (meets|does not meet)|The token may still work/.test(list) &&
          list
        );
      });
      assert.doesNotMatch(listed, /Waiting/, `${name}: GitLab has answered`);
      return `${verdict}\n${listed}`;
    });
    assert.deepEqual(wrong, []);
    const asked = (await here.sandbox.log()).filter((line) => /GET \S+\/personal_access_tokens\/self /.test(line));
    assert.equal(asked.length, ofTokens.length - 2, 'a token that its text refuses is sent nowhere');
  });
});

describe('an address', () => {
  /** The verdict on each text in a field. */
  const verdictOn = (page, name) => async (text) => {
    await page.type(name, text);
    return page.verdict(name);
  };

  it('of GitLab is refused beside its field, with what would pass', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    const wrong = await unlike(
      [
        ['gitlab.example.com', /must start with https/, /Use\s+https:\/\/gitlab\.example\.com\//],
        ['ftp://gitlab.example.com/', /This scheme is not supported/],
        ['https://user:hunter2@gitlab.example.com/', /before the @/, /^(?!.*hunter2)/s],
        ['https://gitlab.example.com/?a=b', /Remove the question mark/],
        ['https://gitlab.example.com/#a', /Remove the #/],
        ['https://gitlab.example.com:99999/', /from 1 to 65535/],
        ['https://gitläb.example.com/', /outside ASCII/, /Use\s+https:\/\/xn--gitlb-jra\.example\.com\//],
        ['http://gitlab.example.com/', /unencrypted/],
        ['https://gitlab.example.com/api/v4', /GitLab's API/, /Use\s+https:\/\/gitlab\.example\.com\//],
        [
          'https://gitlab.example.com/gitlab/users/sign_in',
          /a GitLab page/,
          /Use\s+https:\/\/gitlab\.example\.com\/gitlab\//,
        ],
        ['https://gitlab.example.com/platform/network.git', /clone URL/, /Use\s+https:\/\/gitlab\.example\.com\//],
        ['https://xn--0.example.com/', /starts with xn--/],
        ['https://gitlab.com/', /gitlab\.com is not self-managed/],
      ],
      verdictOn(page, 'GitLab base URL'),
    );
    assert.deepEqual(wrong, []);
  });

  it('of a repository is refused beside its field, with what would pass', async () => {
    const page = await open();
    await page.toRepositories();
    const { baseUrl } = here.sandbox.gitlab;
    const ledger = `${baseUrl}payments/ledger`;
    const other = (change) => {
      const url = new URL(ledger);
      change(url);
      return url.href;
    };
    const wrong = await unlike(
      [
        [ledger, /Under .*payments\/ledger/],
        [`${ledger}.git`, /Under .*payments\/ledger/],
        [other((url) => (url.protocol = 'https:')), /is outside the provider's base URL/],
        [other((url) => (url.hostname = 'localhost')), /is outside the provider's base URL/],
        [other((url) => (url.port = '1')), /is outside the provider's base URL/],
        [ledger.replace('/gitlab/', '/gitlab-old/'), /is outside the provider's base URL/],
        [`${baseUrl}ledger`, /must contain a group \(or user\) and a project/],
        [`${baseUrl}groups/payments`, /is a page of GitLab/],
        [`${baseUrl}payments/../ledger`, /the segment "." or ".."/],
        [`${baseUrl}payments/led%67er`, /percent sign/],
        [`${baseUrl}payments\\ledger`, /backslash/],
        [`${ledger}/-/tree/develop`, /a page in a project/],
        [`${ledger}.wiki.git`, /clone URL of a wiki/],
        [`${ledger}.`, /ends with a dot/, /Use\s+http/],
        [`${ledger}/activity`, /may be the URL of a page/, /Use\s+http/],
        [`git clone ${ledger}.git`, /Use\s+http/],
        ['git@127.0.0.1:payments/ledger.git', /Use\s+http/],
      ],
      verdictOn(page, 'Repository URL'),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('a plan', () => {
  it('says once beside a field what is wrong, however often the user goes on', async () => {
    const page = await open();
    await page.toRepositories();
    await page.typeRepository(1, `${here.sandbox.gitlab.baseUrl}payments/ledger`);
    await page.press('Continue');
    // A piece of the GitLab token, which only the plan as a whole shows.
    await page.fillTorque({ space: here.sandbox.token('provider_good').slice(6, 20) });
    for (const time of ['first', 'second', 'third']) {
      await page.press('Continue');
      await page.shows('One thing needs your attention');
      const verdict = await page.verdict('Space');
      assert.equal(verdict.match(/This is an access token/g)?.length, 1, `${time} time: ${verdict}`);
    }
  });
});

describe('Torque', () => {
  /** Who may not, or asks for what is not there: how the job ends, and what is said. */
  const ofTorque = [
    ['a token that it does not know', { token: 'not-the-token' }, /received no valid API token \(401\)/],
    ['a token of another account', { token: 'outsider' }, /cannot create a repository provider \(403\)/],
    ['a token that may not make providers', { token: 'member' }, /Use the token of a Torque administrator/],
    ['a space that is not there', { space: 'nowhere' }, /found no such space \(404\)/],
  ];
  for (const [what, { token = 'admin', space }, expected] of ofTorque) {
    it(`refuses ${what}, and the page says why`, async () => {
      const page = await open();
      await page.toReview({ torque: { token: here.sandbox.torqueTokens[token] ?? token, space } });
      await page.press('Connect');
      await page.heading('Not connected');
      assert.match(await page.text(), expected);
    });
  }
});
