// The small entry answers as the root does: over the tables, and over whatever JavaScript can pass.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as everything from 'torque-gitlab-connect';
import * as validation from 'torque-gitlab-connect/validate';
import { BAD, HUGE } from './bad-values.mjs';
import { TOKEN, table } from './support.mjs';

const [small, root] = [{ ...validation }, { ...everything }];

const OTHERS = ['init', 'WasmBlockedError', 'checkRepositoryUrls'];
const FUNCTIONS = Object.keys(small).filter((name) => typeof small[name] === 'function' && !OTHERS.includes(name));
const BASE = 'https://gitlab.example.com/gitlab';

/** `make` gives the arguments anew for each of the two. */
function compare(name, make) {
  const [answer, expected] = [small[name](...make()), root[name](...make())];
  assert.deepEqual(answer, expected, name);
  return answer;
}

function* textsIn(value) {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* textsIn(item);
}

/** Every text of the tables. */
const TEXTS = new Set(
  ['base-urls', 'portal-urls', 'repository-urls', 'pasted-urls', 'url-rules', 'gitlab-pages', 'token-text'].flatMap(
    (name) => [...textsIn(table(`${name}.json`))],
  ),
);

test('whatever the small entry has, the root has too', () => {
  assert.deepEqual(
    Object.keys(small).filter((name) => typeof small[name] !== typeof root[name]),
    [],
  );
  assert.ok(FUNCTIONS.length >= 13 && TEXTS.size > 1_000);
});

test('every text of the tables, wherever one is taken', () => {
  const outcomes = new Set();
  for (const text of TEXTS) {
    for (const name of ['checkPortalUrl', 'checkBaseUrl', 'stripToken']) compare(name, () => [text]);
    for (const base of [null, BASE, text]) compare('checkRepositoryUrl', () => [base, text]);
    compare('checkRepositoryUrl', () => [text, `${BASE}/group/project`]);
    for (const purpose of ['provider', 'repository']) {
      compare('checkToken', () => [text, purpose]);
      compare('tokenLinks', () => [text, { purpose, name: text }]);
    }
    compare('checkScopes', () => [[text], { purpose: 'provider', requiredScopes: [text] }]);
    const input = { name: text, baseUrl: text, token: text };
    compare('inspectTokenRequest', () => [{ baseUrl: text, token: TOKEN, allowHttp: true }]);
    compare('createProviderRequest', () => [{ portalUrl: text, torqueToken: text, ...input }]);
    outcomes.add(compare('providerPayload', () => [{ ...input, token: TOKEN }]).ok);
    outcomes.add(compare('repositoryPayload', () => [{ url: text, name: text, branch: text, agents: [text] }]).ok);
    for (const schema of ['providerSchema', 'repositorySchema']) {
      const validate = (entry) => entry[schema]['~standard'].validate({ ...input, url: text });
      assert.deepEqual(validate(small), validate(root));
    }
  }
  assert.deepEqual([...outcomes].sort(), [false, true]);
});

test('every answer of the tables', () => {
  for (const { status, body } of [...table('token-answers.json'), ...table('token-vectors.json')]) {
    for (const purpose of ['provider', 'repository']) {
      compare('assessToken', () => [
        { status, body },
        { purpose, now: 1_795_348_800_000 },
      ]);
    }
    compare('readProviderAnswer', () => [{ status, body }]);
  }
});

test('a list', () => {
  const list = [...TEXTS];
  const [{ value: answer }, { value: expected }] = [small, root].map((entry) => entry.checkRepositoryUrls(BASE, list));
  assert.deepEqual(answer.verdicts, expected.verdicts);
  assert.equal(answer.inside, expected.inside);
  for (const index of list.keys()) assert.deepEqual(answer.result(index), expected.result(index));
});

test('whatever JavaScript can pass', () => {
  for (const name of FUNCTIONS) {
    for (const make of [...BAD, ...HUGE]) {
      compare(name, () => [make(), make()]);
      compare(name, () => [BASE, make()]);
    }
    compare(name, () => []);
  }
});
