// Whatever JavaScript can pass: answered with issues, never thrown, never trapped, and the next good call works.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import * as api from 'torque-gitlab-connect';
import { BAD, cycle, HUGE, revoked, tangled, throwingProxy } from './bad-values.mjs';
import { codes, TOKEN } from './support.mjs';

const SYNCHRONOUS = Object.entries(api).filter(
  ([name, item]) =>
    typeof item === 'function' && !['connect', 'init', 'reportLines', 'WasmBlockedError'].includes(name),
);

function assertAnswer(answer, name) {
  assert.equal(typeof answer, 'object', name);
  assert.ok(Array.isArray(answer.issues), name);
  for (const issue of answer.issues) {
    assert.match(issue.code, /^[a-z]+(_[a-z]+)*\.[a-z0-9_]+$/, name);
    assert.ok(['error', 'warning'].includes(issue.severity), name);
    assert.ok(Array.isArray(issue.path), name);
    assert.ok(issue.message.length > 0, name);
    assert.ok(issue.message.isWellFormed?.() ?? true, name);
  }
  if ('verdict' in answer) {
    assert.ok(['ok', 'reject', 'unknown'].includes(answer.verdict), name);
  } else {
    assert.equal(answer.ok, !answer.issues.some((issue) => issue.severity === 'error'), name);
    assert.equal('value' in answer, answer.ok, name);
  }
}

function assertStillWorks() {
  assert.equal(api.checkBaseUrl('https://gitlab.example.com').value.url, 'https://gitlab.example.com/');
}

for (const [name, call] of SYNCHRONOUS) {
  test(`${name} answers whatever it is given`, () => {
    for (const make of [...BAD, ...HUGE]) {
      assertAnswer(call(make(), make()), name);
      assertAnswer(call(make()), name);
      assertAnswer(call('https://gitlab.example.com', make()), name);
    }
    assertAnswer(call(), name);
    assertStillWorks();
  });
}

test('every key of every settings object, with every bad value', () => {
  const settings = {
    portalUrl: 'https://portal.qtorque.io',
    torqueToken: 'torque',
    space: 'demo',
    name: 'gitlab-1',
    baseUrl: 'https://gitlab.example.com',
    url: 'https://gitlab.example.com/group/project',
    repositoryUrl: 'https://gitlab.example.com/group/project',
    branch: 'main',
    token: TOKEN,
    credentialName: 'credential',
    agents: ['agent-1'],
    autoRegister: true,
    link: '',
    search: 'x',
    type: 'gitLabEnterprise',
  };
  const functions = SYNCHRONOUS.filter(([name]) => name.endsWith('Request') || name.endsWith('Payload'));
  for (const [name, call] of functions) {
    for (const key of Object.keys(settings)) {
      for (const make of BAD) assertAnswer(call({ ...settings, [key]: make() }), `${name} ${key}`);
    }
  }
  assertStillWorks();
});

test('connect resolves to an invalid report whatever it is given', async () => {
  for (const make of [...BAD, ...HUGE]) {
    for (const report of [await api.connect(make(), make()), await api.connect(make())]) {
      assert.equal(report.outcome, 'invalid');
      assert.ok(report.issues.length > 0);
    }
  }
  assertStillWorks();
});

test('ten thousand bad calls in a row leave nothing behind', () => {
  const bad = [throwingProxy, cycle, () => revoked([]), () => '\ud800', () => ({ token: TOKEN, baseUrl: 1 })];
  for (let round = 0; round < 10_000; round += 1) {
    const [name, call] = SYNCHRONOUS[round % SYNCHRONOUS.length];
    assertAnswer(call(bad[round % bad.length](), bad[(round + 1) % bad.length]()), name);
  }
  assertStillWorks();
});

test('half of a surrogate pair in a key is told, and hides nothing else', () => {
  const codes = ({ issues }) => issues.map((issue) => [issue.code, ...issue.path]);
  const key = '\ud800';
  const answer = { status: 200, body: { scopes: ['api'], name: 't', active: true, revoked: false, expires_at: null } };
  const now = { purpose: 'provider', now: 0 };
  const inOptions = codes(api.assessToken(answer, { purpose: 'provider', [key]: 1 }));
  assert.deepEqual(inOptions, [
    ['input.not_well_formed', 'options', '\ufffd'],
    ['input.missing', 'options', 'now'],
  ]);
  const inBody = [['input.not_well_formed', 'answer', 'body', '\ufffd']];
  assert.deepEqual(codes(api.assessToken({ ...answer, body: { ...answer.body, [key]: 1 } }, now)), inBody);
  assert.deepEqual(codes(api.readProviderAnswer({ status: 200, body: { [key]: 1, '\udc00': 2 } })), inBody);
  const deep = [['input.not_well_formed', 'answer', 'body', 'list', 0, '\ufffd']];
  assert.deepEqual(codes(api.readProviderAnswer({ status: 200, body: { list: [{ [key]: 1 }] } })), deep);
  const payload = api.providerPayload({ name: 'gitlab-1', baseUrl: 'https://gitlab.example.com/', [key]: TOKEN });
  assert.deepEqual(codes(payload), [
    ['input.not_well_formed', '\ufffd'],
    ['input.missing', 'token'],
  ]);
  // The character itself is a key like any other.
  assert.deepEqual(codes(api.assessToken(answer, { ...now, '\ufffd': null })), [
    ['input.unknown_key', 'options', '\ufffd'],
  ]);
  assertStillWorks();
});

test('what cannot be read counts once', () => {
  const repository = { url: 'https://gitlab.example.com/a/b', agents: Array(150).fill(5) };
  const method = { kind: 'provider', baseUrl: 'https://gitlab.example.com/', existing: true };
  const plan = { portalUrl: 'https://portal.qtorque.io/', space: 'demo', method, repositories: [repository] };
  for (const { issues } of [api.repositoryPayload(repository), api.planSchema['~standard'].validate(plan)]) {
    assert.equal(issues.length, 101);
    assert.equal(issues.at(-1).params.count, 50);
  }
});

test('a call at the end of the stack harms nobody', () => {
  const fall = () => {
    try {
      fall();
    } finally {
      api.checkBaseUrl('https://gitlab.example.com');
    }
  };
  assert.throws(fall, RangeError);
  assertStillWorks();
});

test('what is tangled or endless is not followed', () => {
  const endless = () => ({
    get more() {
      return endless();
    },
  });
  const wide = Object.fromEntries(Array.from({ length: 300_000 }, (_, index) => [`key${index}`, index]));
  for (const value of [tangled(50), endless(), wide, { status: 200, body: tangled(50) }]) {
    for (const call of [api.checkBaseUrl, api.providerPayload, api.assessToken]) assertAnswer(call(value), call.name);
  }
  assertStillWorks();
});

test('what holds no entries is of a wrong type, and is not read', () => {
  const bytes = new Uint8Array(5_000_000);
  const read = () => assert.fail('was read');
  const values = [
    ['TypedArray', bytes],
    ['TypedArray', new Float64Array(bytes.buffer)],
    ['TypedArray', new Proxy(bytes, { get: read, ownKeys: read })],
    ['DataView', new DataView(bytes.buffer)],
    ['ArrayBuffer', bytes.buffer],
    ['String', new String('x'.repeat(5_000_000))],
    ['TypedArray', runInNewContext('new Uint8Array(5_000_000)')],
    ['String', runInNewContext('new String("x".repeat(5_000_000))')],
    ['Map', new Map([['name', 'x']])],
    ['Set', new Set(['x'])],
    ['Date', new Date()],
    ['RegExp', /x/],
    ['Promise', Promise.resolve()],
  ];
  for (const [got, value] of values) {
    for (const [answer, path] of [
      [api.checkBaseUrl(value), ['baseUrl']],
      [api.providerPayload({ name: value, baseUrl: 'https://gitlab.example.com', token: TOKEN }), ['name']],
      [api.repositoryPayload({ url: 'https://gitlab.example.com/a/b', agents: [value] }), ['agents', 0]],
    ]) {
      const [{ code, params, ...issue }] = answer.issues;
      assert.deepEqual([code, issue.path, params], ['input.wrong_type', path, { expected: 'string', got }], got);
    }
  }
  class Entries {
    url = 'https://gitlab.example.com/a/b';
  }
  assert.equal(api.repositoryPayload(new Entries()).ok, true);
});

test('fifty megabytes are answered without being read', () => {
  const { issues } = api.checkBaseUrl('x'.repeat(50_000_000));
  assert.deepEqual(codes(issues), ['input.too_large']);
  assert.deepEqual(codes(api.assessToken({ status: 200, body: ['x'.repeat(50_000_000)] }, {}).issues).slice(0, 1), [
    'input.too_large',
  ]);
});

test('of a thousand issues a hundred are listed, and the others counted', () => {
  for (const wrong of [undefined, 5n, null, Symbol('s')]) {
    const { issues } = api.checkScopes(new Array(1_000).fill(wrong), { purpose: 'provider' });
    assert.equal(issues.length, 101);
    assert.deepEqual(issues[99].path, ['scopes', 99]);
    const { code, severity, params, path } = issues[100];
    assert.deepEqual([code, severity, params, path], ['input.too_many_issues', 'error', { count: 900 }, []]);
  }
});

test('a getter that calls the package while it is being read', () => {
  const settings = {
    token: TOKEN,
    get baseUrl() {
      return api.checkBaseUrl('https://gitlab.example.com').value.url;
    },
  };
  assert.equal(
    api.inspectTokenRequest(settings).value.url,
    'https://gitlab.example.com/api/v4/personal_access_tokens/self',
  );
});

test('each argument is read once', () => {
  let reads = 0;
  const settings = {
    token: TOKEN,
    get baseUrl() {
      reads += 1;
      return reads === 1 ? 'https://gitlab.example.com' : 'https://evil.example';
    },
  };
  assert.equal(new URL(api.inspectTokenRequest(settings).value.url).host, 'gitlab.example.com');
  assert.equal(reads, 1);
});

test('issues say where and what, in one pass', () => {
  const issuesOf = (result) =>
    result.issues.map(({ code, path, suggestion, params }) => ({ code, path, suggestion, params }));
  assert.deepEqual(issuesOf(api.providerPayload({ nmae: 'x', baseUrl: 7, token: undefined, type: 'gitlab' })), [
    { code: 'input.missing', path: ['name'], suggestion: undefined, params: { expected: 'string' } },
    { code: 'torque.provider_type', path: ['type'], suggestion: 'gitLabEnterprise', params: undefined },
    {
      code: 'input.wrong_type',
      path: ['baseUrl'],
      suggestion: undefined,
      params: { expected: 'string', got: 'number' },
    },
    { code: 'input.missing', path: ['token'], suggestion: undefined, params: { expected: 'string' } },
    { code: 'input.unknown_key', path: ['nmae'], suggestion: 'name', params: { key: 'nmae' } },
  ]);
  assert.deepEqual(issuesOf(api.checkToken(TOKEN, 'Provider')), [
    {
      code: 'input.not_allowed',
      path: ['purpose'],
      suggestion: 'provider',
      params: { expected: 'provider, repository' },
    },
  ]);
  assert.deepEqual(
    issuesOf(api.checkScopes(['read_api', Symbol('s')], { purpose: 'provider', requiredScopes: ['read.api'] })),
    [
      {
        code: 'input.wrong_type',
        path: ['scopes', 1],
        suggestion: undefined,
        params: { expected: 'string', got: 'symbol' },
      },
      {
        code: 'token.scope_misspelled',
        path: ['options', 'requiredScopes', 0],
        suggestion: 'read_api',
        params: { scope: 'read.api' },
      },
    ],
  );
  assert.deepEqual(
    issuesOf(api.assessToken({ status: 200, body: { a: [1n] } }, { purpose: 'provider', now: 'yesterday' })),
    [
      {
        code: 'input.wrong_type',
        path: ['answer', 'body', 'a', 0],
        suggestion: undefined,
        params: { expected: 'JSON', got: 'bigint' },
      },
      {
        code: 'input.not_allowed',
        path: ['options', 'now'],
        suggestion: undefined,
        params: { expected: 'milliseconds since 1970, or RFC 3339' },
      },
    ],
  );
});

test('what is no report has lines that say so', () => {
  for (const make of [...BAD, ...HUGE]) {
    const lines = api.reportLines(make());
    assert.ok(lines.length > 0 && lines.every((line) => typeof line === 'string' && line !== ''));
  }
  assert.deepEqual(
    api.reportLines({ outcome: 'connected' }),
    api.reportToCsv({}).issues.map(({ message }) => message),
  );
  assertStillWorks();
});

test('arguments after the last are ignored, so that the functions fit into map', () => {
  const results = ['https://a.example', 'https://b.example'].map(api.checkBaseUrl);
  assert.deepEqual(
    results.map((result) => result.ok),
    [true, true],
  );
});

test('a key without a value is no key, also ten thousand times', async () => {
  const rows = (count) =>
    Array.from({ length: count }, (_, index) => ({
      url: `https://h.example/a/b${index}`,
      name: undefined,
      token: undefined,
    }));
  const plan = {
    portalUrl: 'https://torque.example',
    torqueToken: undefined,
    space: 's',
    method: { kind: 'provider', name: 'x', baseUrl: 'https://h.example', token: TOKEN },
  };
  const signal = AbortSignal.abort();
  const report = await api.connect({ ...plan, repositories: rows(10_000) }, { signal, onEvent: undefined });
  assert.deepEqual([report.outcome, report.repositories.length], ['aborted', 10_000]);
});
