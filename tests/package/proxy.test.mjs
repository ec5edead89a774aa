// `torqueProxy`, against a sandbox and against servers that misbehave.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect } from 'torque-gitlab-connect';
import { torqueProxy } from 'torque-gitlab-connect/proxy';
import { planFor, startSandbox, startServer } from './support.mjs';

const PORTAL = 'https://portal.example.com';
const TORQUE = 'https://portal.qtorque.io';
const TOKEN = 'torque-token-xyzzyxyzzyxyzzy';
const authorize = () => true;

/** A request of the portal's own page. */
const ask = (path, { headers, ...more } = {}) =>
  new Request(`${PORTAL}/api/torque/${path}`, { ...more, headers: { 'sec-fetch-site': 'same-origin', ...headers } });

const LIST = 'api/spaces/demo/repositories';
const CONNECT = 'api/spaces/demo/repositories/gitlabEnterprise';
const PROVIDER = 'api/settings/repository_providers';
const post = (path, body = '{}', headers = {}) => ask(path, { method: 'POST', body, headers });

/** A proxy at `/api/torque/`, and what it has sent. */
function recorded(
  options = {},
  answer = () => new Response('[]', { headers: { 'content-type': 'application/json' } }),
) {
  const sent = [];
  const proxy = torqueProxy({
    torque: TORQUE,
    token: TOKEN,
    prefix: '/api/torque/',
    authorize,
    fetch: async (url, init) => {
      sent.push(new Request(url, { ...init, signal: null }));
      return answer();
    },
    ...options,
  });
  return { proxy, sent };
}

/** The `fetch` of a page of the portal: what is for the portal reaches the proxy. */
const fromPage = (proxy) => (url, init) => {
  if (!url.startsWith(PORTAL)) return fetch(url, init);
  const request = new Request(url, init);
  request.headers.set('sec-fetch-site', 'same-origin');
  return proxy(request);
};

test('a job goes through it from a plan without a Torque token to connected repositories', async (context) => {
  const sandbox = await startSandbox(context);
  const proxy = torqueProxy({
    torque: sandbox.torque,
    token: sandbox.torqueTokens.admin,
    prefix: '/api/torque/',
    authorize,
    spaces: [sandbox.space],
  });
  const { torqueToken: _, ...plan } = planFor(
    sandbox,
    ['platform/terraform-modules', 'payments/ledger'].map((path) => ({ url: sandbox.gitlab.baseUrl + path })),
  );
  const report = await connect({ ...plan, portalUrl: `${PORTAL}/api/torque/` }, { fetch: fromPage(proxy) });
  assert.equal(report.outcome, 'connected', JSON.stringify(report.issues));
});

describe('unsafe settings throw at once, with the reason', () => {
  const good = { torque: TORQUE, token: TOKEN, authorize };
  for (const [name, settings, reason] of [
    ['no authorize', { authorize: undefined }, /needs authorize/],
    ['authorize that is no function', { authorize: true }, /needs authorize/],
    ['plain http to another machine', { torque: 'http://torque.example.com' }, /torque: .*https/],
    ['no URL', { torque: 'torque' }, /torque: /],
    ['no torque', { torque: undefined }, /torque: /],
    ['a URL with credentials', { torque: 'https://user:hunter2@portal.qtorque.io' }, /torque: /],
    ['a token whose variable is not set', { token: undefined }, /token is there/],
    ['an empty token', { token: ' ' }, /token: /],
    ['a GitLab token in its place', { token: 'glpat-xyzzyxyzzyxyzzyxyzzy' }, /token: /],
    ['a prefix that is no path', { prefix: 'api/torque' }, /prefix: /],
    ['a space that is no list', { spaces: 'demo' }, /spaces: /],
    ['spaces whose variable is not set', { spaces: undefined }, /spaces: .*variable/],
    ['no spaces', { spaces: null }, /spaces: /],
    ['a misspelt setting', { space: ['demo'] }, /space: /],
    ['a setting in other letters', { Token: TOKEN }, /Token: /],
  ]) {
    test(name, () => {
      const secrets = /hunter2|xyzzy/;
      assert.throws(
        () => torqueProxy({ ...good, ...settings }),
        (error) => error instanceof TypeError && reason.test(error.message) && !secrets.test(error.message),
      );
    });
  }
  test('not: loopback over http, no token, no prefix', () => {
    torqueProxy({ torque: 'http://127.0.0.1:8081', authorize });
  });
});

describe('what is not passed on', () => {
  for (const [name, request, status] of [
    ['another endpoint', ask('api/spaces'), 404],
    ['another method', ask(LIST, { method: 'DELETE' }), 404],
    ['a query', ask(`${LIST}?x=1`), 404],
    ['a way out of the space', ask('api/spaces/%2e%2e%2fsettings/repositories'), 404],
    ['a path outside the prefix', new Request(`${PORTAL}/${LIST}`), 404],
    ['a page of another origin', ask(LIST, { headers: { 'sec-fetch-site': 'cross-site' } }), 403],
    ['a page of the same site', ask(LIST, { headers: { 'sec-fetch-site': 'same-site' } }), 403],
    [
      'another origin, from a browser that tells no more',
      new Request(`${PORTAL}/api/torque/${CONNECT}`, {
        method: 'POST',
        body: '{}',
        headers: { origin: 'https://evil.example' },
      }),
      403,
    ],
    ['a large body, by its head', post(CONNECT, 'x', { 'content-length': '60000000' }), 413],
    ['a large body, by its length', post(CONNECT, 'x'.repeat(1024 * 1024 + 1)), 413],
    ['another space', ask('api/spaces/other/repositories'), 403],
  ]) {
    test(name, async () => {
      const { proxy, sent } = recorded({ spaces: ['demo'] });
      const answer = await proxy(request);
      assert.equal(answer.status, status, await answer.text());
      assert.deepEqual(sent, []);
    });
  }
});

describe('authorize', () => {
  for (const [said, status] of [
    [false, 403],
    [undefined, 403],
    [null, 403],
    ['yes', 403],
    [1, 403],
    [Promise.resolve(false), 403],
    [new Response('Sign in.', { status: 401 }), 401],
  ]) {
    test(`${said instanceof Promise ? 'a promise of false' : said} refuses`, async () => {
      const { proxy, sent } = recorded({ authorize: () => said });
      assert.equal((await proxy(ask(LIST))).status, status);
      assert.deepEqual(sent, []);
    });
  }

  test('that refuses is told as the portal’s word, not as Torque’s', async (context) => {
    const sandbox = await startSandbox(context);
    const { proxy } = recorded({ authorize: () => false });
    const { torqueToken: _, ...plan } = planFor(sandbox, [{ url: `${sandbox.gitlab.baseUrl}payments/ledger` }]);
    const report = await connect({ ...plan, portalUrl: `${PORTAL}/api/torque/` }, { fetch: fromPage(proxy) });
    const [{ code, params }] = report.provider.issues;
    assert.deepEqual(
      [report.outcome, code, params.answer],
      ['failed', 'torque.proxy_forbidden', 'you may not do this'],
    );
    assert.ok(report.repositories.every(({ outcome }) => outcome === 'not_started'));
  });

  test('hears of the space, and of nothing that is not passed on', async () => {
    const heard = [];
    const { proxy } = recorded({ authorize: (request, { space }) => heard.push([request.method, space]) && true });
    await proxy(ask('api/spaces/My%20space/repositories'));
    await proxy(post(PROVIDER));
    await proxy(ask('api/spaces'));
    await proxy(ask(LIST, { headers: { 'sec-fetch-site': 'cross-site' } }));
    assert.deepEqual(heard, [
      ['GET', 'My space'],
      ['POST', null],
    ]);
  });

  test('what it throws is for the portal to see', async () => {
    const { proxy, sent } = recorded({
      authorize: () => {
        throw new Error('no session store');
      },
    });
    await assert.rejects(proxy(ask(LIST)), /no session store/);
    assert.deepEqual(sent, []);
  });
});

describe('what Torque gets', () => {
  test('the checked URL, the token, the body and nothing of the portal’s', async () => {
    const { proxy, sent } = recorded();
    await proxy(
      post(CONNECT, '{"a":1}', { cookie: 'session=1', authorization: 'Bearer of-the-portal', 'x-more': '1' }),
    );
    const [request] = sent;
    assert.equal(`${request.method} ${request.url}`, `POST ${TORQUE}/${CONNECT}`);
    assert.equal(await request.text(), '{"a":1}');
    assert.equal(request.redirect, 'manual');
    assert.deepEqual(Object.fromEntries(request.headers), {
      accept: 'application/json',
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    });
  });

  test('the token of whoever asks', async () => {
    const token = async (request) => `torque-token-of-${request.headers.get('x-user')}`;
    const { proxy, sent } = recorded({ token });
    await proxy(ask(LIST, { headers: { 'x-user': 'ada' } }));
    assert.equal(sent[0].headers.get('authorization'), 'Bearer torque-token-of-ada');
    await assert.rejects(recorded({ token: () => '' }).proxy(ask(LIST)), /token: /);
    await assert.rejects(recorded({ token: () => undefined }).proxy(ask(LIST)), /token: /);
  });

  test('without a token, what the user typed', async () => {
    const sent = [];
    const send = async (_, { headers }) => {
      sent.push(headers.get('authorization'));
      return new Response('[]');
    };
    const proxy = torqueProxy({ torque: TORQUE, prefix: '/api/torque', authorize, fetch: send });
    await proxy(ask(LIST, { headers: { authorization: 'Bearer typed' } }));
    await proxy(ask(LIST));
    assert.deepEqual(sent, ['Bearer typed', null]);
  });
});

describe('what comes back', () => {
  const answered = (body, init) => recorded({}, () => new Response(body, init)).proxy(ask(LIST));

  test('status, type, Retry-After and body', async () => {
    const headers = {
      'content-type': 'application/problem+json; charset=utf-8',
      'retry-after': '7',
      'set-cookie': 'a=1',
    };
    const answer = await answered('{"a":1}', { status: 429, headers });
    assert.deepEqual([answer.status, await answer.text()], [429, '{"a":1}']);
    assert.deepEqual(Object.fromEntries(answer.headers), {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'retry-after': '7',
      'x-content-type-options': 'nosniff',
    });
  });

  test('a web page is plain text', async () => {
    for (const type of ['text/html', 'application/javascript', 'application/json+html', 'nothing']) {
      const answer = await answered('<script>alert(1)</script>', { headers: { 'content-type': type } });
      assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8', type);
    }
  });

  test('a redirect leads nowhere', async (context) => {
    const elsewhere = await startServer(context, (_, response) => response.end('[]'));
    const torque = await startServer(context, (_, response) =>
      response.writeHead(302, { location: elsewhere.url }).end(),
    );
    const answer = await torqueProxy({ torque: torque.url, prefix: '/api/torque/', authorize })(ask(LIST));
    assert.deepEqual([answer.status, answer.headers.get('location'), elsewhere.requests], [302, null, []]);
  });

  test('an answer without a body', async () => {
    assert.equal((await answered(null, { status: 204 })).status, 204);
  });

  test('no answer, or one without end, is 502', async (context) => {
    const lost = await startServer(context, (_, response) => response.destroy());
    const torqueOf = (torque) => torqueProxy({ torque, prefix: '/api/torque/', authorize });
    assert.equal((await torqueOf(lost.url)(post(CONNECT))).status, 502);
    assert.equal((await torqueOf('http://127.0.0.1:1')(post(CONNECT))).status, 502);
    const large = await startServer(context, (_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65536)));
      };
      response.on('drain', more);
      more();
    });
    assert.equal((await torqueOf(large.url)(ask(LIST))).status, 502);
  });
});

describe('of an answer only bytes are passed on, by their true length', () => {
  const short = new Uint8Array(17 * 1024 * 1024);
  Object.defineProperties(short, { length: { value: 1 }, byteLength: { value: 1 } });
  for (const [name, chunk, count] of [
    ['texts', '[]', 1],
    ['numbers', 7, 1],
    ['bytes that say that they are few', short, 1],
    ['chunks without a byte', new Uint8Array(), 100_000],
  ]) {
    test(name, async () => {
      let left = count;
      const pull = (controller) => {
        if (left > 0) controller.enqueue(chunk);
        else controller.close();
        left -= 1;
      };
      const { proxy } = recorded({}, () => new Response(new ReadableStream({ pull })));
      assert.equal((await proxy(ask(LIST))).status, 502);
    });
  }

  test('what never comes is 504, whatever the fetch knows of signals', async (context) => {
    context.mock.method(AbortSignal, 'timeout', () => AbortSignal.abort(new DOMException('late', 'TimeoutError')));
    for (const answer of [() => new Promise(() => {}), () => new Response(new ReadableStream())]) {
      const { proxy } = recorded({}, answer);
      assert.equal((await proxy(ask(LIST))).status, 504);
    }
  });

  test('a body that is large in a chunk that says that it is small is refused', async () => {
    const { proxy, sent } = recorded();
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(short);
        controller.close();
      },
    });
    assert.equal((await proxy(ask(PROVIDER, { method: 'POST', body, duplex: 'half' }))).status, 413);
    assert.equal(sent.length, 0);
  });

  test('a body that breaks off or is no bytes is refused', async () => {
    for (const start of [(body) => body.error(new Error('reset')), (body) => body.enqueue('text')]) {
      const { proxy, sent } = recorded();
      const body = new ReadableStream({ start });
      assert.equal((await proxy(ask(PROVIDER, { method: 'POST', body, duplex: 'half' }))).status, 400);
      assert.equal(sent.length, 0);
    }
  });
});
