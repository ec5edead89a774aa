// What a preview says is what `connect` sends; every kind of plan has native tests (tests/onboarding/preview.rs).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, previewPlan } from 'torque-gitlab-connect';
import { codes, planFor, startSandbox, TOKEN, value } from './support.mjs';

const shown = ({ method, url, headers, body }) => ({
  method,
  url,
  headers,
  body: body === undefined ? null : JSON.parse(body),
});

/** What a job sends, one after the other, with these secrets masked. */
async function sentBy(plan, masks) {
  const sent = [];
  const masked = (text) => Object.entries(masks).reduce((left, [secret, mask]) => left.replaceAll(secret, mask), text);
  const report = await connect(plan, {
    concurrency: 1,
    fetch: (url, request) => {
      const { method, headers, body } = request;
      sent.push(shown(JSON.parse(masked(JSON.stringify({ method, url, headers, body })))));
      return fetch(url, request);
    },
  });
  assert.equal(report.outcome, 'connected', JSON.stringify(report));
  // The space's list may be asked for again.
  const last = sent.findIndex(({ url, method }) => method === 'GET' && url.startsWith(plan.portalUrl));
  return sent.slice(0, last + 1);
}

test('a job with a new provider sends what its preview says', async (context) => {
  const sandbox = await startSandbox(context);
  const repositories = sandbox.repositories
    .slice(0, 2)
    .map(({ url, default_branch: branch = 'main' }) => ({ url, branch }));
  const plan = planFor(sandbox, repositories);
  const planned = value(previewPlan(plan));
  assert.deepEqual(
    planned.map(({ step, repository }) => [step, repository]),
    [
      ['token', undefined],
      ['project', 0],
      ['project', 1],
      ['provider', undefined],
      ['repository', 0],
      ['repository', 1],
      ['list', undefined],
    ],
  );
  const masks = { [plan.method.token]: 'glpat-…', [plan.torqueToken]: '…' };
  assert.deepEqual(await sentBy(plan, masks), planned.map(shown));
});

test('so does one with a provider that was made earlier, and one with a token for each repository', async (context) => {
  const sandbox = await startSandbox(context);
  const [first, second] = sandbox.repositories;
  const { baseUrl } = sandbox.gitlab;
  const token = sandbox.token('provider_good');
  assert.equal((await connect(planFor(sandbox, []))).outcome, 'connected');
  const existing = planFor(sandbox, [{ url: first.url }], { method: { kind: 'provider', baseUrl, existing: true } });
  const masks = { [token]: 'glpat-…', [existing.torqueToken]: '…' };
  assert.deepEqual(await sentBy(existing, masks), value(previewPlan(existing)).map(shown));

  const repositories = [{ url: second.url, token, autoRegister: true }];
  const policy = { pollMs: 5, inspect: false };
  const own = planFor(sandbox, repositories, { method: { kind: 'token_per_repository' }, policy });
  assert.deepEqual(await sentBy(own, masks), value(previewPlan(own)).map(shown));
});

test('no token is in a preview, and none is missed', () => {
  const unmarked = 'corp_Ij5_Kl6_Mn7_Op8';
  const torqueToken = 'torque_Ab1_Cd2_Ef3_Gh4';
  const common = { portalUrl: 'https://portal.qtorque.io', space: 'demo', torqueToken };
  const baseUrl = 'https://gitlab.example.com/';
  const provider = (token) => ({ kind: 'provider', name: 'gitlab-1', baseUrl, token });
  const repository = (token) => ({ url: `${baseUrl}group/project`, token });
  const plans = [
    { ...common, method: provider(TOKEN), repositories: [repository(unmarked)] },
    { ...common, method: provider(unmarked), repositories: [repository(TOKEN)] },
    { ...common, method: { kind: 'token_per_repository', baseUrl }, repositories: [repository(TOKEN)] },
  ];
  for (const plan of plans) {
    const text = JSON.stringify(value(previewPlan(plan))).toLowerCase();
    for (const secret of [TOKEN, unmarked, torqueToken].map((secret) => secret.toLowerCase())) {
      for (let at = 0; at + 8 <= secret.length; at += 1) assert.ok(!text.includes(secret.slice(at, at + 8)), text);
    }
  }
  const without = { ...common, torqueToken: undefined, method: provider(undefined), repositories: [] };
  const [, create] = value(previewPlan(without));
  assert.equal(JSON.parse(create.body).details.token, '…');
  assert.equal(create.headers.Authorization, undefined);
});

test('a plan that is wrong has issues instead', () => {
  const { ok, issues } = previewPlan({ portalUrl: 'https://portal.qtorque.io', method: { kind: 'x' }, space: '..' });
  assert.equal(ok, false);
  assert.deepEqual(codes(issues), ['input.not_allowed', 'input.missing']);
});
