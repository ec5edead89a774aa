// The README's examples, run as they stand: what one prints is what stands beside it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as api from 'torque-gitlab-connect';
import { startSandbox } from './support.mjs';

const readme = readFileSync(new URL('../../pkg/README.md', import.meta.url), 'utf8');
const examples = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

/** What stands behind `console.log(…);` as a comment. */
const printed = (code) =>
  [...code.matchAll(/console\.log\(.*\);(?: \/\/ (.*))?$/gm)].map(([, text]) => text ?? 'NOT SAID');

/** Runs an example where the documents' servers are those of the sandbox. */
async function run(code, sandbox) {
  const servers = {
    'https://gitlab.example.com/': sandbox.gitlab.baseUrl,
    'https://portal.qtorque.io/': sandbox.torque,
  };
  const preamble = `{
    const send = globalThis.fetch;
    const servers = Object.entries(${JSON.stringify(servers)});
    const there = (text) => servers.reduce((text, [shown, real]) => text.replaceAll(shown, real), text);
    const back = (text) => servers.reduce((text, [shown, real]) => text.replaceAll(real, shown), text);
    globalThis.fetch = async (url, { body, ...settings } = {}) => {
      const answer = await send(there(String(url)), { ...settings, ...(body && { body: there(body) }) });
      const { status } = answer;
      const headers = [...answer.headers].map(([name, value]) => [name, back(value)]);
      return new Response(back(await answer.text()), { status, headers });
    };
  }\n`;
  const environment = {
    GITLAB_TOKEN: sandbox.token('provider_good'),
    TORQUE_TOKEN: sandbox.torqueTokens.admin,
    TORQUE: sandbox.torque,
  };
  const node = spawn(process.execPath, ['--input-type=module', '--eval', preamble + code], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const piece of node.stdout) output += piece;
  return output.trimEnd().split('\n');
}

describe('examples', { concurrency: true }, () => {
  for (const code of examples) {
    const title = code.split('\n').find((line) => line !== '' && !/^(import|} from)|^ /.test(line));
    test(title, async (context) => {
      const expected = printed(code);
      assert.ok(expected.length > 0, 'it prints something');
      assert.deepEqual(await run(code, await startSandbox(context)), expected);
    });
  }
});

test('every function and schema is in an example', () => {
  const missing = Object.keys(api).filter((name) => !examples.some((code) => new RegExp(`\\b${name}\\b`).test(code)));
  assert.deepEqual(missing, []);
});
