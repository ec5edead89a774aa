// A job that ends half-way goes on from its last checkpoint, and nothing is posted twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, toTerraform } from 'torque-gitlab-connect';
import { codes, planFor, startSandbox, TOKEN, value } from './support.mjs';

/** Three repositories of the sandbox. */
const planOfThree = (sandbox) =>
  planFor(
    sandbox,
    sandbox.repositories.slice(0, 3).map(({ url }) => ({ url })),
  );

/** Runs a plan; `posts` tells what was sent. */
async function run(plan, options) {
  const posts = [];
  const onEvent = (event) => {
    if (event.type === 'request' && event.method === 'POST') posts.push(`${event.step} ${event.repository ?? ''}`);
  };
  return { report: await connect(plan, { concurrency: 1, ...options, onEvent }), posts };
}

test('a crash before any POST costs nothing and repeats nothing', async (context) => {
  for (const crashAt of [1, 2, 3, 4]) {
    const sandbox = await startSandbox(context);
    const plan = planOfThree(sandbox);
    const stored = [];
    const onCheckpoint = async (checkpoint) => {
      const text = JSON.stringify(checkpoint);
      for (const secret of [plan.torqueToken, plan.method.token]) assert.ok(!text.includes(secret));
      if (stored.length + 1 === crashAt) throw new Error('no place left');
      stored.push(text);
    };
    const first = await run(plan, { onCheckpoint });
    assert.equal(first.posts.length, crashAt - 1);
    assert.equal(first.report.outcome, 'aborted');

    const resume = stored.length === 0 ? undefined : JSON.parse(stored.at(-1));
    // Kept just before its POST: whether the provider was made is for the user to look up.
    const second = await run(plan, { resume: resume && { ...resume, providerCreated: true } });
    assert.equal(second.report.outcome, 'connected', JSON.stringify(second.report));
    const repositories = [...first.posts, ...second.posts].filter((post) => post.startsWith('repository'));
    assert.deepEqual(repositories.sort(), ['repository 0', 'repository 1', 'repository 2']);
    const providers = [...first.posts, ...second.posts].filter((post) => post.startsWith('provider'));
    assert.equal(providers.length, 1);
  }
});

test('a provider that nobody knows of is not made again', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = planOfThree(sandbox);
  let stored;
  await run(plan, {
    onCheckpoint: (checkpoint) => {
      if (stored) throw new Error('crash');
      stored = JSON.parse(JSON.stringify(checkpoint));
    },
  });
  const { report, posts } = await run(plan, { resume: stored });
  assert.deepEqual([report.outcome, report.provider.outcome, posts], ['unknown', 'unknown', []]);
});

test('what Torque refused is tried again with another token', async (context) => {
  for (const kind of ['member', 'unknown']) {
    const sandbox = await startSandbox(context);
    const plan = planOfThree(sandbox);
    const torqueToken = sandbox.torqueTokens[kind] ?? 'no-token-of-torque';
    let stored;
    const onCheckpoint = (checkpoint) => {
      stored = JSON.stringify(checkpoint);
    };
    const first = await run({ ...plan, torqueToken }, { onCheckpoint });
    assert.deepEqual([first.report.outcome, first.report.provider.outcome], ['failed', 'failed']);
    assert.ok(!stored.includes(torqueToken));

    const second = await run(plan, { resume: JSON.parse(stored), onCheckpoint });
    assert.deepEqual([second.report.outcome, second.posts.length], ['connected', 4], JSON.stringify(second.report));
    // Nothing is left to do.
    const third = await run(plan, { resume: JSON.parse(stored) });
    assert.deepEqual([third.report.outcome, third.posts], ['connected', []]);
  }
});

test('a job that has ended is not begun again: not by its signal, its checkpoint or a second call', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = planOfThree(sandbox);
  const abort = new AbortController();
  const stored = [];
  const onCheckpoint = (checkpoint) => {
    stored.push(structuredClone(checkpoint));
  };
  const first = await run(plan, { onCheckpoint, signal: abort.signal });
  assert.deepEqual([first.report.outcome, first.posts.length], ['connected', 4], JSON.stringify(first.report));
  const before = JSON.stringify(first.report);
  const count = stored.length;
  abort.abort();
  await new Promise(setImmediate);
  assert.deepEqual([JSON.stringify(first.report), stored.length, first.posts.length], [before, count, 4]);

  // Two at once, as from two tabs, and one that is stopped before it begins.
  const resume = stored.at(-1);
  const again = await Promise.all([run(plan, { resume }), run(plan, { resume })]);
  for (const { report, posts } of again) assert.deepEqual([report.outcome, posts], ['connected', []]);
  const stopped = await run(plan, { resume, signal: abort.signal });
  assert.deepEqual([stopped.report.outcome, stopped.posts], ['aborted', []]);
  assert.ok(
    stopped.report.repositories.every(({ outcome }) => outcome === 'syncing'),
    JSON.stringify(stopped.report),
  );
});

test('the last checkpoint is stored before the report is given, whether that succeeds or not', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = { ...planOfThree(sandbox), torqueToken: sandbox.torqueTokens.member };
  const stored = [];
  const onCheckpoint = async ({ provider }) => {
    await new Promise(setImmediate);
    stored.push(provider.state);
    if (stored.length === 2) throw new Error('no place left');
  };
  const { report } = await run(plan, { onCheckpoint });
  assert.deepEqual([stored, report.outcome], [['unknown', 'refused'], 'failed']);
});

test('a checkpoint of another plan, or of nothing, sends nothing', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = planOfThree(sandbox);
  let stored;
  await run(plan, {
    onCheckpoint: (checkpoint) => {
      stored ??= checkpoint;
    },
  });
  const other = { ...plan, repositories: plan.repositories.slice(1) };
  for (const [resume, code] of [
    [stored, 'checkpoint.other_plan'],
    [{}, 'checkpoint.unreadable'],
    ['x', 'checkpoint.unreadable'],
    [null, 'checkpoint.unreadable'],
  ]) {
    const { report, posts } = await run(other, { resume });
    assert.deepEqual([report.outcome, codes(report.issues), posts], ['invalid', [code], []]);
    assert.deepEqual(report.issues[0].path, ['options', 'resume']);
  }
});

test('a checkpoint that somebody has changed puts nothing into a report or a POST', async (context) => {
  const sandbox = await startSandbox(context);
  const plan = { ...planOfThree(sandbox), policy: { pollMs: 5, sendProviderId: true } };
  const stored = [];
  const { report } = await run(plan, {
    onCheckpoint: (checkpoint) => {
      stored.push(checkpoint);
    },
  });
  const last = stored.at(-1);
  assert.equal(last?.provider.state, 'done', JSON.stringify(report));
  for (const changed of [
    { provider: { ...last.provider, id: '<img src=x onerror=alert(1)>'.repeat(1_000) } },
    { provider: { ...last.provider, id: plan.torqueToken } },
    { provider: { ...last.provider, id: `x-${plan.method.token}` } },
    { startedAt: -9e15 },
    { startedAt: Number.MAX_SAFE_INTEGER },
    { provider: { ...last.provider, sent: [{ at: -1, status: 200 }] } },
  ]) {
    const { report, posts } = await run(plan, { resume: { ...last, repositories: [], ...changed } });
    assert.deepEqual([report.outcome, codes(report.issues), posts], ['invalid', ['checkpoint.unreadable'], []]);
    const text = JSON.stringify(report);
    for (const secret of [plan.torqueToken, plan.method.token, 'onerror']) assert.ok(!text.includes(secret));
  }
});

test('Terraform says the second method, and what it cannot say', () => {
  const plan = {
    portalUrl: 'https://portal.qtorque.io/',
    space: 'demo',
    method: { kind: 'token_per_repository' },
    repositories: [{ url: 'https://gitlab.example.com/group/project', branch: 'main', token: TOKEN }],
  };
  const text = value(toTerraform(plan));
  assert.match(text, /resource "torque_git_credentials"/);
  assert.ok(!text.includes(TOKEN.slice(6)));

  const provider = { kind: 'provider', name: 'gitlab-1', baseUrl: 'https://gitlab.example.com/', token: TOKEN };
  const { ok, issues } = toTerraform({ ...plan, method: provider, repositories: [{ url: plan.repositories[0].url }] });
  assert.equal(ok, false);
  assert.ok(codes(issues).includes('export.not_expressible'), JSON.stringify(issues));
});
