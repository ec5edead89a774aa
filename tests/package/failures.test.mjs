// Two hundred repositories over real HTTP to a Torque that loses, delays, doubles, refuses and lags: nothing is lost, nothing
// is doubled, and the report says what is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from 'torque-gitlab-connect';
import { startClock } from './clock.mjs';
import { codes, planFor, startSandbox } from './support.mjs';

const COUNT = 200;

/** Each happens to so many requests behind those of the one before; then the network is well again. */
let until = 0;
const FAILURES = [
  ['lost-before', 10],
  ['lost-after', 10],
  ['reset-before', 10],
  ['reset-after', 10],
  ['429', 5],
  ['429-retry-after', 5],
  ['503-retry-after', 5],
  ['500-before', 10],
  ['500-after', 10],
  ['502-before', 10],
  ['502-after', 10],
  ['truncated', 10],
  ['delay=20', 10],
  ['duplicate', 10],
].map(([failure, count]) => {
  until += count;
  return `${failure}:connect:${until}`;
});

/** These add up with the others. */
const MORE = [
  'slow-sync=7:connect:20%',
  'lagging-list=5:connect:20%',
  'lagging-list=40:connect:5',
  ...['429', '500-before', '502-before', 'lost-before', 'truncated'].map((failure) => `${failure}:list:8%`),
];

const planOfFleet = (sandbox) =>
  planFor(
    sandbox,
    Array.from({ length: COUNT }, (_, index) => ({
      url: `${sandbox.gitlab.baseUrl}fleet/unit-${String(index + 1).padStart(3, '0')}`,
    })),
    { policy: { seed: 1, syncTimeoutMs: 600_000 } },
  );

/** What Torque itself has, by name. */
async function listed(sandbox, fetch) {
  await fetch(`${sandbox.torque}sandbox/failures`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${sandbox.torqueTokens.admin}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ failures: '' }),
  });
  const list = async () => {
    const answer = await fetch(`${sandbox.torque}api/spaces/${sandbox.space}/repositories`, {
      method: 'GET',
      headers: { Authorization: `Bearer ${sandbox.torqueTokens.admin}` },
    });
    return answer.json();
  };
  // What the list does not show yet is there all the same.
  for (let lag = 0; lag < 40; lag += 1) await list();
  return list();
}

/** Holds the report against Torque itself, and what was sent against the one rule that allows a second POST. */
async function judge(sandbox, fetch, report) {
  const list = await listed(sandbox, fetch);
  const names = list.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, 'nothing is doubled');
  assert.equal(names.length, COUNT, 'nothing is lost');
  for (const repository of report.repositories) {
    const there = list.find(({ name }) => name === repository.name);
    assert.equal(there.repository_url, repository.url);
    assert.equal(there.status, 'Connected');
    assert.equal(repository.outcome, 'connected', JSON.stringify(repository));
    // 429 and 503 say that nothing was done. Of the rest all but the last may be lost, and there is one more at most.
    const done = repository.sent.filter(({ status }) => ![429, 503].includes(status));
    assert.ok(done.length <= 2, JSON.stringify(repository.sent));
    if (done.length === 2) {
      assert.ok([null, 500, 502].includes(done[0].status), JSON.stringify(done));
      assert.ok(done[1].at - done[0].at >= 60_000, JSON.stringify(done));
    }
  }
  assert.equal(report.outcome, 'connected');
}

test('every failure at once', async (context) => {
  const sandbox = await startSandbox(context, '--failures', [...FAILURES, ...MORE].join(), '--failures-switch');
  const { fetch } = startClock(context);
  const plan = planOfFleet(sandbox);
  const events = [];
  const report = await connect(plan, { fetch, onEvent: (event) => events.push(event) });
  const happened = new Set(
    events.flatMap((event) => (event.step === 'repository' ? [event.status ?? event.reason] : [])),
  );
  for (const kind of ['network', 202, 409, 429, 500, 502, 503])
    assert.ok(happened.has(kind), `${kind} has not happened`);
  await judge(sandbox, fetch, report);
  const text = JSON.stringify([report, events]);
  for (const secret of [plan.torqueToken, plan.method.token]) assert.ok(!text.includes(secret.slice(4)));
});

test('a job that is ended and goes on, again and again', async (context) => {
  const sandbox = await startSandbox(context, '--failures', [...FAILURES, ...MORE].join(), '--failures-switch');
  const { fetch } = startClock(context);
  const plan = planOfFleet(sandbox);
  let stored;
  let report;
  let pauses = 0;
  for (const most of [3, 17, 40, 90, 150, Infinity]) {
    const controller = new AbortController();
    let posts = 0;
    report = await connect(plan, {
      fetch,
      signal: controller.signal,
      ...(stored && { resume: JSON.parse(stored) }),
      onCheckpoint: (checkpoint) => {
        posts += 1;
        stored = JSON.stringify(checkpoint);
        // A crash before the POST, or an end while others are under way.
        if (posts === most && pauses % 2 === 0) throw new Error('crash');
        if (posts === most) controller.abort();
      },
    });
    if (report.outcome === 'aborted') pauses += 1;
  }
  assert.ok(pauses >= 4, `${pauses} pauses`);
  const list = await listed(sandbox, fetch);
  assert.deepEqual([list.length, new Set(list.map(({ name }) => name)).size], [COUNT, COUNT]);
  assert.equal(report.outcome, 'connected', JSON.stringify(codes(report.issues)));
  // What an end prevented from going out counts as sent, so there may be more of them than POSTs.
  for (const repository of report.repositories) {
    const at = repository.sent.filter(({ status }) => ![429, 503].includes(status)).map((sent) => sent.at);
    for (let index = 1; index < at.length; index += 1)
      assert.ok(at[index] - at[index - 1] >= 60_000, JSON.stringify(repository));
  }
});

test('a provider whose answer is lost is not made twice, and its repositories wait for the user', async (context) => {
  for (const [failure, created] of [
    ['lost-before', false],
    ['lost-after', true],
    ['reset-after', true],
    ['500-after', true],
    ['502-before', false],
  ]) {
    const sandbox = await startSandbox(context, '--failures', `${failure}:provider:1`);
    const plan = { ...planOfFleet(sandbox), repositories: planOfFleet(sandbox).repositories.slice(0, 2) };
    const checkpoints = [];
    const onCheckpoint = (checkpoint) => checkpoints.push(checkpoint);
    const first = await connect(plan, { onCheckpoint });
    assert.deepEqual([first.outcome, first.provider.outcome], ['unknown', 'unknown'], failure);
    assert.ok(first.repositories.every(({ outcome, sent }) => outcome === 'not_started' && sent.length === 0));
    const report = await connect(
      { ...plan, policy: { pollMs: 5 } },
      { resume: { ...checkpoints.at(-1), providerCreated: created } },
    );
    assert.equal(report.outcome, 'connected', `${failure}: ${JSON.stringify(report)}`);
    assert.equal(report.provider.sent.length, created ? 1 : 2);
  }
});

test('what a fetch did before it failed is unknown, whatever it says', async (context) => {
  const { fetch } = globalThis;
  context.after(() => {
    globalThis.fetch = fetch;
  });
  for (const isInjected of [true, false]) {
    const sandbox = await startSandbox(context);
    let posts = 0;
    // Repeats what it has sent already, and reports the last time only, as programs do that record or repeat requests.
    const again = async (url, init) => {
      if (init.method === 'GET') return fetch(url, init);
      posts += 1;
      await fetch(url, init);
      const cause = Object.assign(new Error(), { syscall: 'connect', code: 'ECONNREFUSED' });
      throw new TypeError('fetch failed', { cause });
    };
    globalThis.fetch = isInjected ? fetch : again;
    const plan = { ...planOfFleet(sandbox), repositories: planOfFleet(sandbox).repositories.slice(0, 2) };
    const report = await connect(plan, isInjected ? { fetch: again } : {});
    assert.deepEqual([report.outcome, report.provider.outcome, posts], ['unknown', 'unknown', 1]);
  }
});
