// The examples in the documentation of the functions, run as a reader would run them: what stands in the comment behind an
// expression is what comes out. `…` stands for further keys.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as api from 'torque-gitlab-connect';
import { TOKEN } from './support.mjs';

const folder = fileURLToPath(new URL('.', import.meta.resolve('torque-gitlab-connect')));
const read = (file) => readFileSync(`${folder}${file}`, 'utf8');
const declarations = ['wasm/core.d.ts', 'index.d.ts'].map(read);

const GIVEN = {
  ...api,
  token: TOKEN,
  torqueToken: 'torque-api-token-0123',
  urls: ['https://gitlab.example.com/group/project'],
  plan: {
    portalUrl: 'https://portal.qtorque.io',
    space: 'MySpace',
    method: { kind: 'provider', name: 'gitlab-1', baseUrl: 'https://gitlab.example.com', token: TOKEN },
    repositories: [{ url: 'https://gitlab.example.com/group/project' }],
  },
  // No example reaches a server.
  connect: (plan) => api.connect(plan, { fetch: async () => new Response('', { status: 401 }) }),
  console: { log: () => {} },
};

/** The examples, each with the name of what it documents. */
function examples(text) {
  const documented = /\/\*\*((?:(?!\*\/).)*?)\*\/\s*export (?:declare )?(?:function|const) (\w+)/gs;
  return [...text.matchAll(documented)].flatMap(([, comment, name]) => {
    const code = /@example\s+```ts\n(.*?)```/s.exec(comment.replace(/^ *\* ?/gm, ''))?.[1];
    return code === undefined ? [] : [{ name, code }];
  });
}

/** The example as a program: an expression with a comment behind it becomes a call of `expect`. */
function program(code) {
  const annotated = /^(?!const |for |if |\/\/)(.+);(?: |\n)\/\/ (.+)$/gm;
  return code.replace(annotated, (_, expression, comment) => {
    const isPart = comment.includes(', … }');
    return `expect(${expression}, ${comment.replace(', … }', ' }')}, ${isPart});`;
  });
}

const AsyncFunction = (async () => {}).constructor;

for (const { name, code } of declarations.flatMap(examples)) {
  test(`the example of ${name} holds`, async () => {
    const expect = (actual, expected, isPart) => {
      const seen = isPart ? Object.fromEntries(Object.keys(expected).map((key) => [key, actual[key]])) : actual;
      assert.deepEqual(seen, expected);
    };
    await new AsyncFunction(...Object.keys(GIVEN), 'expect', program(code))(...Object.values(GIVEN), expect);
  });
}

test('each function has an example', () => {
  const shown = new Set(declarations.flatMap(examples).map(({ name }) => name));
  const functions = Object.entries(api).filter(([name, value]) => typeof value === 'function' && !/^[A-Z]/.test(name));
  assert.deepEqual(
    functions.map(([name]) => name).filter((name) => !shown.has(name) && !['connect', 'init'].includes(name)),
    [],
  );
});

test('no declaration speaks of Rust', () => {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.d.ts'));
  assert.ok(files.includes('wasm/core.d.ts') && files.includes('wasm/validate.d.ts'), files.join());
  const found = files.flatMap((file) =>
    [...read(file).matchAll(/\/\*\*.*?\*\//gs)]
      // A path, or a link without an address.
      .flatMap(([comment]) => comment.match(/\w+::\w+|\[`[^`]*`\](?!\(https:)|\bcrate\b/g) ?? [])
      .map((text) => `${file}: ${text}`),
  );
  assert.deepEqual(found, []);
});
