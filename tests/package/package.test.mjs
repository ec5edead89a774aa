// The package as such: what an import does, what a blocked page says, what stays in memory.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(import.meta.resolve('torque-gitlab-connect'));
const node = (code) =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    cwd: fileURLToPath(new URL('.', import.meta.url)),
  }).trim();

test('an import does nothing: no wasm, no global, no output', () => {
  const output = node(`
    const before = Object.keys(globalThis).join();
    for (const name of ['Module', 'Instance', 'compile', 'instantiate']) {
      WebAssembly[name] = function () { throw new Error('touched'); };
    }
    await import('torque-gitlab-connect');
    console.log(Object.keys(globalThis).join() === before);
  `);
  assert.equal(output, 'true');
});

test('the wasm is read by whatever the platform has: its own reader of digits, Node.js, or neither', () => {
  const platforms = {
    'Node.js': '',
    'a page, and one that calls something else Buffer': 'globalThis.Buffer = function () {};',
    neither: 'delete globalThis.Buffer; delete Uint8Array.fromHex;',
    'its own': `
      const { Buffer } = globalThis;
      delete globalThis.Buffer;
      Uint8Array.fromHex = (digits) => new Uint8Array(Buffer.from(digits, 'hex'));`,
  };
  for (const [name, platform] of Object.entries(platforms)) {
    const output = node(`
      ${platform}
      const { checkBaseUrl } = await import('torque-gitlab-connect');
      console.log(checkBaseUrl('https://gitlab.example.com').value.url);
    `);
    assert.equal(output, 'https://gitlab.example.com/', name);
  }
});

test('where wasm is forbidden, one clear error names the directive; later, when it is allowed, all works', () => {
  const output = node(`
    import * as api from 'torque-gitlab-connect';
    const { Module } = WebAssembly;
    WebAssembly.Module = function () { throw new WebAssembly.CompileError('forbidden by policy'); };
    const errors = [];
    for (const call of [() => api.checkBaseUrl('x'), () => api.connect({}), () => api.init()]) {
      try { await call(); } catch (error) { errors.push(error); }
    }
    WebAssembly.Module = Module;
    await api.init();
    console.log(JSON.stringify({
      same: errors.length === 3 && errors.every((error) => error instanceof api.WasmBlockedError),
      code: errors[0].code, message: errors[0].message, ok: api.checkBaseUrl('https://h.example').ok,
    }));
  `);
  const { same, code, message, ok } = JSON.parse(output);
  assert.ok(same);
  assert.equal(code, 'runtime.wasm_blocked');
  assert.match(message, /script-src 'self' 'wasm-unsafe-eval'/);
  assert.ok(ok);
});

test('the code needs no eval and knows no address of its own', () => {
  const code = readFileSync(entry, 'utf8');
  assert.doesNotMatch(code, /\beval\(|new Function|import\.meta/);
});

test('a token does not stay behind in the memory of the wasm', () => {
  const output = node(`
    const memories = [];
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function (...given) {
      const instance = new Instance(...given);
      memories.push(instance.exports.memory);
      return instance;
    };
    WebAssembly.Instance.prototype = Instance.prototype;
    const api = await import('torque-gitlab-connect');
    const token = 'glpat-' + 'unforgettable0123456';
    const plan = {
      portalUrl: 'https://portal.qtorque.io', torqueToken: 'torque-' + 'unforgettable', space: 's',
      method: { kind: 'provider', name: 'n', baseUrl: 'https://h.example', token },
      repositories: [{ url: 'https://h.example/a/b' }],
    };
    for (let round = 0; round < 20; round += 1) {
      api.checkToken(token, 'provider');
      api.inspectTokenRequest({ baseUrl: 'https://h.example', token });
      api.providerPayload({ name: 'n', baseUrl: 'https://h.example', token });
      api.createProviderRequest({ portalUrl: 'https://h.example', torqueToken: plan.torqueToken, name: 'n', baseUrl: 'https://h.example', token });
      await api.connect(plan, { fetch: async () => new Response(JSON.stringify({ message: 'no ' + token }), { status: 401 }) });
    }
    const all = memories.map(({ buffer }) => Buffer.from(buffer));
    console.log(all.length, all.some((memory) => memory.includes('unforgettable')), all[0].includes('base_url.'));
  `);
  // Each job has an instance of its own.
  assert.equal(output, '21 false true');
});

test('a page tells its own host: a portal there needs no warning', () => {
  const output = node(`
    globalThis.location = new URL('https://portal.example.com/page');
    const api = await import('torque-gitlab-connect');
    const plan = (portalUrl) => ({ portalUrl, space: 's', method: { kind: 'token_per_repository' }, repositories: [] });
    const codes = (issues) => issues.map((issue) => issue.code);
    console.log(JSON.stringify([
      codes(api.checkPortalUrl('https://portal.example.com/torque').issues),
      codes(api.checkPortalUrl('https://other.example.com/').issues),
      codes((await api.connect(plan('https://portal.example.com/'))).issues),
      codes((await api.connect(plan('https://other.example.com/'))).issues),
    ]));
  `);
  assert.deepEqual(JSON.parse(output), [
    [],
    ['portal_url.unknown_host'],
    ['plan.no_repositories'],
    ['portal_url.unknown_host', 'plan.no_repositories'],
  ]);
});
