// The tables of the native tests, once more through the package: the same verdicts, codes and suggestions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assessToken,
  checkBaseUrl,
  checkPortalUrl,
  checkRepositoryUrl,
  checkToken,
  stripToken,
  toTerraform,
} from 'torque-gitlab-connect';
import { codes, table } from './support.mjs';

function compare(result, row, path) {
  const shown = JSON.stringify(row.input);
  assert.equal(result.ok ? result.value.url : undefined, row.url, shown);
  assert.deepEqual(codes(result.issues), row.codes, shown);
  for (const issue of result.issues) assert.deepEqual(issue.path, path, shown);
  if (result.ok) return;
  // The platform knows hosts outside ASCII, which the core alone does not.
  assert.equal(result.issues[0].suggestion, row.suggestionOfPlatform ?? row.suggestion, shown);
}

test('base URLs', () => {
  for (const row of table('base-urls.json')) compare(checkBaseUrl(row.input), row, ['baseUrl']);
});

test('portal URLs', () => {
  for (const row of table('portal-urls.json')) compare(checkPortalUrl(row.input), row, ['portalUrl']);
});

test('repository URLs', () => {
  for (const row of table('repository-urls.json')) {
    const result = checkRepositoryUrl(row.base ?? null, row.input);
    const about = { ...result, issues: result.issues.filter((issue) => issue.path[0] === 'repositoryUrl') };
    compare(about, row, ['repositoryUrl']);
    if (result.ok && row.path !== undefined) assert.equal(result.value.path, row.path);
  }
});

test('suggestions of repository URLs pass the same check', () => {
  for (const { base, input } of table('repository-urls.json').filter((row) => row.base)) {
    const issue = checkRepositoryUrl(base, input).issues.find(({ path }) => path[0] === 'repositoryUrl');
    if (issue?.suggestion === undefined) continue;
    assert.ok(checkRepositoryUrl(base, issue.suggestion).ok, `${input} → ${issue.suggestion}`);
  }
});

test('each rule refuses and lets pass', () => {
  const checks = {
    base_url: (text) => checkBaseUrl(text),
    portal_url: (text) => checkPortalUrl(text),
    repository_url: (text, base) => checkRepositoryUrl(base, text),
  };
  for (const { rule, base = null, subject, refused, accepted } of table('url-rules.json')) {
    const check = subject ?? 'repository_url';
    const told = (text) => checks[check](text, base).issues.filter((issue) => issue.path[0] !== 'baseUrl' || subject);
    for (const text of refused) assert.equal(told(text)[0].code, `${check}.${rule}`, JSON.stringify(text));
    for (const text of accepted) assert.ok(checks[check](text, base).ok, JSON.stringify(text));
  }
});

test('a host outside ASCII is offered as the platform writes it', () => {
  const base = checkBaseUrl('https://münchen.example/gitlab');
  assert.deepEqual(codes(base.issues), ['base_url.host_not_ascii']);
  assert.equal(base.issues[0].suggestion, 'https://xn--mnchen-3ya.example/gitlab');
  assert.ok(checkBaseUrl(base.issues[0].suggestion).ok);

  const inside = checkRepositoryUrl('https://xn--mnchen-3ya.example/', 'https://münchen.example/group/project');
  assert.equal(inside.issues.at(-1).suggestion, 'https://xn--mnchen-3ya.example/group/project');
  const outside = checkRepositoryUrl('https://gitlab.example/', 'https://münchen.example/group/project');
  assert.equal(outside.issues[0].suggestion, undefined);
});

test('parts of a repository URL stand where they say', () => {
  const { value } = checkRepositoryUrl('https://h.example:8443/gitlab', 'https://h.example:8443/gitlab/a/b/c.git');
  const parts = Object.entries(value.parts).map(([name, range]) => [name, value.url.slice(...range)]);
  assert.deepEqual(Object.fromEntries(parts), {
    scheme: 'https',
    host: 'h.example',
    port: '8443',
    basePath: '/gitlab/',
    namespace: 'a/b',
    project: 'c',
  });
});

test('texts of tokens, and none of them is shown', () => {
  for (const row of table('token-text.json')) {
    for (const purpose of ['provider', 'repository']) {
      const result = checkToken(row.input, purpose);
      assert.deepEqual(codes(result.issues), row.codes, row.input);
      assert.deepEqual(result.ok ? result.value : {}, row.kind ? { kind: row.kind, masked: row.masked } : {});
      for (const piece of row.input.match(/[\w.-]{20,}/g) ?? []) {
        assert.ok(!JSON.stringify(result).includes(piece), row.input);
      }
    }
  }
});

test('answers about tokens, for both purposes and both readings of scopes', () => {
  const now = '2026-11-22T12:00:00Z';
  for (const { n, status, body, ...expected } of table('token-vectors.json')) {
    for (const purpose of ['provider', 'repository']) {
      for (const scopes of ['literal', 'effective']) {
        const { verdict } = assessToken({ status, body }, { purpose, scopes, now });
        assert.equal(verdict, expected[purpose][scopes], `${n} ${purpose} ${scopes}`);
      }
    }
  }
});

test('the present moment is milliseconds or RFC 3339', () => {
  const answer = {
    status: 200,
    body: { name: 'x', active: true, scopes: ['read_repository'], expires_at: '2027-01-01' },
  };
  const now = '2026-11-22T12:00:00Z';
  const told = assessToken(answer, { purpose: 'repository', now });
  assert.deepEqual(told, assessToken(answer, { purpose: 'repository', now: Date.parse(now) }));
  assert.equal(told.token.daysLeft, 40);
});

test('what was pasted around a token comes off when the user says so', () => {
  for (const pasted of [
    'PRIVATE-TOKEN: glpat-xyzzy',
    "'glpat-xyzzy'",
    'Authorization: Bearer "glpat-xyzzy"',
    ' glpat-xyzzy ',
  ]) {
    const stripped = stripToken(pasted);
    assert.deepEqual(stripped, { ok: true, value: { token: 'glpat-xyzzy' }, issues: [] });
    assert.ok(checkToken(stripped.value.token, 'provider').ok);
  }
  assert.deepEqual(codes(stripToken(null).issues), ['input.wrong_type']);
});

test("the platform's URL is asked about each accepted URL, and whoever takes its place can only refuse", (t) => {
  const base = 'https://gitlab.example.com/';
  const repository = `${base}group/project`;
  const refused = ['https://evil.example\\@gitlab.example.com/group/project', 'https://evil.example/group/project'];
  const Platform = globalThis.URL;
  t.after(() => {
    globalThis.URL = Platform;
  });
  const answer = (href) =>
    class {
      href = typeof href === 'function' ? href() : href;
    };
  const lies = {
    'another host': answer('https://evil.example/group/project'),
    'another path': answer(`${base}group/other`),
    'a query': answer(`${repository}?`),
    'no text': answer({ toString: () => repository }),
    'an error': answer(() => {
      throw new Error('no');
    }),
    'no class': undefined,
  };
  // The second time the short way is taken.
  const checks = [() => checkRepositoryUrl(null, repository), () => checkRepositoryUrl(base, repository)];
  for (const check of checks) assert.ok(check().ok && check().ok);
  for (const [lie, replaced] of Object.entries(lies)) {
    globalThis.URL = replaced;
    for (const check of checks) {
      const result = check();
      assert.equal(result.ok, false, lie);
      assert.ok(lie === 'no text' || codes(result.issues).includes('repository_url.ambiguous'), lie);
    }
    globalThis.URL = Platform;
    for (const check of checks) assert.ok(check().ok, lie);
  }
  for (const text of refused) {
    globalThis.URL = answer(repository);
    assert.equal(checkRepositoryUrl(base, text).ok, false, text);
  }
});

test('names that Terraform would change', () => {
  for (const { text, is_nfc } of table('nfc.json')) {
    const exported = toTerraform({
      portalUrl: 'https://portal.qtorque.io',
      space: 'demo',
      method: { kind: 'token_per_repository' },
      repositories: [{ url: 'https://gitlab.example.com/group/project', name: text, branch: 'main' }],
    });
    assert.deepEqual(codes(exported.issues), is_nfc ? [] : ['export.not_expressible'], text);
  }
});
