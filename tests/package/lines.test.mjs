// Repositories as text that comes in, and the report as a table that goes out. The rules have native tests (tests/tables.rs).

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, readPlanLines, reportToCsv } from 'torque-gitlab-connect';
import { codes, TOKEN, value } from './support.mjs';

test('a table becomes the repositories of a plan', () => {
  const text = `url,name,token,agents,autoRegister\nhttps://g.example/a/b.git,B,${TOKEN},eks;aks,yes\nhttps://g.example/a/c,,${TOKEN},,\n`;
  assert.deepEqual(value(readPlanLines(text, { baseUrl: 'https://g.example', purpose: 'repository' })), [
    { url: 'https://g.example/a/b', name: 'B', token: TOKEN, agents: ['eks', 'aks'], autoRegister: true },
    { url: 'https://g.example/a/c', token: TOKEN },
  ]);
  assert.deepEqual(value(readPlanLines('\n')), []);
});

test('issues have line and column, and the valid rows are returned', () => {
  const text = `url,token\nhttps://g.example/a/b,${TOKEN}\nhttps://elsewhere.example/a/b,${TOKEN}\nhttps://g.example/a/c,\n`;
  const read = readPlanLines(text, { baseUrl: 'https://g.example/', purpose: 'repository' });
  assert.equal(read.ok, false);
  assert.deepEqual(
    read.issues.map(({ code, path, params }) => [code, path, params.line, params.column]),
    [
      ['repository_url.outside_base_url', ['text', 1, 'url'], 3, 1],
      ['plan.repository_token_missing', ['text', 2, 'token'], 4, 2],
    ],
  );
  assert.deepEqual(read.repositories, [{ url: 'https://g.example/a/b', token: TOKEN }]);
  assert.ok(!JSON.stringify(read.issues).includes(TOKEN));
});

test('the lines that are one URL with a suggestion are named', () => {
  const page = 'https://g.example/a/b/-/tree/main';
  const read = readPlanLines(`https://g.example/a/c\n${page}\nno-url\n`);
  assert.deepEqual([read.ok, read.errors, read.corrections], [false, 2, [{ line: 2, url: 'https://g.example/a/b' }]]);
  const table = readPlanLines(`url,name\n${page},b\n`);
  assert.deepEqual([table.errors, table.corrections], [1, []]);
  const valid = readPlanLines('https://g.example/a/c');
  assert.deepEqual([valid.ok, valid.errors, valid.corrections], [true, 0, []]);
});

test('every issue has the path of its row and key', () => {
  const text =
    'sep=;\nrepository_url;agents;auto register;nmae\nhttps://g.example/a/b;"a1; a2";maybe\nhttps://g.example/a/c;"a1"x\n';
  assert.deepEqual(
    readPlanLines(text).issues.map(({ code, path }) => [code, path]),
    [
      ['lines.unknown_column', ['text', 0, 'header']],
      ['input.not_allowed', ['text', 0, 'autoRegister']],
      ['lines.quote', ['text', 1, 'agents']],
    ],
  );
});

test('a text is storable if it is URLs alone', () => {
  const url = 'https://g.example/a/b';
  assert.equal(readPlanLines(`${url}\n`).storable, true);
  assert.equal(readPlanLines(`${url}/-/tree/main\nhttps://elsewhere.example/`).storable, true);
  for (const text of [`${url}\n${TOKEN}`, `url\n${url}`]) assert.equal(readPlanLines(text).storable, false, text);
});

test('no row is valid while it is not known what it is checked against', () => {
  for (const options of [{ baseUrl: 'g.example' }, { baseURL: 'https://g.example/' }, { purpose: 'both' }, 7]) {
    const read = readPlanLines('https://elsewhere.example/a/b', options);
    assert.equal(read.ok, false);
    assert.deepEqual(read.repositories, [], JSON.stringify(options));
    assert.equal(read.issues[0].path[0], 'options');
  }
  const { issues } = readPlanLines(7);
  assert.deepEqual(readPlanLines(7), {
    ok: false,
    issues,
    errors: 1,
    repositories: [],
    corrections: [],
    storable: false,
  });
});

test('ten thousand rows are read in one go', () => {
  const urls = Array.from({ length: 10_000 }, (_, number) => `https://g.example/group/project-${number}`);
  assert.equal(value(readPlanLines(urls.join('\n'))).length, 10_000);
});

test('a report is a table', async () => {
  const plan = {
    portalUrl: 'https://torque.example',
    space: 'demo',
    method: { kind: 'token_per_repository' },
    repositories: [{ url: 'https://g.example/a/b', name: '=1+1', token: TOKEN }],
    policy: { inspect: false },
  };
  const report = await connect(plan, { signal: AbortSignal.abort() });
  const lines = value(reportToCsv(report)).split('\r\n');
  assert.equal(lines.length, 3);
  assert.ok(
    lines[1].startsWith(`"repository","'=1+1","https://g.example/a/b","","not_started","","","plan.aborted: `),
    lines[1],
  );
  const again = value(readPlanLines(value(reportToCsv(report))));
  assert.deepEqual(again, [{ url: 'https://g.example/a/b', name: '=1+1' }]);
  // It may come out of storage, and its messages may be translated.
  const stored = JSON.parse(JSON.stringify(report));
  stored.repositories[0].issues[0].message = 'Beendet; =1';
  assert.match(value(reportToCsv(stored)), /plan\.aborted: Beendet; =1"\r\n$/);
  for (const other of [{}, { repositories: 7 }, { repositories: [{ name: 'x' }] }, null, 'x']) {
    assert.deepEqual(codes(reportToCsv(other).issues), ['input.not_allowed']);
  }
});
