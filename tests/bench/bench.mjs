// Measures the package beside its peers, adds what the browsers and the state machine's own measurement have written to
// target/bench, and prints the tables of docs/benchmarks.md; `cargo xtask bench` prepares what it needs.
//
// Times are processor time of this process (system and user), so that what else the machine does counts little; the
// candidates take turns, and each has its best and its median turn. A figure means something only beside one of the same run.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { growthPlot, sizePlot } from './plots.mjs';
import { tables } from './tables.mjs';
import { BASE, besideCareful, careful, countInside, insideUrls, median, race, urls } from './workload.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = resolve(process.argv[2]);
const peers = createRequire(resolve(target, 'bench/package.json'));

const instances = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }
};
const api = await import('torque-gitlab-connect');
const whatwg = await import(peers.resolve('whatwg-url'));
const { default: gitUrlParse } = await import(peers.resolve('git-url-parse'));

function byGitUrlParse(base, text) {
  try {
    const [root, url] = [gitUrlParse(base), gitUrlParse(text)];
    return root.protocol === url.protocol && root.resource === url.resource && url.pathname.startsWith(root.pathname);
  } catch {
    return false;
  }
}

/** Milliseconds of processor time. */
function time(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function compressed(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}

async function sizes() {
  const node = (...words) => execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  const [wasm, entry, element] = JSON.parse(node('xtask/src/sizes.mjs')).map(([raw, gzip, brotli]) => ({
    raw,
    gzip,
    brotli,
  }));
  const bundle = async (contents) => {
    const options = {
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      platform: 'browser',
      legalComments: 'none',
    };
    const stdin = { contents, resolveDir: resolve(target, 'bench') };
    return compressed((await build({ ...options, stdin })).outputFiles[0].contents);
  };
  return {
    wasm,
    'API entry with the wasm inside': entry,
    'element without the API entry': element,
    'naive build of the same wasm': compressed(readFileSync(resolve(target, 'bench/naive.wasm'))),
    'whatwg-url': await bundle("export { URL } from 'whatwg-url'"),
    'git-url-parse': await bundle("export { default } from 'git-url-parse'"),
    'zod with the providerSchema': await bundle(`import * as z from 'zod';
      export const provider = z.object({ name: z.string().trim().min(1).max(255), type: z.enum(['gitLabEnterprise']).optional(),
        baseUrl: z.url({ protocol: /^https?$/ }), token: z.string().regex(/^glpat-/) }).strict()`),
  };
}

/** Other ways to check one URL or a list of them, in the order of what they take. */
function otherWays() {
  const [single, list] = [insideUrls(5_000), urls(100_000)];
  return {
    single: race(
      time,
      {
        'naive JavaScript': () => countInside(single, (base, url) => url.startsWith(base)),
        'git-url-parse': () => countInside(single, byGitUrlParse),
        'whatwg-url': () => countInside(single, (base, url) => careful(base, url, whatwg.URL)),
      },
      single.length,
    ),
    list: race(time, { 'naive JavaScript': () => countInside(list, (base, url) => url.startsWith(base)) }, list.length),
  };
}

const memory = () => instances[0].exports.memory.buffer.byteLength;

/** Lists of growing length, and careful JavaScript over the same ones. */
function growth() {
  return [1_000, 10_000, 100_000, 1_000_000].map((count) => {
    const list = urls(count);
    const times = Math.max(1, 100_000 / count);
    const often = (work) => () => {
      for (let turn = 0; turn < times; turn += 1) work();
    };
    const { checkRepositoryUrls, peer } = race(
      time,
      {
        checkRepositoryUrls: often(() => api.checkRepositoryUrls(BASE, list)),
        peer: often(() => countInside(list, careful)),
      },
      count * times,
      5,
    );
    return { count, ...checkRepositoryUrls, careful: peer.best, memory: memory() };
  });
}

/** What nobody should send: nanoseconds for each character or URL of it, and of half of it twice. */
function cliffs() {
  const list = (texts) => api.checkRepositoryUrls(BASE, texts);
  const one = (text) => api.checkRepositoryUrl(BASE, text);
  const long = (count) => `${BASE}${'a'.repeat(count)}/b`;
  const deep = (count) => `${BASE}${'a/'.repeat(count)}b`;
  const many = (url) => (count) => new Array(count).fill(url);
  const cases = {
    'a URL of 1 MB, alone': [one, long, 1_000_000],
    'a URL of 1 MB, in a list': [(url) => list([url]), long, 1_000_000],
    'a URL of 100,000 segments, alone': [one, deep, 100_000],
    'a URL of 100,000 segments, in a list': [(url) => list([url]), deep, 100_000],
    '1,000,000 duplicates': [list, many(`${BASE}a/b`), 1_000_000],
    '1,000,000 refused': [list, many('git@h:a/b'), 1_000_000],
  };
  const told = ([name, [work, make, count]]) => {
    const [whole, half] = [make(count), make(count / 2)];
    const twice = () => {
      work(half);
      work(half);
    };
    const { once, halves } = race(time, { once: () => work(whole), halves: twice }, count, 5);
    return [name, { once: once.best, halves: halves.best }];
  };
  return Object.fromEntries(Object.entries(cases).map(told));
}

/** An hour at four letters a second: the core's memory, and what JavaScript holds, before and after. */
function typing() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const held = () => {
    collect();
    return { core: memory(), javaScript: process.memoryUsage().heapUsed };
  };
  const [text] = insideUrls(1);
  const letters = (count) => {
    for (let letter = 0; letter < count; letter += 1) {
      const typed = text.slice(0, letter % (text.length + 1));
      api.checkBaseUrl(typed);
      api.checkRepositoryUrl(BASE, typed);
    }
  };
  letters(240);
  const before = held();
  letters(4 * 3_600);
  const after = held();
  return { core: after.core - before.core, javaScript: after.javaScript - before.javaScript };
}

async function others() {
  const provider = { name: 'gitlab', baseUrl: BASE, token: 'glpat-0123456789abcdefghij' };
  const answer = {
    status: 200,
    body: { name: 't', active: true, scopes: ['read_api', 'read_repository'], expires_at: null },
  };
  const times = (work) => () => {
    for (let turn = 0; turn < 2_000; turn += 1) work();
  };
  const each = race(
    time,
    {
      assessToken: times(() => api.assessToken(answer, { purpose: 'provider', now: 0 })),
      providerPayload: times(() => api.providerPayload(provider)),
      createProviderRequest: times(() =>
        api.createProviderRequest({ portalUrl: 'https://portal.qtorque.io', ...provider }),
      ),
    },
    2_000,
  );
  return { ...each, 'one event of connect()': await events() };
}

/** A job of 100 repositories, with a Torque that says yes to everything at once. */
async function events() {
  const repositories = urls(100)
    .filter((_, index) => index % 10 < 7)
    .map((url, index) => ({ url, name: `r${index}` }));
  const listed = repositories.map(({ url, name }) => ({
    name,
    repository_url: url.replace(/\.git$/, ''),
    status: 'Connected',
  }));
  const fetch = async (_, { method }) => Response.json(method === 'GET' ? listed : 'id');
  const plan = {
    portalUrl: 'https://portal.qtorque.io',
    torqueToken: 'torque',
    space: 's',
    method: { kind: 'provider', name: 'p', baseUrl: BASE, token: 'glpat-0123456789abcdefghij' },
    repositories,
    policy: { inspect: false, pollMs: 1 },
  };
  const turns = [];
  for (let turn = 0; turn < 5; turn += 1) {
    let events = 0;
    const before = process.cpuUsage();
    const { outcome } = await api.connect(plan, { fetch, onEvent: () => (events += 1) });
    const { user, system } = process.cpuUsage(before);
    if (outcome !== 'connected') throw new Error(`the job for the measurement ended as ${outcome}`);
    turns.push(((user + system) * 1_000) / events);
  }
  return { best: Math.round(Math.min(...turns)), median: Math.round(median(turns)) };
}

/** In milliseconds of wall time, in fresh processes: the first call makes the instance. */
function firstVerdictInNode() {
  const script = `const { checkRepositoryUrl: check } = await import('torque-gitlab-connect');
    const time = () => { const start = performance.now(); check('https://h.example/', 'https://h.example/a/b'); return performance.now() - start };
    console.log(JSON.stringify([time(), time()]))`;
  const runs = Array.from({ length: 9 }, () =>
    JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' })),
  );
  const [cold, warm] = [0, 1].map((index) => runs.map((run) => run[index]));
  const told = (times) => ({ best: Math.min(...times), median: median(times) });
  return { cold: told(cold), warm: told(warm) };
}

const written = (name) => readFileSync(resolve(target, 'bench', name), 'utf8');
const browsers = Object.fromEntries(
  ['Chromium', 'Firefox', 'WebKit'].flatMap((name) => {
    try {
      return [[name, JSON.parse(written(`${name.toLowerCase()}.json`))]];
    } catch {
      return [];
    }
  }),
);
const load = loadavg()[0];
const { single, list } = besideCareful(time, api);
const other = otherWays();
const result = {
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, load },
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
  bytes: await sizes(),
  firstVerdict: firstVerdictInNode(),
  single: { ...single, ...other.single },
  list: { ...list, ...other.list },
  growth: growth(),
  cliffs: cliffs(),
  typing: typing(),
  others: await others(),
  onboarding: written('onboarding.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
  browsers,
};
writeFileSync(resolve(target, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`);
const text = tables(result);
const plots = { size: sizePlot(result.bytes), growth: growthPlot(result.growth) };
for (const [name, plot] of Object.entries(plots)) writeFileSync(resolve(target, `bench-${name}.svg`), plot);
if (process.env.UPDATE === '1') {
  const document = resolve(root, 'docs/benchmarks.md');
  const [before, after] = readFileSync(document, 'utf8').split(/(?<=<!-- measured -->\n).*(?=<!-- end -->)/s);
  writeFileSync(document, `${before}\n${text}\n${after}`);
  for (const [name, plot] of Object.entries(plots)) writeFileSync(resolve(root, `docs/images/bench-${name}.svg`), plot);
}
console.log(text);
