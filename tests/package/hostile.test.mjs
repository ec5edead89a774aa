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
  for (const told of [5n, 7, {}, undefined, Symbol('x'), '\ud800', { toJSON: () => assert.fail() }]) {
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
      fetch: async () => ({ status: 200, type: 'basic', body: null, headers: { get: () => told } }),
      onEvent: (event) => {
        events.push(event);
        if (event.type === 'failure') controller.abort();
      },
    });
    assert.ok(events.some((event) => event.type === 'failure' && event.reason === 'network'));
    assert.equal(report.outcome, 'aborted');
    release();
    assert.equal((await other).outcome, 'connected');
    assert.equal(instances.length, before);
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
