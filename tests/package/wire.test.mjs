// TypeScript and Rust agree: what the types say goes in is read, and what comes out is what the types say. Neither side can
// change alone.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as everything from 'torque-gitlab-connect';
import { planFor, startSandbox } from './support.mjs';

/** By name, whatever it is. */
const api = { ...everything };

const root = fileURLToPath(new URL('../..', import.meta.url));
const typed = join(root, 'tests/package/wire.ts');

const { code } = esbuild.transformSync(readFileSync(typed, 'utf8'), { loader: 'ts' });
const { calls } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

/** Keys that some input has. What no input has yet is new here as soon as one gets it. */
const known = new Set();
for (const [, value] of objectsIn(Object.values(calls))) for (const key of Object.keys(value)) known.add(key);

/** Every object that the core reads key by key, with its path; answers of servers and reports are data. */
function* objectsIn(value, path = []) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value];
  for (const [key, inner] of Object.entries(value)) if (key !== 'body') yield* objectsIn(inner, [...path, key]);
}

const problems = (answer) => answer.issues.filter((issue) => issue.code.startsWith('input.'));

test('every key of the types is read', () => {
  for (const [name, all] of Object.entries(calls)) {
    for (const given of all) assert.deepEqual(problems(api[name](...given)), [], name);
  }
});

test('every key that is read is in the types', () => {
  for (const [name, all] of Object.entries(calls)) {
    if (name === 'reportToCsv') continue; // a report is data: what it holds besides is no mistake
    for (const given of all) {
      for (const [path, object] of objectsIn(given)) {
        const strangers = [...known].filter(
          (key) => !(key in object) && !(path.at(-1) === 'method' && key === 'existing'),
        );
        const more = structuredClone(given);
        const target = path.reduce((inner, key) => inner[key], more);
        for (const key of strangers) target[key] = 'x';
        const refused = api[name](...more).issues.filter((issue) => issue.code === 'input.unknown_key');
        const keys = refused.map((issue) => issue.params.key);
        assert.deepEqual(keys.sort(), strangers.sort(), `${name} ${path.join('.')}`);
      }
    }
  }
});

/** What came out, as expressions of TypeScript that have to satisfy a type. */
const witnesses = [];
const witness = (type, value) => witnesses.push(`(${JSON.stringify(value)}) satisfies ${type};`);

test('every answer is what its type says', async (context) => {
  for (const [name, all] of Object.entries(calls)) {
    // Its answer holds a function; the types of its parts are those of `checkRepositoryUrl`.
    if (name === 'checkRepositoryUrls') continue;
    const type = `ReturnType<typeof api.${name}>`;
    for (const given of all) witness(type, api[name](...given));
    for (const bad of [[], ['x', 'x'], [{}, {}], [{ status: 200, body: {} }, {}], [{ status: 403, body: '' }, {}]]) {
      witness(type, api[name](...bad));
    }
  }
  for (const name of ['provider', 'repository', 'plan']) {
    const [payload] = calls[`${name}Payload`]?.[0] ?? calls.toCurl[0];
    const schema = api[`${name}Schema`]['~standard'];
    witness(`ReturnType<typeof api.${name}Schema['~standard']['validate']>`, schema.validate(payload));
    witness(`ReturnType<typeof api.${name}Schema['~standard']['validate']>`, schema.validate({}));
  }
  await runJobs(context);
  assert.deepEqual(compile(), '');
});

/** Jobs that end well, badly and early, with everything that they tell. */
async function runJobs(context) {
  const sandbox = await startSandbox(context);
  const { baseUrl } = sandbox.gitlab;
  const repositories = sandbox.repositories.slice(0, 2).map(({ url }) => ({ url }));
  const plan = planFor(sandbox, repositories);
  const owned = repositories.map(({ url }) => ({ url, token: sandbox.token('repository_good') }));
  const existing = { ...plan, method: { kind: 'provider', baseUrl, existing: true } };
  const losing = async (url, settings) => {
    const answer = await fetch(url, settings);
    if (settings.method === 'POST') throw new TypeError('connection reset');
    return answer;
  };
  const jobs = [
    [plan],
    [{ ...plan, repositories: [] }],
    [existing],
    [{ ...plan, method: { ...plan.method, token: sandbox.token('expired') } }],
    [{ ...plan, method: { kind: 'token_per_repository', baseUrl }, repositories: owned }],
    [plan, { signal: AbortSignal.abort() }],
    [plan, { fetch: () => Promise.reject(new TypeError('unreachable')) }],
    [{ ...plan, space: '..' }],
    // One of two cannot be read; and an answer to a POST that is lost on its way back.
    [{ ...existing, repositories: [repositories[0], { url: `${baseUrl}payments/empty-start` }] }],
    [{ ...plan, method: { ...plan.method, name: 'lost' } }, { fetch: losing }],
  ];
  const outcomes = new Set();
  for (const [job, options] of jobs) {
    const report = await api.connect(job, {
      ...options,
      onEvent: (event) => witness('api.ConnectEvent', event),
      onCheckpoint: (checkpoint) => witness('api.Checkpoint', checkpoint),
    });
    outcomes.add(report.outcome);
    witness('api.Report', report);
  }
  assert.deepEqual([...outcomes].sort(), ['aborted', 'connected', 'failed', 'invalid', 'partial', 'unknown']);
}

/** What the compiler says about the witnesses, and about the inputs. */
function compile() {
  // Below a folder in which the package is found.
  const place = join(root, 'node_modules/.cache');
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, 'torque-gitlab-connect-'));
  try {
    const file = join(folder, 'answers.ts');
    writeFileSync(file, `import type * as api from 'torque-gitlab-connect';\n${witnesses.join('\n')}\n`);
    const settings = { extends: join(root, 'tsconfig.base.json'), files: [file, typed] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin/tsc');
    execFileSync(process.execPath, [tsc, '--project', folder], { encoding: 'utf8' });
    return '';
  } catch (failed) {
    return failed.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
