// Each job runs in an instance of the core of its own: what stops elsewhere does not end it, and it disturbs nobody.

import assert from 'node:assert/strict';
import { test } from 'node:test';

/** The instances that the package makes. */
const instances = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }
};
const { checkBaseUrl, connect } = await import('torque-gitlab-connect');
const { TOKEN } = await import('./support.mjs');

const URL_OF_REPOSITORY = 'https://gitlab.example.com/group/project';
const TORQUE_TOKEN = 'torque-secret-0123456789';

const plan = {
  portalUrl: 'https://portal.qtorque.io/',
  torqueToken: TORQUE_TOKEN,
  space: 'demo',
  method: { kind: 'token_per_repository' },
  repositories: [{ url: URL_OF_REPOSITORY, token: TOKEN }],
  policy: { inspect: false, pollMs: 5, seed: 1 },
};

/** A Torque that has connected everything, as soon as `gate` is open. */
const torque =
  (gate = Promise.resolve()) =>
  async (_, { method }) => {
    await gate;
    return method === 'POST'
      ? new Response('', { status: 202 })
      : Response.json([{ name: 'project', repository_url: URL_OF_REPOSITORY, status: 'Connected' }]);
  };

/** Stops the core of the calls in the middle, at the end of the stack. */
function stopTheCore() {
  const fall = () => {
    try {
      fall();
    } finally {
      checkBaseUrl('https://gitlab.example.com');
    }
  };
  assert.throws(fall, RangeError);
}

test('what stops the core of a call does not end a job', async () => {
  let open;
  const gate = new Promise((resolve) => {
    open = resolve;
  });
  const job = connect(plan, { fetch: torque(gate) });
  stopTheCore();
  open();
  assert.equal((await job).outcome, 'connected');
  assert.equal(checkBaseUrl('https://gitlab.example.com').ok, true);
});

test('the inputs and answers of a job are wiped when it ends, and its instance runs no other', async () => {
  checkBaseUrl('https://gitlab.example.com');
  const before = instances.length;
  assert.equal((await connect(plan, { fetch: torque() })).outcome, 'connected');
  assert.ok(instances.length > before, 'it had its own');
  for (const { exports } of instances.slice(before)) {
    const memory = Buffer.from(exports.memory.buffer);
    for (const secret of [TOKEN, TORQUE_TOKEN]) assert.equal(memory.indexOf(secret), -1);
  }
  const calls = instances.length;
  checkBaseUrl('https://gitlab.example.com');
  assert.equal(instances.length, calls);
});

test('a thousand jobs give their memory back', async () => {
  for (let count = 0; count < 1_000; count += 1) {
    const signal = AbortSignal.abort();
    assert.equal((await connect(plan, { fetch: torque(), signal })).outcome, 'aborted');
    // Kept here they would stay for ever.
    instances.length = 0;
  }
});
