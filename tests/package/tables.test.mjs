// The tables of the native tests, once more through the package: the same verdicts, codes and suggestions.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assessToken,
  branchRequest,
  checkBaseUrl,
  checkPortalUrl,
  checkRepositoryUrl,
  checkRepositoryUrls,
  checkToken,
  connectRepositoryRequest,
  createProviderRequest,
  inspectTokenRequest,
  listProjectsRequest,
  planSchema,
  probeRequest,
  projectRequest,
  providerPayload,
  providerSchema,
  readPlanLines,
  readProjects,
  repositoryPayload,
  stripToken,
  toCurl,
  tokenLinks,
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
    compare(result, row, ['repositoryUrl']);
    if (result.ok && row.path !== undefined) assert.equal(result.value.path, row.path);
  }
});

test('addresses below a GitLab are no base URLs', () => {
  const { roots, below, rootsOfAnotherName, belowAnyRoot, servers } = table('gitlab-pages.json');
  for (const [above, pages] of [
    [roots, below],
    [rootsOfAnotherName, belowAnyRoot],
  ]) {
    for (const root of above) {
      for (const [page, code] of Object.entries(pages)) {
        const { issues } = checkBaseUrl(root + page);
        assert.deepEqual(codes(issues), [`base_url.${code}`], root + page);
        assert.equal(issues[0].suggestion, root, root + page);
      }
    }
  }
  for (const server of servers) assert.equal(checkBaseUrl(server).value?.url, server);
});

test('what is pasted leads to the repository that is meant', () => {
  for (const { base, input, meant } of table('pasted-urls.json')) {
    const result = checkRepositoryUrl(base, input);
    const offered = result.issues.find(({ suggestion }) => suggestion !== undefined)?.suggestion;
    assert.equal(offered ?? result.value?.url, meant, input);
  }
});

test('suggestions of repository URLs pass the same check', () => {
  for (const { base, input } of table('repository-urls.json').filter((row) => row.base)) {
    const [issue] = checkRepositoryUrl(base, input).issues;
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
    for (const text of refused)
      assert.equal(checks[check](text, base).issues[0].code, `${check}.${rule}`, JSON.stringify(text));
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
  const assessment = assessToken(answer, { purpose: 'repository', now });
  assert.deepEqual(assessment, assessToken(answer, { purpose: 'repository', now: Date.parse(now) }));
  assert.equal(assessment.token.daysLeft, 40);
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

test('warnings about a base URL come from its own check, and once from a plan', () => {
  const base = 'http://git_lab.example/platform';
  const warnings = ['base_url.not_encrypted', 'base_url.host_underscore', 'base_url.may_be_group'];
  assert.deepEqual(codes(checkBaseUrl(base).issues), warnings);
  const [repositoryUrl, token] = [`${base}/group/project`, 'glpat-0123456789abcdefghij'];
  const list = checkRepositoryUrls(base, [repositoryUrl]);
  const portal = { portalUrl: 'https://portal.qtorque.io/', space: 'demo' };
  const input = { baseUrl: base, repositoryUrl, token, allowHttp: true };
  const answer = { status: 200, body: [] };
  const others = {
    checkRepositoryUrl: checkRepositoryUrl(base, repositoryUrl),
    'once more': checkRepositoryUrl(base, repositoryUrl),
    checkRepositoryUrls: list,
    'a result of it': list.value.result(0),
    tokenLinks: tokenLinks(base, { purpose: 'provider' }),
    providerPayload: providerPayload({ name: 'x', baseUrl: base, token }),
    createProviderRequest: createProviderRequest({ portalUrl: portal.portalUrl, name: 'x', baseUrl: base, token }),
    repositoryPayload: repositoryPayload({ url: repositoryUrl, baseUrl: base }),
    connectRepositoryRequest: connectRepositoryRequest({ ...portal, url: repositoryUrl, baseUrl: base }),
    inspectTokenRequest: inspectTokenRequest({ baseUrl: base, token, allowHttp: true }),
    projectRequest: projectRequest(input),
    branchRequest: branchRequest({ ...input, branch: 'main' }),
    probeRequest: probeRequest(input),
    listProjectsRequest: listProjectsRequest({ baseUrl: base, token, allowHttp: true }),
    readProjects: readProjects(answer, { baseUrl: base }),
    readPlanLines: readPlanLines(`${repositoryUrl}\n`, { baseUrl: base }),
  };
  for (const [name, { ok, issues }] of Object.entries(others)) {
    assert.deepEqual([ok, codes(issues)], [true, []], name);
  }
  const repositories = ['one', 'two'].map((project) => ({ url: `${base}/group/${project}` }));
  const plan = { ...portal, method: { kind: 'provider', name: 'x', baseUrl: base }, repositories };
  assert.deepEqual(codes(toCurl(plan).issues), warnings);
  // An error in it is reported wherever it is used.
  const wrong = 'https://git.example/api/v4';
  const validate = (schema, value) => schema['~standard'].validate(value);
  const refused = {
    checkBaseUrl: checkBaseUrl(wrong),
    checkRepositoryUrl: checkRepositoryUrl(wrong, 'https://git.example/group/project'),
    checkRepositoryUrls: checkRepositoryUrls(wrong, []),
    providerPayload: providerPayload({ name: 'x', baseUrl: wrong, token }),
    providerSchema: validate(providerSchema, { name: 'x', baseUrl: wrong, token }),
    inspectTokenRequest: inspectTokenRequest({ baseUrl: wrong, token }),
    listProjectsRequest: listProjectsRequest({ baseUrl: wrong, token }),
    toCurl: toCurl({ ...plan, method: { ...plan.method, baseUrl: wrong }, repositories: [] }),
    planSchema: validate(planSchema, { ...plan, method: { ...plan.method, token, baseUrl: wrong }, repositories: [] }),
  };
  for (const [name, { issues }] of Object.entries(refused)) {
    const errors = issues.map(({ code, path, suggestion }) => [code, path.at(-1), suggestion]);
    assert.deepEqual(errors, [['base_url.api_url', 'baseUrl', 'https://git.example/']], name);
  }
});

test('a project is what GitLab lists, also one whose name is that of a wiki', () => {
  const baseUrl = 'https://gitlab.example.com/';
  const body = ['group/project.wiki', 'group/old.', 'group/sub/activity'].map((path, id) => ({
    id,
    path_with_namespace: path,
  }));
  const listed = readProjects({ status: 200, body }, { baseUrl });
  assert.deepEqual(codes(listed.issues), []);
  const urls = listed.value.map(({ url }) => url);
  assert.deepEqual(
    urls,
    body.map(({ path_with_namespace: path }) => baseUrl + path),
  );
  for (const url of urls) {
    const payload = repositoryPayload({ url, baseUrl });
    assert.equal(payload.value?.repository_url, url);
  }
  assert.deepEqual(codes(checkRepositoryUrl(baseUrl, `${urls[0]}.git`).issues), ['repository_url.wiki']);
});
