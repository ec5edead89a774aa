// connect() over real HTTP: both methods, refusals, and servers that misbehave. No event and no report holds a token.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { connect, listRepositoriesRequest, readRepositories } from 'torque-gitlab-connect';
import { codes, planFor, startSandbox, startServer, TOKEN, value } from './support.mjs';

const TORQUE_TOKEN = 'torque-secret-0123456789';

/** A plan against servers of a test's own: one repository with its own token, GitLab is not asked. */
const planAgainst = (portalUrl, more = {}) => ({
  portalUrl,
  torqueToken: TORQUE_TOKEN,
  space: 'demo',
  method: { kind: 'token_per_repository' },
  repositories: [{ url: 'https://gitlab.example.com/group/project', token: TOKEN }],
  policy: { pollMs: 5, seed: 1, inspect: false, syncTimeoutMs: 50, requestTimeoutMs: 2_000, ...more },
});

const json = (response, status, body, headers = {}) =>
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));

/** The report. Neither it nor an event may hold a secret. */
async function run(plan, options = {}) {
  const events = [];
  const report = await connect(plan, { ...options, onEvent: (event) => events.push(event) });
  const text = JSON.stringify([report, events]);
  const secrets = [plan.torqueToken, plan.method.token, ...plan.repositories.map((repository) => repository.token)];
  for (const secret of secrets.filter(Boolean)) assert.ok(!text.includes(secret.slice(4)), text);
  return { report, events };
}

test('the first method: a provider, its repositories, and the list that shows them', async (context) => {
  const sandbox = await startSandbox(context);
  const [first, second] = sandbox.repositories;
  const plan = planFor(sandbox, [{ url: first.url }, { url: `${second.url}.git`, name: 'modules' }]);
  const { report, events } = await run(plan);
  assert.equal(report.outcome, 'connected', JSON.stringify(report));
  assert.equal(report.provider.outcome, 'done');
  assert.ok(report.provider.id);
  assert.deepEqual(
    report.repositories.map((repository) => repository.outcome),
    ['connected', 'connected'],
  );
  assert.ok(report.next.url.startsWith(sandbox.torque));

  const { portalUrl, torqueToken, space } = plan;
  const request = value(listRepositoriesRequest({ portalUrl, torqueToken, space }));
  const answer = await fetch(request.url, request);
  const listed = value(readRepositories({ status: answer.status, body: await answer.json() }));
  assert.ok(listed.some(({ name, status, url }) => name === 'modules' && status === 'Connected' && url === second.url));

  const posts = events.filter((event) => event.type === 'request' && event.method === 'POST');
  assert.deepEqual(
    posts.map((event) => event.step),
    ['provider', 'repository', 'repository'],
  );
  for (const { id, type } of events)
    if (type === 'request') assert.ok(events.some((other) => other.type === 'answer' && other.id === id));

  const again = await run(planFor(sandbox, [{ url: sandbox.repositories[2].url }]));
  assert.equal(again.report.outcome, 'failed');
  assert.deepEqual(codes(again.report.provider.issues), ['torque.provider_exists']);
});

test('a refusal of Torque is reported although the space has the repository already', async (context) => {
  const sandbox = await startSandbox(context);
  const [{ url }] = sandbox.repositories;
  const plan = planFor(sandbox, [{ url }]);
  assert.equal((await connect(plan)).outcome, 'connected');
  const method = { kind: 'provider', baseUrl: sandbox.gitlab.baseUrl, existing: true };
  const { report } = await run(planFor(sandbox, [{ url, agents: ['nobody'] }], { method }));
  const [{ outcome, issues, sent }] = report.repositories;
  assert.deepEqual([outcome, sent.map(({ status }) => status)], ['connected', [422]]);
  assert.deepEqual(codes(issues), ['torque.refused', 'torque.already_connected']);
  assert.ok(issues.every(({ severity }) => severity === 'warning'));
});

test('the second method: a token for each repository', async (context) => {
  const sandbox = await startSandbox(context);
  const url = sandbox.repositories.find((repository) => repository.url.endsWith('/payments/ledger')).url;
  const { report } = await run(
    planFor(sandbox, [{ url, token: sandbox.token('repository_good') }], {
      method: { kind: 'token_per_repository', baseUrl: sandbox.gitlab.baseUrl },
    }),
  );
  assert.equal(report.outcome, 'connected', JSON.stringify(report));
  assert.equal(report.provider, null);
  assert.equal(report.tokens[0].verdict, 'ok');
});

for (const [name, code] of [
  ['read_api_only', 'token.missing_scope'],
  ['provider_expiring', 'token.has_expiry'],
  ['expired', 'token.token_expired'],
  ['revoked', 'token.token_revoked'],
]) {
  test(`a provider's token that is ${name} stops everything before Torque is asked`, async (context) => {
    const sandbox = await startSandbox(context);
    const { report, events } = await run(
      planFor(sandbox, [{ url: sandbox.repositories[0].url }], {
        method: { kind: 'provider', name: 'gitlab-1', baseUrl: sandbox.gitlab.baseUrl, token: sandbox.token(name) },
      }),
    );
    assert.equal(report.outcome, 'failed');
    assert.ok(codes(report.tokens[0].issues).includes(code), JSON.stringify(report));
    assert.ok(!events.some((event) => event.type === 'request' && event.url.startsWith(sandbox.torque)));
  });
}

test('a repository outside the base URL: the plan is invalid and nothing is sent', async (context) => {
  const server = await startServer(context, (_, response) => json(response, 200, []));
  const { report, events } = await run({
    ...planAgainst(server.url),
    method: { kind: 'provider', name: 'x', baseUrl: 'https://gitlab.example.com', token: TOKEN },
    repositories: [{ url: 'https://gitlab.example.com.evil.example/group/project' }],
  });
  assert.equal(report.outcome, 'invalid');
  assert.deepEqual(
    report.issues.map(({ code, path }) => [code, path]).filter(([code]) => code !== 'portal_url.unknown_host'),
    [['repository_url.outside_base_url', ['repositories', 0, 'url']]],
  );
  assert.deepEqual(events, []);
  assert.deepEqual(server.requests, []);
});

test('values of a wrong type and values that break a rule are in one report', async () => {
  const report = await connect({
    portalUrl: 'http://portal.qtorque.io',
    space: 7,
    method: { kind: 'provider', nmae: 'x', baseUrl: 'ftp://x', token: '' },
    repositories: [{ url: 'x y', token: 1n }],
    policy: { pollMs: 0, onUnknown: 'stpo', expiry: true },
  });
  assert.deepEqual(
    report.issues
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => `${path.join('.')}: ${code}`)
      .sort(),
    [
      'method.baseUrl: base_url.scheme_not_supported',
      'method.name: input.missing',
      'method.nmae: input.unknown_key',
      'method.token: token.empty',
      'policy.expiry: input.wrong_type',
      'policy.onUnknown: input.not_allowed',
      'policy.pollMs: plan.out_of_range',
      'portalUrl: portal_url.http_not_allowed',
      'repositories.0.token: input.wrong_type',
      'repositories.0.url: repository_url.white_space',
      'space: input.wrong_type',
    ],
  );
});

test('a refusal of Torque is reported with its status and its text without tokens', async (context) => {
  for (const [status, body, code] of [
    [401, { message: `bad token ${TORQUE_TOKEN}` }, 'torque.unauthorized'],
    [403, { error: 'no' }, 'torque.space_forbidden'],
    [404, '', 'torque.space_not_found'],
    [422, { errors: [{ message: `cannot use ${TOKEN}` }] }, 'torque.refused'],
  ]) {
    const server = await startServer(context, (request, response) =>
      request.method === 'POST'
        ? json(response, status, body)
        : json(response, status === 422 ? 200 : status, status === 422 ? [] : body),
    );
    const { report } = await run(planAgainst(server.url));
    assert.equal(report.outcome, 'failed', JSON.stringify(report));
    const reported = codes([...report.issues, ...report.repositories.flatMap((repository) => repository.issues)]);
    assert.ok(reported.includes(code), `${status}: ${reported}`);
  }
});

test('a server error and a web page are shown as what they are', async (context) => {
  for (const [handle, code] of [
    [(response) => json(response, 500, { message: 'boom' }), 'torque.server_error'],
    [
      (response) =>
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>'),
      'torque.not_torque',
    ],
    [(response) => response.writeHead(302, { Location: 'https://sign-on.example/' }).end(), 'torque.redirected'],
  ]) {
    const server = await startServer(context, (_, response) => handle(response));
    const controller = new AbortController();
    const { report } = await run(planAgainst(server.url), { signal: controller.signal, fetch: limited(2, controller) });
    const reported = codes([...report.issues, ...report.repositories.flatMap((repository) => repository.issues)]);
    assert.ok(reported.includes(code), `${code}: ${JSON.stringify(report)}`);
    assert.notEqual(report.outcome, 'connected');
    assert.ok(server.requests.filter((line) => line.startsWith('POST')).length <= 1);
  }
});

/** Ends the job after so many requests: the look for a lost repository goes on for longer than a test should take. */
function limited(most, controller) {
  let sent = 0;
  return async (url, init) => {
    sent += 1;
    if (sent > most) controller.abort();
    return fetch(url, init);
  };
}

test('no network at all: nothing is known to be connected, and nothing hangs', async () => {
  const controller = new AbortController();
  const { report, events } = await run(planAgainst('http://127.0.0.1:1/'), {
    signal: controller.signal,
    fetch: limited(2, controller),
  });
  assert.ok(events.some((event) => event.type === 'failure' && event.reason === 'network'));
  assert.ok(['unknown', 'aborted', 'failed'].includes(report.outcome), report.outcome);
  assert.equal(report.repositories[0].sent.length, 1);
});

test('an answer that does not come in time counts as lost', async (context) => {
  const server = await startServer(context, () => {});
  const controller = new AbortController();
  const { events } = await run(planAgainst(server.url, { requestTimeoutMs: 20 }), {
    signal: controller.signal,
    fetch: limited(2, controller),
  });
  assert.ok(events.some((event) => event.type === 'failure' && event.reason === 'timeout'));
});

test('a fetch that does nothing right is a network failure', async () => {
  for (const fetch of [
    () => {
      throw new Error('thrown');
    },
    () => undefined,
    async () => ({ status: 'x', headers: { get: () => null } }),
    // Neither an answer nor a redirect that a browser hides.
    async () => Response.error(),
    async () => ({ status: 0, type: 'opaque', headers: { get: () => null } }),
    async () => {
      throw null;
    },
  ]) {
    const controller = new AbortController();
    const { events } = await run(planAgainst('http://127.0.0.1:1/'), {
      signal: controller.signal,
      fetch: (...request) => {
        controller.abort();
        return fetch(...request);
      },
    });
    assert.ok(events.every((event) => event.type !== 'answer'));
  }
});

test('a listener that throws, now or later, does not stop the job', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = planFor(sandbox, []);
  let calls = 0;
  const report = await connect(plan, {
    onEvent() {
      calls += 1;
      if (calls % 2 === 0) return Promise.reject(new Error('later'));
      throw new Error('now');
    },
  });
  assert.equal(report.outcome, 'connected');
  assert.ok(calls > 0);
});

test('an aborted job ends at once with a report', async (context) => {
  const before = await run(planAgainst('http://127.0.0.1:1/'), { signal: AbortSignal.abort() });
  assert.equal(before.report.outcome, 'aborted');
  assert.ok(before.events.every((event) => event.type !== 'request'));

  const controller = new AbortController();
  const server = await startServer(context, () => controller.abort());
  const { report } = await run(planAgainst(server.url), { signal: controller.signal });
  assert.equal(report.outcome, 'aborted');
  assert.equal(report.repositories[0].outcome, 'unknown');
  assert.equal(report.repositories[0].sent.length, 1);
});

for (const [concurrency, atOnce] of [
  [2, 2],
  [2 ** 40, 12],
]) {
  test(`as many requests are under way as was asked for, and no more: ${concurrency}`, async (context) => {
    const connected = [];
    const open = [];
    let most = 0;
    const server = await startServer(context, async (request, response) => {
      if (request.method === 'GET') return json(response, 200, connected);
      const { repository_name: name, repository_url } = JSON.parse(Buffer.concat(await request.toArray()).toString());
      connected.push({ name, repository_url, status: 'Connected' });
      open.push(response);
      most = Math.max(most, open.length);
      // Answered together, so that all must be there at once.
      if (open.length === atOnce) for (const pending of open.splice(0)) json(pending, 202, '');
    });
    const urls = Array.from({ length: 12 }, (_, index) => `https://gitlab.example.com/group/project-${index}`);
    const plan = { ...planAgainst(server.url), repositories: urls.map((url) => ({ url, token: TOKEN })) };
    const { report } = await run(plan, { concurrency });
    assert.equal(report.outcome, 'connected', JSON.stringify(report));
    // None was given up while it waited for others.
    assert.deepEqual(
      new Set(report.repositories.flatMap(({ sent }) => sent.map(({ status }) => status))),
      new Set([202]),
    );
    assert.equal(most, atOnce);
  });
}

test('a body without end is read no further than its first megabyte', async (context) => {
  let sent = 0;
  const server = await startServer(context, (request, response) => {
    if (request.method === 'POST') return json(response, 202, '');
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const more = () => {
      while (!response.destroyed && sent < 50_000_000) {
        sent += 100_000;
        if (!response.write(' '.repeat(100_000))) return response.once('drain', more);
      }
    };
    more();
  });
  const controller = new AbortController();
  const { events } = await run(planAgainst(server.url), { signal: controller.signal, fetch: limited(2, controller) });
  assert.ok(events.some((event) => event.type === 'answer' && event.step === 'list'));
  assert.ok(sent < 50_000_000, `${sent} bytes were sent`);
});

test('the list of a large space is read to its end', async (context) => {
  const one = { name: 'project', repository_url: 'https://gitlab.example.com/group/project', status: 'Connected' };
  const others = Array.from({ length: 6_000 }, (_, index) => ({
    name: `other-${index}`,
    repository_url: `https://gitlab.example.com/a-group-with-a-long-name/and-another-one/other-${index}`,
    token: null,
    branch: 'main',
    agents: [{ name: 'agent-1', status: 'online' }],
    status: 'Connected',
    errors: [],
  }));
  const list = [...others, one];
  assert.ok(JSON.stringify(list).length > 1_000_000);
  const server = await startServer(context, (request, response) =>
    request.method === 'POST' ? json(response, 202, '') : json(response, 200, list),
  );
  const { report } = await run(planAgainst(server.url, { pollMs: 5, syncTimeoutMs: 60_000 }));
  assert.equal(report.outcome, 'connected', JSON.stringify(report));
});

test('a checkpoint that is never stored holds the job until it is ended', async (context) => {
  const server = await startServer(context, (_, response) => json(response, 200, []));
  const controller = new AbortController();
  const { report } = await run(planAgainst(server.url), {
    signal: controller.signal,
    onCheckpoint: () => {
      setImmediate(() => controller.abort());
      return new Promise(() => {});
    },
  });
  assert.deepEqual([report.outcome, report.repositories[0].outcome], ['aborted', 'not_started']);
  assert.deepEqual(server.requests, []);
});

test('behind a proxy of the portal no Torque token is needed', async (context) => {
  const seen = [];
  const server = await startServer(context, (request, response) => {
    seen.push(request.headers.authorization);
    const list = [{ name: 'project', repository_url: 'https://gitlab.example.com/group/project', status: 'Connected' }];
    json(response, request.method === 'POST' ? 202 : 200, request.method === 'POST' ? '' : list);
  });
  const { torqueToken, ...plan } = planAgainst(`${server.url}torque-proxy`);
  const requests = [];
  const signing = (url, request) => {
    requests.push(request);
    return fetch(url, { ...request, headers: { ...request.headers, Authorization: 'Bearer of-the-portal' } });
  };
  const { report } = await run(plan, { fetch: signing });
  assert.equal(report.outcome, 'connected');
  assert.ok(server.requests.every((line) => line.includes('/torque-proxy/api/spaces/demo/repositories')));
  assert.ok(
    requests.every(({ headers, credentials }) => !('Authorization' in headers) && credentials === 'same-origin'),
  );
  assert.deepEqual([...new Set(seen)], ['Bearer of-the-portal']);
});

test('it works in a worker', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = planFor(sandbox, [{ url: sandbox.repositories[0].url }]);
  const source = `import { parentPort, workerData } from 'node:worker_threads';
    import { connect } from '${import.meta.resolve('torque-gitlab-connect')}';
    parentPort.postMessage(await connect(workerData));`;
  const address = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new Worker(address, { workerData: plan, execArgv: [] });
  const [report] = await once(worker, 'message');
  assert.equal(report.outcome, 'connected');
});

test('options that mean nothing are refused, not ignored', async () => {
  const { report } = await run(planAgainst('http://127.0.0.1:1/'), { fetch: 'x', concurrency: 0, singal: null });
  assert.equal(report.outcome, 'invalid');
  assert.deepEqual(
    report.issues.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${path.join('.')}: ${code}`),
    ['options.fetch: input.wrong_type', 'options.concurrency: input.not_allowed', 'options.singal: input.unknown_key'],
  );
});
