// What an injected fetch answers, or the page has put in the place of the platform's own: it harms no other job, stops no
// later call, and `connect` resolves to a report.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRepositoryUrl, connect } from 'torque-gitlab-connect';
import { codes, TOKEN } from './support.mjs';

/** The instances that the package makes. */
const instances = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }
};

const BASE = 'https://gitlab.example.com/';
const GOOD = `${BASE}group/project`;

const plan = {
  portalUrl: 'https://portal.qtorque.io/',
  torqueToken: 'torque-secret-0123456789',
  space: 'demo',
  method: { kind: 'token_per_repository' },
  repositories: [{ url: GOOD, token: TOKEN }],
  policy: { inspect: false, pollMs: 5, syncTimeoutMs: 50, seed: 1 },
};

/** A Torque that has connected everything. */
const torque = async (_, { method }) =>
  method === 'POST'
    ? new Response('', { status: 202 })
    : Response.json([{ name: 'project', repository_url: GOOD, status: 'Connected' }]);

/** Runs `work` while something of the page's is another; then all is as before. */
async function whileBroken(owner, key, descriptor, work) {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, { configurable: true, ...descriptor });
  try {
    return await work();
  } finally {
    if (before === undefined) delete owner[key];
    else Object.defineProperty(owner, key, before);
  }
}

test('an odd answer is a failed request of its own job and of no other', async () => {
  for (const value of [5n, 7, {}, undefined, Symbol('x'), '\ud800', { toJSON: () => assert.fail() }]) {
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    const other = connect(plan, { fetch: (...request) => held.then(() => torque(...request)) });
    const before = instances.length;
    const controller = new AbortController();
    const events = [];
    const report = await connect(plan, {
      signal: controller.signal,
      fetch: async () => ({ status: 200, type: 'basic', body: null, headers: { get: () => value } }),
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'failure') controller.abort();
      },
    });
    assert.ok(events.some((event) => event.type === 'failure' && event.reason === 'network'));
    assert.equal(report.outcome, 'aborted');
    release();
    assert.equal((await other).outcome, 'connected');
    // Each job has one of its own, and none had to be made anew.
    assert.equal(instances.length, before + 1);
  }
});

test('a body of nothing but empty chunks is a failed request, and the page gets its turn', async () => {
  const far = 200_000;
  let chunks = 0;
  let cancelled = 0;
  const empty = () =>
    new ReadableStream({
      pull(controller) {
        // It comes to its end, so that this test does, too.
        if (++chunks === far) controller.close();
        else controller.enqueue(new Uint8Array(0));
      },
      cancel() {
        cancelled += 1;
      },
    });
  const events = [];
  const report = await connect(plan, {
    fetch: async (url, request) => (request.method === 'POST' ? new Response(empty()) : torque(url, request)),
    onEvent: (event) => events.push(event),
  });
  assert.ok(chunks < far, `${chunks} chunks were read`);
  assert.ok(cancelled > 0);
  assert.equal(events.find(({ type }) => type === 'failure')?.reason, 'network');
  // What was sent has arrived: the list shows it.
  assert.equal(report.outcome, 'connected');
});

/** What is read of a body: a reader that gives one chunk after the other, of which it never runs out. */
function endless(chunk, more = {}) {
  const counts = { reads: 0, cancelled: 0 };
  const reader = {
    read: async () => {
      counts.reads += 1;
      // It comes to its end, so that a test does, too.
      return counts.reads > 3_000_000 ? { done: true } : { done: false, value: chunk };
    },
    cancel: async () => {
      counts.cancelled += 1;
    },
    ...more,
  };
  return { body: { getReader: () => reader }, counts };
}

const headers = { get: () => null };

/** A job whose POST is answered so, and how that request ended. */
async function jobWith(answer, policy = {}) {
  const events = [];
  const report = await connect(
    { ...plan, policy: { ...plan.policy, ...policy } },
    {
      fetch: (url, request) => (request.method === 'POST' ? answer(url, request) : torque(url, request)),
      onEvent: (event) => events.push(event),
    },
  );
  const { id } = events.find(({ step }) => step === 'repository');
  const { reason, status } = events.find((event) => event.id === id && event.type !== 'request');
  // What was sent may have arrived: the list shows it.
  assert.equal(report.outcome, 'connected');
  return reason ?? status;
}

/** The platform's own way to bytes is not fooled by what stands on them. */
const lying = (bytes, more) => Object.defineProperties(Uint8Array.from(bytes), Object.getOwnPropertyDescriptors(more));

test('of a body only bytes are taken, by their true length', async () => {
  const never = () => assert.fail('is not asked');
  for (const chunk of [
    'text',
    7,
    null,
    undefined,
    {},
    [1, 2, 3],
    { length: 0, subarray: never },
    { length: 1e9, byteLength: 1e9, subarray: () => new Uint8Array(0) },
    Object.setPrototypeOf({ length: 1e9 }, Uint8Array.prototype),
    new Proxy(new Uint8Array(3), {}),
    new Float64Array(3),
    new DataView(new ArrayBuffer(3)),
    new ArrayBuffer(3),
  ]) {
    const { body, counts } = endless(chunk);
    assert.equal(await jobWith(async () => ({ status: 202, type: 'basic', headers, body })), 'network');
    assert.deepEqual(counts, { reads: 1, cancelled: 1 });
  }
  for (const lie of [
    { length: 0, byteLength: 0 },
    { length: -1e9 },
    { length: 1e9, byteLength: 1e9 },
    { subarray: never, slice: never, constructor: never },
    { get length() { return never(); }, get buffer() { return never(); } }, // biome-ignore format: two getters
  ]) {
    const { body, counts } = endless(lying(new Array(1_000).fill(32), lie));
    assert.equal(await jobWith(async () => ({ status: 202, type: 'basic', headers, body })), 202);
    assert.deepEqual(counts, { reads: 1_000, cancelled: 1 }, 'a megabyte is read');
  }
});

test('a body that never ends, in pieces that are there at once, ends with the time for its request', async () => {
  const { body, counts } = endless(new Uint8Array([32]));
  const answer = async () => ({ status: 202, type: 'basic', headers, body });
  assert.equal(await jobWith(answer, { requestTimeoutMs: 50 }), 'timeout');
  const { reads } = counts;
  assert.ok(reads < 500_000, `${reads} pieces were read`);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(counts.reads <= reads + 32, 'and nobody reads on');
  assert.equal(counts.cancelled, 1);
});

test('whatever an injected fetch gives is an answer or a failed request', async () => {
  const thrown = () => {
    throw new Error('no');
  };
  const good = { status: 202, type: 'basic', headers, body: null };
  const { body } = endless(new Uint8Array(0));
  const failures = [
    thrown,
    () => null,
    () => undefined,
    () => 202,
    async () => {
      throw undefined;
    },
    () => ({ ...good, status: '202' }),
    () => ({ ...good, status: 202.5 }),
    () => ({ ...good, status: Number.NaN }),
    () => ({ ...good, status: 0 }),
    () => ({ ...good, status: -1 }),
    () => ({ ...good, status: 2 ** 53 }),
    () => ({ ...good, type: 'opaqueredirect' }),
    () => ({ ...good, headers: undefined }),
    () => ({ ...good, headers: {} }),
    () => ({ ...good, headers: { get: thrown } }),
    () => ({ ...good, body: {} }),
    () => ({ ...good, body: { getReader: thrown } }),
    () => ({ ...good, body: { getReader: () => ({}) } }),
    () => ({ ...good, body: { getReader: () => ({ read: thrown }) } }),
    () => ({ ...good, body: { getReader: () => ({ read: () => null }) } }),
    () => ({ ...good, body: { getReader: () => ({ read: async () => thrown(), cancel: thrown }) } }),
    () => ({ ...good, body }),
    () => Object.defineProperty({ ...good }, 'status', { get: thrown }),
    () => new Proxy(good, { get: thrown }),
  ];
  for (const answer of failures) assert.equal(await jobWith(answer), 'network', String(answer));
  const waiting = [
    () => new Promise(() => {}),
    // biome-ignore lint/suspicious/noThenProperty: what is tested
    () => ({ then() {} }),
    () => ({ ...good, body: { getReader: () => ({ read: () => new Promise(() => {}) }) } }),
  ];
  for (const answer of waiting)
    assert.equal(await jobWith(answer, { requestTimeoutMs: 20 }), 'timeout', String(answer));
  const full = endless(new Uint8Array(1_000_000));
  const answers = [
    () => good,
    // biome-ignore lint/suspicious/noThenProperty: what is tested
    () => ({ then: (resolve) => resolve(good) }),
    () => ({ ...good, body: undefined }),
    () => ({ ...good, body: { getReader: () => ({ read: () => ({ done: 1 }) }) } }),
    () => ({ ...good, body: { getReader: () => ({ ...full.body.getReader(), cancel: thrown }) } }),
    () => ({ ...good, body: { getReader: () => ({ ...full.body.getReader(), cancel: undefined }) } }),
  ];
  for (const answer of answers) assert.equal(await jobWith(answer), 202, String(answer));
});

test('options that a page gave to every object are not those of a job', async () => {
  for (const key of ['signal', 'fetch', 'onEvent', 'onCheckpoint']) {
    const strange = { value: key === 'signal' ? 'x' : () => assert.fail(), writable: true, enumerable: true };
    await whileBroken(Object.prototype, key, strange, () =>
      whileBroken(globalThis, 'fetch', { value: torque, writable: true }, async () => {
        for (const options of [undefined, {}, { concurrency: 1 }]) {
          assert.equal((await connect(plan, options)).outcome, 'connected', key);
        }
      }),
    );
  }
});

test('a signal that cannot be listened to ends its own job with a report', async () => {
  const { signal } = new AbortController();
  signal.addEventListener = () => {
    throw new Error('no');
  };
  const report = await connect(plan, { fetch: torque, signal });
  assert.deepEqual([report.outcome, report.repositories], ['unknown', []]);
  assert.equal((await connect(plan, { fetch: torque })).outcome, 'connected');
});

test('a page whose URL throws, or answers with no text, gets refusals from the same instance', async () => {
  checkRepositoryUrl(BASE, GOOD);
  const before = instances.length;
  for (const href of [
    {
      get() {
        throw new Error('no');
      },
    },
    { value: null },
    { value: Symbol('x') },
    { value: 5 },
  ]) {
    // Another base each time: the answer to a known one is not asked for again.
    await whileBroken(URL.prototype, 'href', href, () => {
      const { ok, issues } = checkRepositoryUrl('https://another.example/', 'https://another.example/group/project');
      assert.deepEqual([ok, codes(issues)], [false, ['base_url.ambiguous', 'repository_url.ambiguous']]);
    });
  }
  assert.equal(instances.length, before);
  assert.equal(checkRepositoryUrl(BASE, GOOD).ok, true);
});
