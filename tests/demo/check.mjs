// The main job, once, without a person: `cargo xtask demo --check`. A sandbox on free ports, the npm package as it is
// published, real HTTP between them. Prints each step with its requests; exits 0 only if all went as it should.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import {
  assessToken,
  checkBaseUrl,
  checkRepositoryUrl,
  checkToken,
  connect,
  inspectTokenRequest,
  listRepositoriesRequest,
  readRepositories,
} from 'torque-gitlab-connect';
import { sandboxProgram } from '../sandbox-program.mjs';

const printed = [];
let requests = 0;

function say(text) {
  printed.push(text);
  console.log(text);
}

/** A step's heading. */
const step = (title) => say(`\n${title}`);

/** Something that went as it should. */
const good = (text) => say(`  ✓ ${text}`);

/** `fetch` that prints request line and status; headers and bodies hold tokens and are not printed. */
async function tellingFetch(url, init) {
  requests += 1;
  const answer = await fetch(url, init);
  say(`    ${init?.method ?? 'GET'} ${url} → ${answer.status}`);
  return answer;
}

/** The value of a check that has to pass. */
function value(result) {
  assert.ok(result.ok, `refused: ${JSON.stringify(result.issues)}`);
  return result.value;
}

async function send(request) {
  const answer = await tellingFetch(request.url, request);
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text) };
}

/** The codes of the errors among the issues. */
const errors = (issues) => issues.filter((issue) => issue.severity === 'error').map((issue) => issue.code);

async function main(sandbox) {
  const baseUrl = value(checkBaseUrl(sandbox.gitlab.baseUrl)).url;
  const portal = { portalUrl: sandbox.torque, torqueToken: sandbox.torqueTokens.admin };
  const token = (name) => sandbox.tokens.find((candidate) => candidate.name === name).token;
  const policy = { pollMs: 100, seed: 1 };
  const options = { fetch: tellingFetch };

  /** GitLab's word on a token, as `assessToken` reads it. */
  const assess = async (name) => {
    const answer = await send(value(inspectTokenRequest({ baseUrl, token: token(name) })));
    return assessToken(answer, { purpose: 'provider', now: Date.now() });
  };

  step('1. The token is looked at: its text first, then by GitLab');
  value(checkToken(token('provider_good'), 'provider'));
  const assessment = await assess('provider_good');
  assert.equal(assessment.verdict, 'ok', JSON.stringify(assessment.issues));
  assert.equal(assessment.token.expiresAt, null);
  good(`scopes ${assessment.token.scopes.join(' and ')}, no expiry: good for a provider`);

  step('2. Repositories, in the forms that people paste');
  const { hostname } = new URL(baseUrl);
  const pasted = [
    { text: `${baseUrl}platform/terraform-modules.git`, path: 'platform/terraform-modules', suggested: false },
    { text: `git@${hostname}:payments/ledger.git`, path: 'payments/ledger', suggested: true },
    {
      text: `${baseUrl}platform/network/edge/load-balancer/-/tree/main`,
      path: 'platform/network/edge/load-balancer',
      suggested: true,
    },
  ];
  const urls = pasted.map(({ text, path, suggested }) => {
    const first = checkRepositoryUrl(baseUrl, text);
    assert.equal(first.ok, !suggested, `${text}: ${JSON.stringify(first.issues)}`);
    const taken = suggested ? first.issues.find((issue) => issue.suggestion !== undefined)?.suggestion : text;
    assert.ok(taken, `no suggestion for ${text}`);
    const checked = value(checkRepositoryUrl(baseUrl, taken));
    assert.equal(checked.url, baseUrl + path);
    good(
      suggested ? `${text}\n      is answered with the suggestion ${checked.url}` : `${text}\n      is ${checked.url}`,
    );
    return checked.url;
  });

  step('3. One provider for all of them, each connected and followed until Torque says so');
  const provider = { kind: 'provider', name: 'gitlab-1', baseUrl, token: token('provider_good') };
  const plan = {
    ...portal,
    space: sandbox.space,
    method: provider,
    repositories: urls.map((url) => ({ url })),
    policy,
  };
  const report = await connect(plan, options);
  assert.equal(report.outcome, 'connected', JSON.stringify(report));
  assert.equal(report.provider?.outcome, 'done');
  assert.deepEqual(
    report.repositories.map(({ url, outcome, status }) => ({ url, outcome, status })),
    urls.map((url) => ({ url, outcome: 'connected', status: 'Connected' })),
  );
  const list = value(listRepositoriesRequest({ ...portal, space: sandbox.space }));
  const listed = value(readRepositories(await send(list)));
  for (const url of urls) {
    assert.equal(listed.find((repository) => repository.url === url)?.status, 'Connected', `${url} in Torque's list`);
  }
  assert.ok(report.next, 'the report tells where to go on');
  good(
    `Torque itself lists all ${urls.length} as Connected; assets: ${report.next.url}, ${report.next.menu.join(' → ')}`,
  );

  step('4. What must be refused is refused, before anything is sent to Torque');
  const outside = new URL('/gitlab-old/platform/terraform-modules', baseUrl).href;
  assert.deepEqual(errors(checkRepositoryUrl(baseUrl, outside).issues), ['repository_url.outside_base_url']);
  const before = requests;
  const invalid = await connect({ ...plan, repositories: [{ url: outside }] }, options);
  assert.equal(invalid.outcome, 'invalid');
  assert.equal(requests, before, 'nothing may be sent for a plan that is not valid');
  good(`${outside}: outside the base URL, no request was made`);

  for (const [name, code, why] of [
    ['read_api_only', 'token.missing_scope', 'a scope is missing'],
    ['provider_expiring', 'token.has_expiry', 'a provider token must not expire'],
  ]) {
    const { verdict, issues } = await assess(name);
    assert.equal(verdict, 'reject');
    assert.ok(errors(issues).includes(code), `${code} in ${JSON.stringify(issues)}`);
    const method = { ...provider, name: `gitlab-${name}`, token: token(name) };
    let posts = 0;
    const counting = (url, init) => {
      posts += Number(init?.method === 'POST');
      return tellingFetch(url, init);
    };
    const refused = await connect({ ...plan, method }, { fetch: counting });
    assert.equal(refused.outcome, 'failed', JSON.stringify(refused));
    assert.equal(posts, 0, 'a rejected token may not reach Torque');
    good(`${name}: ${why} (${code}); Torque was not asked`);
  }

  step('5. The second method: a token of its own for each repository');
  const secret = sandbox.repositories.find((repository) => repository.url.endsWith('/research/secret-lab'));
  assert.ok(secret);
  const second = await connect(
    {
      ...portal,
      space: sandbox.space,
      method: { kind: 'token_per_repository', baseUrl },
      repositories: [{ url: secret.url, token: token('repository_lab') }],
      policy,
    },
    options,
  );
  assert.equal(second.outcome, 'connected', JSON.stringify(second));
  assert.equal(second.provider, null);
  good(`${secret.url} is Connected with its own token, without a provider`);

  const secrets = [...Object.values(sandbox.torqueTokens), ...sandbox.tokens.map(({ token }) => token)];
  const shown = [...printed, JSON.stringify([report, invalid, second])].join('\n');
  assert.ok(!secrets.some((text) => shown.includes(text)), 'a token was shown');
}

// It ends when its standard input does, so also when this process dies.
const child = spawn(sandboxProgram(), ['--port', '0', '--json', '--until-stdin-closes'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const ended = once(child, 'exit').then(([code]) => {
  throw new Error(`the sandbox ended with ${code} before it was asked to`);
});
try {
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  await main(JSON.parse(line));
  say('\nAll of it went as it should.');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  child.stdin.end();
}
