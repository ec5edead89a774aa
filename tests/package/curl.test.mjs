// The exported script in real shells against the sandbox. What it sends, byte by byte, and what it prints of a hostile answer
// have native tests (tests/export.rs).

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { toCurl } from 'torque-gitlab-connect';
import { startSandbox, value } from './support.mjs';

/** Pastes a script into a shell; gives its exit code and what it printed. */
async function paste(words, script, variables) {
  const [program, ...rest] = words;
  const shell = spawn(program, rest, { env: { PATH: process.env.PATH, ...variables } });
  shell.on('error', () => {});
  let printed = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (text) => (printed += text));
  shell.stdin.end(script);
  const [code] = await once(shell, 'close');
  return { code, printed };
}

async function isInstalled(program) {
  const found = spawn('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
  const [code] = await once(found, 'close');
  return code === 0;
}

const planFor = (sandbox, repositories) => ({
  portalUrl: sandbox.torque,
  space: sandbox.space,
  method: { kind: 'provider', name: "it's $(id) `one`", baseUrl: sandbox.gitlab.baseUrl },
  repositories,
});

async function listed(sandbox) {
  const answer = await fetch(`${sandbox.torque}api/spaces/${sandbox.space}/repositories`, {
    headers: { Authorization: `Bearer ${sandbox.torqueTokens.admin}` },
  });
  return (await answer.json()).map(({ name }) => name);
}

for (const words of [['sh'], ['dash'], ['bash'], ['busybox', 'sh']]) {
  test(`in ${words.join(' ')} the script sends everything, and stops at the first failure`, async (context) => {
    if (!(await isInstalled(words[0]))) return context.skip(`${words[0]} is not installed`);
    const sandbox = await startSandbox(context);
    const variables = { TORQUE_TOKEN: sandbox.torqueTokens.admin, GITLAB_TOKEN: sandbox.token('provider_good') };
    const names = ['say "hello"', 'back\\slash', '$HOME ünï !!'];
    const repositories = names.map((name, index) => ({ url: sandbox.repositories[index].url, name }));
    const script = value(toCurl(planFor(sandbox, repositories)));
    const first = await paste(words, script, variables);
    assert.equal(first.code, 0, first.printed);
    for (const secret of Object.values(variables)) assert.ok(!first.printed.includes(secret));
    assert.match(first.printed, /To see the status, open http\S+ or read http\S+\n$/);
    assert.deepEqual(await listed(sandbox), names);

    // Again: the provider is there already, and nothing behind it is sent.
    const more = { url: sandbox.repositories[3].url, name: 'more' };
    const again = await paste(words, value(toCurl(planFor(sandbox, [more]))), variables);
    assert.notEqual(again.code, 0);
    assert.match(again.printed, /\(HTTP 409\)/);
    assert.equal((await listed(sandbox)).length, names.length);
  });
}
