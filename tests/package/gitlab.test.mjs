// Choosing and looking up a repository, against the sandbox's GitLab: requests as they were built, sent by fetch.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assessToken,
  branchRequest,
  checkRepositoryUrl,
  connect,
  inspectTokenRequest,
  listProjectsRequest,
  lookUp,
  nextProjectsRequest,
  probeRequest,
  projectRequest,
  readProjects,
  versionRequest,
} from 'torque-gitlab-connect';
import { codes, planFor, startSandbox, value } from './support.mjs';

/** What comes back for a request of the package. */
async function ask(request) {
  const response = await fetch(request.url, request);
  const text = await response.text();
  let body = text;
  try {
    body = JSON.parse(text);
  } catch {}
  return { answer: { status: response.status, body }, link: response.headers.get('Link') ?? '' };
}

test('JSON that a proxy passes on as text is read', () => {
  const body = { id: 1, name: 'torque', active: true, scopes: ['read_api', 'read_repository'], expires_at: null };
  const options = { purpose: 'provider', now: 0 };
  assert.deepEqual(
    assessToken({ status: 200, body: JSON.stringify(body) }, options),
    assessToken({ status: 200, body }, options),
  );
});

/** Every page of the list, and how many there were. */
async function list(input) {
  const projects = [];
  let pages = 0;
  for (let request = value(listProjectsRequest(input)); request !== null; ) {
    const { answer, link } = await ask(request);
    const { baseUrl, token } = input;
    projects.push(...value(readProjects(answer, { baseUrl })));
    pages += 1;
    request = value(nextProjectsRequest({ baseUrl, token, link, requestUrl: request.url }));
  }
  return { projects, pages };
}

test('every project that a token reaches can be picked, page by page', async (context) => {
  const sandbox = await startSandbox(context);
  const { baseUrl } = sandbox.gitlab;
  const { projects, pages } = await list({ baseUrl, token: sandbox.token('provider_good') });
  const paths = projects.map(({ path }) => path);
  assert.ok(pages > 2, `${pages} pages`);
  assert.equal(new Set(paths).size, paths.length, 'none comes twice');
  const units = Array.from({ length: 250 }, (_, index) => `fleet/unit-${String(index + 1).padStart(3, '0')}`);
  assert.deepEqual(
    paths.filter((path) => path.startsWith('fleet/')),
    units,
  );
  for (const { url, path } of projects) assert.equal(value(checkRepositoryUrl(baseUrl, url)).path, path);
  const branches = new Map(projects.map(({ path, defaultBranch }) => [path, defaultBranch]));
  assert.equal(branches.get('payments/ledger'), 'develop');
  assert.equal(branches.get('research/board-papers'), null, 'its code cannot be read');
});

test('a list goes on to its end behind a proxy whose address GitLab does not know', async (context) => {
  const sandbox = await startSandbox(context);
  const { baseUrl, apacheProxy } = sandbox.gitlab;
  const token = sandbox.token('provider_good');
  const [direct, proxied] = [await list({ baseUrl, token }), await list({ baseUrl: apacheProxy, token })];
  assert.ok(proxied.pages > 2, `${proxied.pages} pages`);
  assert.deepEqual(
    proxied.projects.map(({ url }) => url.replace(apacheProxy, baseUrl)),
    direct.projects.map(({ url }) => url),
  );
});

test('what is about to be deleted is left out of a list, or marked where the server does not know how to', async (context) => {
  const sandbox = await startSandbox(context);
  const marks = async (baseUrl) => {
    const { projects } = await list({ baseUrl, token: sandbox.token('provider_good'), search: 'payments' });
    return projects.map(({ path, markedForDeletion }) => [path.replace('payments/', ''), markedForDeletion]);
  };
  const active = [
    ['ledger', undefined],
    ['empty-start', undefined],
    ['issues-only', undefined],
  ];
  assert.deepEqual(await marks(sandbox.gitlab.baseUrl), active);
  const old = new Map(await marks(sandbox.gitlab.old));
  assert.deepEqual(old.get('old-invoices-deletion_scheduled-263'), { on: null });
  assert.equal(old.size, active.length + 3, 'the archived one, and two that are marked');
});

test('a list is narrowed by a part of the name or of the groups above', async (context) => {
  const sandbox = await startSandbox(context);
  const input = { baseUrl: sandbox.gitlab.baseUrl, token: sandbox.token('provider_good') };
  const found = async (search) => (await list({ ...input, search })).projects.map(({ path }) => path);
  assert.deepEqual(await found('LEDG'), ['payments/ledger']);
  assert.deepEqual(await found('network/edge'), ['platform/network/edge/load-balancer']);
  assert.equal((await found('fleet')).length, 250, 'over several pages');
  assert.deepEqual(await found('100% of a&b*#'), []);
});

/** Looks a repository up as a page would: which question comes next is not its business. */
async function look(input) {
  const answers = [];
  const asked = [];
  for (;;) {
    const step = lookUp(input, answers);
    const request = step.ok ? step.value.request : undefined;
    if (request === undefined) return { step, asked: asked.length };
    asked.push(request.url);
    answers.push((await ask(request)).answer);
  }
}

test('a look-up ends in what is known of the repository, whatever the token may ask', async (context) => {
  const sandbox = await startSandbox(context);
  const { baseUrl, old, signOn, signOnPage, rateLimited, passwordProxy, otherProduct } = sandbox.gitlab;
  const { apacheProxy, apacheTwiceProxy, nginxProxy, tomcatProxy } = sandbox.gitlab;
  const slashes = 'gitlab.encoded_slashes';
  const at = (base, path, token, branch) =>
    look({ baseUrl: base, repositoryUrl: `${base}${path}`, token: sandbox.token(token), ...(branch && { branch }) });

  const whole = await at(baseUrl, 'payments/ledger', 'provider_good');
  assert.equal(whole.step.value.project.defaultBranch, 'develop');
  assert.equal(whole.asked, 1);

  for (const [base, path, token, branch, expected] of [
    [baseUrl, 'payments/ledger', 'provider_good', 'develop', []],
    [baseUrl, 'payments/ledger', 'provider_good', 'feature/rates#2', []],
    [baseUrl, 'payments/ledger', 'provider_good', 'nowhere', ['gitlab.branch_not_found']],
    [baseUrl, 'payments/ledger', 'repository_good', undefined, []],
    [baseUrl, 'payments/ledger', 'repository_good', 'feature/rates#2', []],
    [baseUrl, 'payments/ledger', 'repository_good', 'nowhere', ['gitlab.branch_not_found']],
    [baseUrl, 'platform/terraform-modules', 'repository_good', undefined, ['gitlab.project_not_found']],
    [baseUrl, 'payments/ledger', 'read_user_only', undefined, ['gitlab.insufficient_scope']],
    [baseUrl, 'payments/ledger', 'fine_grained', undefined, []],
    [baseUrl, 'payments/ledger', 'fine_grained_refused', undefined, ['gitlab.insufficient_scope']],
    [baseUrl, 'payments/ledger', 'expired', undefined, ['gitlab.unauthorized']],
    [baseUrl, 'payments/ledger', 'blocked_user', undefined, ['gitlab.forbidden']],
    [baseUrl, 'payments/legacy-billing', 'provider_good', undefined, ['gitlab.archived']],
    [baseUrl, 'payments/empty-start', 'provider_good', undefined, ['gitlab.empty_repository']],
    [baseUrl, 'payments/issues-only', 'provider_good', undefined, ['gitlab.repository_disabled']],
    [baseUrl, 'research/board-papers', 'provider_good', undefined, ['gitlab.code_not_readable']],
    [baseUrl, 'research/secret-lab', 'provider_good', undefined, ['gitlab.project_not_found']],
    [baseUrl, 'platform/no-such-project', 'provider_good', undefined, ['gitlab.project_not_found']],
    [baseUrl, 'PAYMENTS/Ledger', 'provider_good', undefined, ['gitlab.path_case']],
    [baseUrl, 'infrastructure/terraform', 'provider_good', undefined, ['gitlab.moved']],
    [baseUrl, 'infrastructure/terraform', 'repository_modules', undefined, ['gitlab.moved']],
    [old, 'infrastructure/terraform', 'provider_good', undefined, ['gitlab.moved']],
    [baseUrl, 'payments/empty-start', 'provider_good', 'develop', ['gitlab.empty_repository']],
    [old, 'payments/empty-start', 'provider_good', 'develop', ['gitlab.empty_repository']],
    [baseUrl, 'payments/sunset', 'provider_good', undefined, ['gitlab.marked_for_deletion']],
    [apacheProxy, 'payments/ledger', 'provider_good', undefined, [slashes]],
    [apacheProxy, 'payments/ledger', 'provider_good', 'main', [slashes]],
    [apacheProxy, 'payments/ledger', 'provider_good', 'feature/rates#2', [slashes]],
    [apacheProxy, 'payments/ledger', 'provider_good', 'release/nowhere', [slashes, 'gitlab.branch_not_found']],
    [apacheProxy, 'payments/legacy-billing', 'provider_good', undefined, [slashes, 'gitlab.archived']],
    [apacheProxy, 'platform/no-such-project', 'provider_good', undefined, [slashes, 'gitlab.project_not_found']],
    [apacheProxy, 'open/handbook', 'provider_good', undefined, [slashes]],
    [apacheProxy, 'payments/ledger', 'repository_good', undefined, [slashes, 'gitlab.insufficient_scope']],
    [apacheProxy, 'payments/ledger', 'expired', undefined, [slashes, 'gitlab.unauthorized']],
    [apacheTwiceProxy, 'payments/ledger', 'provider_good', 'feature/rates#2', [slashes]],
    [apacheTwiceProxy, 'platform/no-such-project', 'provider_good', undefined, ['gitlab.project_not_found']],
    [nginxProxy, 'platform/network/edge/load-balancer', 'provider_good', undefined, [slashes]],
    [nginxProxy, 'payments/ledger', 'fine_grained', 'feature/rates#2', [slashes]],
    [tomcatProxy, 'payments/ledger', 'provider_good', 'feature/rates#2', [slashes]],
    [signOn, 'payments/ledger', 'provider_good', undefined, ['gitlab.redirected']],
    [signOnPage, 'payments/ledger', 'provider_good', undefined, ['gitlab.not_gitlab_json']],
    [rateLimited, 'payments/ledger', 'provider_good', undefined, ['gitlab.rate_limited']],
    [passwordProxy, 'payments/ledger', 'provider_good', undefined, ['gitlab.not_gitlab_json']],
    [otherProduct, 'payments/ledger', 'provider_good', undefined, ['gitlab.not_gitlab_json']],
  ]) {
    const { step } = await at(base, path, token, branch);
    const undecided = ['redirected', 'not_gitlab_json', 'rate_limited', 'insufficient_scope'];
    const proves = expected.every((code) => !undecided.includes(code.replace('gitlab.', '')));
    if (step.ok) assert.equal(step.value.proved, proves, `${path} ${token} ${branch}`);
    else assert.ok(proves, `${path} ${token} ${branch}`);
    // That the sandbox is asked without encryption is about the input.
    const about = step.issues.filter((issue) => issue.path[0] === 'answers');
    assert.deepEqual(codes(about), expected, `${path} ${token} ${branch}`);
  }
  const moved = await at(old, 'infrastructure/terraform', 'provider_good');
  assert.equal(moved.step.issues.at(-1).suggestion, `${old}platform/terraform-modules`);
});

test('what a look-up was passed is checked like everything else', () => {
  const input = { baseUrl: 'https://h.example/', repositoryUrl: 'https://h.example/a/b', token: 'glpat-xyzzy' };
  assert.deepEqual(codes(lookUp({ ...input, branch: 'a..b' }, []).issues), ['gitlab.branch_not_allowed']);
  assert.deepEqual(lookUp(input, [{ status: '200', body: {} }]).issues[0].path, ['answers', 0, 'status']);
  assert.deepEqual(
    lookUp({ ...input, baseUrl: 7 }, null).issues.map(({ path }) => path),
    [['answers'], ['baseUrl']],
  );
});

test('whatever answers in place of GitLab, it says nothing about the token', async (context) => {
  const sandbox = await startSandbox(context);
  const { old, signOn, signOnPage, rateLimited, passwordProxy, otherProduct } = sandbox.gitlab;
  for (const [baseUrl, code] of [
    [old, 'token.endpoint_missing'],
    [signOn, 'token.redirected'],
    [signOnPage, 'token.not_gitlab_json'],
    [rateLimited, 'token.rate_limited'],
    [passwordProxy, 'token.not_gitlab_json'],
    [otherProduct, 'token.not_gitlab_json'],
  ]) {
    const request = value(inspectTokenRequest({ baseUrl, token: sandbox.token('provider_good') }));
    const { verdict, issues } = assessToken((await ask(request)).answer, { purpose: 'provider', now: Date.now() });
    assert.deepEqual([verdict, codes(issues)], ['unknown', [code]], baseUrl);
  }
});

test('the verdict on each token of the sandbox', async (context) => {
  const sandbox = await startSandbox(context);
  const { baseUrl } = sandbox.gitlab;
  const verdicts = async (name) => {
    const token = sandbox.token(name);
    const request = inspectTokenRequest({ baseUrl, token });
    // What its prefix gives away is refused here, before it is sent; GitLab says the same.
    const refused = codes(request.issues).some((code) => ['token.deploy_token', 'token.wrong_kind'].includes(code));
    assert.equal(refused, ['deploy_token', 'job_token'].includes(name), name);
    const asGood = value(inspectTokenRequest({ baseUrl, token: sandbox.token('provider_good') }));
    const { answer } = await ask({ ...asGood, headers: { ...asGood.headers, Authorization: `Bearer ${token}` } });
    const verdict = (purpose) => assessToken(answer, { purpose, now: Date.now() }).verdict;
    return [verdict('provider'), verdict('repository')];
  };
  for (const [name, provider, repository] of [
    ['provider_good', 'ok', 'ok'],
    ['repository_good', 'reject', 'ok'],
    ['provider_expiring', 'reject', 'ok'],
    ['expired', 'reject', 'reject'],
    ['revoked', 'reject', 'reject'],
    ['api', 'ok', 'ok'],
    ['api_sudo_admin', 'ok', 'ok'],
    ['read_api_only', 'reject', 'reject'],
    ['read_user_only', 'reject', 'reject'],
    ['write_repository_only', 'reject', 'ok'],
    ['fine_grained', 'reject', 'unknown'],
    ['fine_grained_refused', 'unknown', 'unknown'],
    ['impersonation_disabled', 'reject', 'reject'],
    ['blocked_user', 'reject', 'reject'],
    ['oauth_token', 'reject', 'reject'],
    ['deploy_token', 'reject', 'reject'],
    ['expires_tomorrow', 'reject', 'ok'],
    ['group_token', 'ok', 'ok'],
    ['service_account', 'ok', 'ok'],
    ['no_prefix', 'ok', 'ok'],
    ['custom_prefix', 'ok', 'ok'],
    ['dpop_required', 'reject', 'reject'],
    ['job_token', 'reject', 'reject'],
  ]) {
    assert.deepEqual(await verdicts(name), [provider, repository], name);
  }
});

test('no request is built that takes a token over plain http, unless that is allowed', () => {
  const token = 'glpat-0123456789abcdefghij';
  const calls = (baseUrl, more = {}) => {
    const input = { baseUrl, token, ...more };
    const project = { ...input, repositoryUrl: `${baseUrl}group/project` };
    const link = `<${baseUrl}api/v4/projects?id_after=1>; rel="next"`;
    return {
      inspectTokenRequest: inspectTokenRequest(input),
      versionRequest: versionRequest(input),
      projectRequest: projectRequest(project),
      branchRequest: branchRequest({ ...project, branch: 'main' }),
      probeRequest: probeRequest(project),
      lookUp: lookUp(project, []),
      listProjectsRequest: listProjectsRequest(input),
      nextProjectsRequest: nextProjectsRequest({ ...input, link }),
    };
  };
  const places = ({ issues }) =>
    issues.filter(({ severity }) => severity === 'error').map(({ code, path }) => [code, path]);
  for (const baseUrl of [
    'http://gitlab.corp.example/',
    'http://10.1.2.3:8080/gitlab/',
    'http://localhost.corp.example/',
  ]) {
    for (const more of [{}, { allowHttp: false }]) {
      for (const [name, result] of Object.entries(calls(baseUrl, more))) {
        assert.deepEqual([result.ok, places(result)], [false, [['gitlab.http_not_allowed', ['baseUrl']]]], name);
        assert.ok(!('value' in result), name);
      }
    }
    for (const [name, result] of Object.entries(calls(baseUrl, { allowHttp: true }))) {
      const request = name === 'lookUp' ? value(result).request : value(result);
      assert.ok(request.url.startsWith(baseUrl), name);
    }
    for (const [name, result] of Object.entries(calls(baseUrl, { allowHttp: 'yes' }))) {
      assert.ok(codes(result.issues).includes('input.wrong_type'), name);
    }
  }
  for (const baseUrl of ['https://gitlab.corp.example/', 'http://127.0.0.1:8080/', 'http://[::1]/']) {
    for (const result of Object.values(calls(baseUrl))) value(result);
  }
});

test('a job asks a GitLab over plain http only where its policy allows it', async () => {
  const plan = {
    portalUrl: 'https://portal.qtorque.io/',
    torqueToken: 'torque-secret-0123456789',
    space: 'demo',
    method: {
      kind: 'provider',
      name: 'gitlab-1',
      baseUrl: 'http://gitlab.corp.example/',
      token: 'glpat-0123456789abcdefghij',
    },
    repositories: [],
  };
  const asked = async (policy) => {
    const urls = [];
    const fetch = async (url) => {
      urls.push(url);
      return new Response('{"message":"401 Unauthorized"}', { status: 401 });
    };
    await connect({ ...plan, policy }, { fetch });
    return urls;
  };
  assert.deepEqual(await asked({}), []);
  assert.deepEqual(await asked({ allowHttp: false }), []);
  assert.deepEqual(await asked({ allowHttp: true }), ['http://gitlab.corp.example/api/v4/personal_access_tokens/self']);
});

test('a job is done behind each proxy that breaks encoded slashes', async (context) => {
  const sandbox = await startSandbox(context);
  const { apacheProxy, apacheTwiceProxy, nginxProxy, tomcatProxy } = sandbox.gitlab;
  for (const [baseUrl, status] of [
    [apacheProxy, 404],
    [apacheTwiceProxy, 404],
    [nginxProxy, 404],
    [tomcatProxy, 400],
  ]) {
    const method = { kind: 'provider', name: `gitlab-${status}`, baseUrl, token: sandbox.token('provider_good') };
    const paths = { 'payments/ledger': 'feature/rates#2', 'platform/terraform-modules': undefined };
    const repositories = Object.entries(paths).map(([path, branch], index) => ({
      url: `${baseUrl}${path}`,
      name: `${new URL(baseUrl).pathname} ${index}`.replaceAll('/', ''),
      ...(branch && { branch }),
    }));
    method.name += new URL(baseUrl).pathname.replaceAll('/', '-');
    const report = await connect(planFor(sandbox, repositories, { method }));
    assert.equal(report.outcome, 'connected', JSON.stringify(report));
    for (const { issues } of report.repositories) {
      assert.deepEqual(codes(issues), ['gitlab.encoded_slashes'], baseUrl);
      assert.equal(issues[0].params.status, status);
      for (const remedy of ['AllowEncodedSlashes NoDecode', 'nocanon', 'proxy_pass', 'encodedSolidusHandling'])
        assert.ok(issues[0].message.includes(remedy), issues[0].message);
    }
    assert.equal(report.repositories[1].branch, 'main', 'the default branch, found by number');
  }
});
