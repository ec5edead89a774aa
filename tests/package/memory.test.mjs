// The memory of the core, counted: what a page that stays open for a day, or a large list, leaves behind.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { LARGE_PLANS, MASSES, SHORT_PLANS } from './masses.mjs';

/** The instances that the package makes. */
const instances = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }
};
const { checkBaseUrl, checkRepositoryUrl, checkRepositoryUrls, checkToken } = await import('torque-gitlab-connect');

const BASE = 'https://gitlab.example.com/';

function memory() {
  assert.equal(instances.length, 1);
  return instances[0].exports.memory.buffer.byteLength;
}

/** What is typed, letter by letter: every beginning of it is checked. */
function type(base, url) {
  for (let length = 0; length <= url.length; length += 1) {
    checkBaseUrl(base.slice(0, length));
    checkRepositoryUrl(base, url.slice(0, length));
    checkToken(url.slice(0, length), 'provider');
  }
}

/** Slots for values of JavaScript in the instance of the calls. */
function slots() {
  const tables = Object.values(instances[0].exports).filter((item) => item instanceof WebAssembly.Table);
  return tables.reduce((sum, { length }) => sum + length, 0);
}

test('what throws takes no slot of the table for ever', () => {
  const throwing = () =>
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no keys');
        },
      },
    );
  // A host that the platform's `URL` refuses by throwing, and one that it accepts in another form.
  const refused = () => assert.equal(checkBaseUrl('https://xn--a-pib.example/').issues[0].code, 'base_url.ambiguous');
  const calls = () => {
    checkBaseUrl(throwing());
    refused();
  };
  for (let count = 0; count < 1_000; count += 1) calls();
  const before = [memory(), slots()];
  for (let count = 0; count < 20_000; count += 1) calls();
  assert.deepEqual([memory(), slots()], before);
});

test('the ASCII form of a host is suggested the twenty-thousandth time, too', () => {
  // V8 has optimised by then whatever is asked of the platform.
  for (let count = 0; count < 20_000; count += 1) {
    const { issues } = checkBaseUrl('https://münchen.example/');
    assert.equal(issues[0].suggestion, 'https://xn--mnchen-3ya.example/', String(count));
  }
});

test('an hour of typing takes no more memory than its first minute', () => {
  const urls = [
    'https://gitlab.example.com/group/project.git',
    'git@gitlab.example.com:group/project',
    'https://gitlab.example.com/é?x',
  ];
  const minute = () => {
    for (const url of urls) type(BASE, url);
    for (const url of urls) type('http://127.0.0.1:8080/gitlab', url);
  };
  minute();
  const before = memory();
  for (let times = 1; times < 60; times += 1) minute();
  assert.equal(memory(), before);
});

test('the memory of a list does not grow with the list, nor with their number', () => {
  const all = (count) => {
    for (const url of [`${BASE}group/project`, 'no URL', `${BASE}é`]) {
      const { inside, verdicts } = checkRepositoryUrls(BASE, new Array(count).fill(url)).value;
      assert.deepEqual([inside, verdicts.length], [url.endsWith('project') ? count : 0, count]);
    }
  };
  all(50_000);
  const before = memory();
  all(500_000);
  for (let times = 0; times < 5; times += 1) all(50_000);
  assert.equal(memory(), before);
});

test('what is far too long is answered, and the room for it is used again', () => {
  const long = [
    `${BASE}${'a'.repeat(1_000_000)}/b`,
    `${BASE}${'a/'.repeat(100_000)}b`,
    `${'https://'.repeat(100_000)}`,
    '@'.repeat(1_000_000),
  ];
  const answers = () =>
    long.map((url) => [
      checkRepositoryUrl(BASE, url).ok,
      ...checkRepositoryUrls(BASE, [url, `${BASE}a/b`]).value.verdicts,
    ]);
  const expected = [
    [false, 0, 2],
    [false, 0, 2],
    [false, 0, 2],
    [false, 0, 2],
  ];
  assert.deepEqual(answers(), expected);
  const before = memory();
  for (let times = 0; times < 5; times += 1) assert.deepEqual(answers(), expected);
  assert.equal(memory(), before);
});

/** What one of them takes, in an instance of its own. */
async function cost(name) {
  const worker = new Worker(new URL('masses.mjs', import.meta.url), { workerData: name });
  const [cost] = await once(worker, 'message');
  assert.ok(cost.bytes >= (name in SHORT_PLANS ? 300_000 : 1_000_000), `${cost.bytes} bytes`);
  return cost;
}

for (const name of Object.keys(MASSES)) {
  test(`${name}: no more than ten times what came in, and a hundred issues`, async () => {
    const { bytes, grown, issues } = await cost(name);
    assert.ok(grown < 10 * bytes, `${grown} bytes for ${bytes}`);
    assert.ok(issues.length <= 101, `${issues.length} issues`);
    for (const { code } of issues.slice(100)) assert.equal(code, 'input.too_many_issues');
  });
}

for (const name of Object.keys({ ...LARGE_PLANS, ...SHORT_PLANS })) {
  test(`${name}: no more than ten times what came in`, async () => {
    const { bytes, grown, issues } = await cost(name);
    assert.ok(grown < 10 * bytes, `${grown} bytes for ${bytes}`);
    assert.ok(
      issues.every(({ code }) => code === 'torque.unauthorized'),
      JSON.stringify(issues),
    );
  });
}
