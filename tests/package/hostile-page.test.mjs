// A page that has put something else in the place of the platform's own methods, or given setters to every object, after the
// package was loaded: it changes no answer and sees no token on its way.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as api from 'torque-gitlab-connect';

const BASE = 'https://gitlab.example.com/';
const GOOD = `${BASE}group/project`;
const TOKEN = 'glpat-Zq7mark1Vv9Kk2Ww3Xx4';
const TORQUE = 'Tq8mark2Bb5Nn6Mm7Jj1Hh2';
const PIECES = ['Zq7mark1', 'Kk2Ww3Xx4', 'Tq8mark2', 'Mm7Jj1Hh2'];

const plan = {
  portalUrl: 'https://portal.qtorque.io/',
  torqueToken: TORQUE,
  space: 'd\u00e9mo',
  method: { kind: 'token_per_repository', baseUrl: BASE },
  repositories: [{ url: GOOD, name: 'n\u00e4me', token: TOKEN }],
  policy: { pollMs: 1, syncTimeoutMs: 5, seed: 1 },
};

/** All that is to be the same on such a page: verdicts, requests with tokens, a whole job. */
async function answers() {
  const outside = ['https://evil.example/group/project', `${GOOD}\u00e9@evil.example/a/b`, 'x', `a\0b`, 7, ''];
  let sent = [];
  const fetch = async (url, { method, headers, body }) => {
    // Adding to a list calls setters, too.
    sent = [...sent, [method, url, headers.Authorization, body]];
    const list = JSON.stringify([{ name: 'n\u00e4me', repository_url: GOOD, status: 'Connected' }]);
    const text = method === 'POST' ? '' : list;
    const chunk = Uint8Array.from(Buffer.from(text));
    let chunks = 0;
    const read = async () => (chunks++ === 0 ? { done: false, value: chunk } : { done: true });
    return {
      status: 200,
      type: 'basic',
      headers: { get: () => null },
      body: { getReader: () => ({ read, cancel: async () => {} }) },
    };
  };
  const report = await api.connect({ ...plan, policy: { ...plan.policy, inspect: false } }, { fetch });
  const list = api.checkRepositoryUrls(BASE, [GOOD, ...outside, GOOD]);
  return {
    single: [GOOD, ...outside].map((url) => api.checkRepositoryUrl(BASE, url)),
    list: [list.ok, list.value.inside, [...list.value.verdicts], list.value.result(1)],
    base: api.checkBaseUrl(BASE),
    payload: api.repositoryPayload({ url: GOOD, token: TOKEN, name: 'n\u00e4me' }),
    request: api.inspectTokenRequest({ baseUrl: BASE, token: TOKEN }),
    provider: api.createProviderRequest({
      portalUrl: plan.portalUrl,
      torqueToken: TORQUE,
      name: '\u00fc',
      baseUrl: BASE,
      token: TOKEN,
    }),
    preview: api.previewPlan(plan),
    lines: api.readPlanLines(`url,token\n${GOOD},${TOKEN}\n`),
    report: [report.outcome, report.repositories.map(({ sent, ...rest }) => ({ ...rest, sent: sent.length }))],
    sent,
  };
}

const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype);

/** What is between the package and its core, and what wasm-bindgen calls. */
const METHODS = [
  [TextEncoder.prototype, 'encodeInto'],
  [TextEncoder.prototype, 'encode'],
  [TextDecoder.prototype, 'decode'],
  [TYPED_ARRAY, 'set'],
  [TYPED_ARRAY, 'subarray'],
  [TYPED_ARRAY, 'slice'],
  [DataView.prototype, 'setInt32'],
  [String.prototype, 'charCodeAt'],
  [WebAssembly.Table.prototype, 'set'],
];

/** Everything in some values that a person could read. */
function seen(values) {
  const found = [];
  for (const value of values) {
    if (typeof value === 'string') found.push(value);
    else if (ArrayBuffer.isView(value)) found.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }
  return found;
}

function assertNoToken(texts, what) {
  for (const text of texts) {
    const piece = PIECES.find((piece) => text.includes(piece));
    assert.equal(piece, undefined, what);
  }
}

async function whileReplaced(owner, key, descriptor, work) {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, { ...descriptor, configurable: true });
  try {
    return await work();
  } finally {
    if (before === undefined) delete owner[key];
    else Object.defineProperty(owner, key, before);
  }
}

// What the test itself and Node.js need of them goes on.
const isOfPackage = () => new Error().stack.split('\n').some((line) => /\/pkg\/dist\//.test(line));

test('methods that a page has replaced see no text, and what they give is not used', async () => {
  const expected = await answers();
  assert.equal(expected.single[0].ok, true);
  assert.deepEqual(expected.list.slice(0, 3), [true, 2, [2, 1, 0, 0, 0, 0, 0, 2]]);
  assert.equal(expected.report[0], 'connected');
  for (const [owner, key] of METHODS) {
    const real = owner[key];
    let called = 0;
    const value = function (...values) {
      if (isOfPackage()) called += 1;
      return Reflect.apply(real, this, values);
    };
    const got = await whileReplaced(owner, key, { value, writable: true }, answers);
    assert.deepEqual(got, expected, key);
    assert.equal(called, 0, `${key} is called`);
  }
});

test('setters that a page has given to every object see nothing', async () => {
  const expected = await answers();
  const keys = new Set(['0', '1', '2', 'json', 'gaps', 'copied', 'read', 'written', 'effect', 'events', 'value']);
  const collect = (value) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) keys.add(key);
      collect(inner);
    }
  };
  collect(expected);
  const found = [];
  for (const key of keys) {
    const set = (value) => {
      if (isOfPackage()) found.push(`${key}: ${typeof value}`, ...seen([value, JSON.stringify(value) ?? '']));
    };
    const got = await whileReplaced(Object.prototype, key, { get: () => undefined, set }, answers).catch((error) =>
      assert.fail(`${key}: ${error.stack}`),
    );
    assert.deepEqual(got, expected, key);
  }
  assertNoToken(found, found.join('\n'));
});

test('no token is left where the platform keeps the last text in which a pattern matched', () => {
  const calls = {
    checkToken: () => api.checkToken(`"${TOKEN}"\n`, 'provider'),
    providerPayload: () => api.providerPayload({ name: 'n', baseUrl: BASE, token: `${TOKEN}\n` }),
    readPlanLines: () => api.readPlanLines(`url,token\n${GOOD},"${TOKEN}"\n`),
    previewPlan: () => api.previewPlan({ ...plan, torqueToken: `${TORQUE}"` }),
    'not well-formed': () => api.checkToken(`${TOKEN}\ud800`, 'provider'),
  };
  for (const [name, call] of Object.entries(calls)) {
    call();
    assertNoToken([RegExp.input, RegExp.lastMatch, RegExp.leftContext, RegExp.rightContext], name);
  }
});
