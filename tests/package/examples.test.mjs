// The README's examples, run unchanged: each prints what its comments say. All of them pass `tsc --strict`, those in
// JavaScript too, and its table of keys is held against the types.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import * as api from 'torque-gitlab-connect';
import { startSandbox } from './support.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'pkg/README.md'), 'utf8');
const blocks = (text) =>
  [...text.matchAll(/^```([jt])s\n([\s\S]*?)^```$/gm)].map(([, language, code]) => ({ language, code }));
const typed = blocks(readme);
/** As JavaScript, with comments and lines as they are. */
const examples = typed.map(({ language, code }) =>
  language === 't' ? transformSync(code, { loader: 'ts', target: 'es2022' }).code : code,
);

/** What `console.log(…);` prints: the comment behind it, or the comment lines below it. */
const printed = (code) =>
  [...code.matchAll(/console\.log\(.*\);(?: \/\/ (.*)|((?:\n *\/\/ .*)+))?$/gm)].flatMap(([, behind, below]) =>
    below === undefined
      ? [behind ?? 'NOT SAID']
      : below
          .trim()
          .split(/\n *\/\/ /)
          .map((line) => line.replace(/^\/\/ /, '')),
  );

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
  for (const [index, { code }] of typed.entries()) {
    const title = code.split('\n').find((line) => line !== '' && !/^(import|} from)|^ /.test(line));
    test(title, async (context) => {
      const expected = printed(code);
      assert.ok(expected.length > 0, 'it prints something');
      assert.deepEqual(await run(examples[index], await startSandbox(context)), expected);
    });
  }
});

/** Fails with what `tsc --strict` says of programs that use the package. */
function assertTyped(programs) {
  mkdirSync(join(root, 'target'), { recursive: true });
  // Below the checkout: there the package and the types of Node.js are found.
  const folder = mkdtempSync(join(root, 'target', 'readme-'));
  try {
    const files = programs.map((code, index) => {
      const file = join(folder, `${index}.ts`);
      writeFileSync(file, `${code}\nexport {};\n`);
      return file;
    });
    const tsc = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc');
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
    try {
      execFileSync(process.execPath, [tsc, ...options, ...files], { cwd: root, encoding: 'utf8' });
    } catch ({ stdout }) {
      assert.fail(stdout);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('every example passes tsc --strict, pasted as TypeScript', () => {
  const all = [...typed, ...blocks(readFileSync(join(root, 'README.md'), 'utf8'))];
  assertTyped(all.map(({ code }) => code));
});

describe('the table of keys', () => {
  const [, table] = /<!-- keys -->([\s\S]*?)<!-- end of keys -->/.exec(readme);
  const listed = new Map();
  let type;
  for (const [, first, second] of table.matchAll(/^\|([^|]*)\|([^|]*)\|/gm)) {
    type = /`(\w+)`/.exec(first)?.[1] ?? type;
    const keys = [...second.matchAll(/`(\w+)\??`/g)].map(([, key]) => key);
    if (type !== undefined) listed.set(type, [...(listed.get(type) ?? []), ...keys]);
  }

  test('names the types that a caller meets', () => {
    for (const type of ['Plan', 'Method', 'PlanRepository', 'Policy', 'ConnectOptions', 'Report', 'Entries']) {
      assert.ok(listed.has(type), type);
    }
  });

  test('has every key of each type, and no other', () => {
    const programs = [...listed].map(([type, keys]) => {
      const entry = type === 'Entries' ? '/element/define' : '';
      return `import type { ${type} } from 'torque-gitlab-connect${entry}';
        type Keys<T> = T extends unknown ? keyof T : never;
        const keys: Record<Keys<${type}>, true> = { ${keys.map((key) => `${key}: true`).join(', ')} };
        console.log(keys);`;
    });
    assertTyped(programs);
  });
});

test('every function and schema is in an example', () => {
  const missing = Object.keys(api).filter((name) => !examples.some((code) => new RegExp(`\\b${name}\\b`).test(code)));
  assert.deepEqual(missing, []);
});
