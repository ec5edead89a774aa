// Measures the package beside its peers and writes target/bench.json; `cargo xtask bench` prepares what it needs.
//
// Times are processor time of this process (system and user), so that what else the machine does counts little; the
// candidates take turns, and each has its best and its median turn. A figure means something only beside one of the same run.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { inBrowser } from './browser.mjs';
import { growthPlot, sizePlot } from './plots.mjs';

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

const BASE = 'https://gitlab.example.com/root/';

/** Seven of ten inside; the others have another host, another path, another scheme. */
function urls(count) {
  return Array.from({ length: count }, (_, index) => {
    const path = `group-${index % 97}/team-${index % 31}/project-${index}`;
    if (index % 10 < 7) return `${BASE}${path}${index % 2 ? '.git' : ''}`;
    return [
      `https://gitlab.example.org/root/${path}`,
      `https://gitlab.example.com/rootx/${path}`,
      `http://gitlab.example.com/root/${path}`,
    ][(index % 10) - 7];
  });
}

/** What a careful developer writes without a library. */
function careful(base, text, Url = URL) {
  let root;
  let url;
  try {
    root = new Url(base);
    url = new Url(text);
  } catch {
    return false;
  }
  if (url.username || url.password || url.search || url.hash || url.origin !== root.origin) return false;
  const path = root.pathname.endsWith('/') ? root.pathname : `${root.pathname}/`;
  return url.pathname.startsWith(path) && url.pathname.slice(path.length).split('/').filter(Boolean).length >= 2;
}

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

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Best and median of the candidates' turns, each in nanoseconds for one of `count`. */
function race(candidates, count, rounds = 9) {
  const turns = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(candidates)) turns[name].push((time(work) * 1e6) / count);
  }
  const told = ([name, times]) => [name, { best: Math.round(Math.min(...times)), median: Math.round(median(times)) }];
  return Object.fromEntries(Object.entries(turns).map(told));
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

function single() {
  const list = urls(20_000).filter((_, index) => index % 10 < 7);
  const each = (check) => () => {
    for (const url of list) check(BASE, url);
  };
  return race(
    {
      checkRepositoryUrl: each(api.checkRepositoryUrl),
      'careful JavaScript': each(careful),
      'naive JavaScript': each((base, url) => url.startsWith(base)),
      'whatwg-url': each((base, url) => careful(base, url, whatwg.URL)),
      'git-url-parse': each(byGitUrlParse),
    },
    list.length,
  );
}

function batch() {
  const list = urls(100_000);
  const encoder = new TextEncoder();
  const count = (check) => () => list.reduce((sum, url) => sum + Number(check(BASE, url)), 0);
  return race(
    {
      checkRepositoryUrls: () => api.checkRepositoryUrls(BASE, list),
      'careful JavaScript': count(careful),
      'naive JavaScript': count((base, url) => url.startsWith(base)),
      'the floor: joined and encoded, not looked at': () => encoder.encode(list.join('')),
    },
    list.length,
  );
}

function growth() {
  const memory = () => instances[0].exports.memory.buffer.byteLength;
  return [1_000, 10_000, 100_000, 1_000_000].map((count) => {
    const list = urls(count);
    const rounds = Math.max(3, Math.min(50, 1_000_000 / count));
    const { best, median } = race({ list: () => api.checkRepositoryUrls(BASE, list) }, count, rounds).list;
    return { count, best, median, memory: memory() };
  });
}

/** Each in nanoseconds for one character (or one URL) of something that nobody should send. */
function cliffs() {
  const rows = {
    'a URL of 1 MB': [`${BASE}${'a'.repeat(1_000_000)}/b`],
    'a URL of 100,000 segments': [`${BASE}${'a/'.repeat(100_000)}b`],
  };
  const lists = {
    '1,000,000 duplicates': new Array(1_000_000).fill(`${BASE}a/b`),
    '1,000,000 refused': new Array(1_000_000).fill('git@h:a/b'),
  };
  const timed = (list) => race({ it: () => api.checkRepositoryUrls(BASE, list) }, list.length, 3).it.best;
  const told = Object.entries(rows).map(([name, list]) => [name, { perCharacter: timed(list) / list[0].length }]);
  return Object.fromEntries([...told, ...Object.entries(lists).map(([name, list]) => [name, { perUrl: timed(list) }])]);
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
  return { cold: Math.min(...cold), coldMedian: median(cold), warm: Math.min(...warm), warmMedian: median(warm) };
}

const ratio = (figures, name, to) => Number((figures[name].best / figures[to].best).toFixed(2));

const browser = await inBrowser();
const result = {
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
  bytes: await sizes(),
  firstVerdict: { Node: firstVerdictInNode(), ...browser.firstVerdict },
  page: browser.page,
  single: single(),
  batch: batch(),
  growth: growth(),
  cliffs: cliffs(),
  others: await others(),
};
result.ratios = {
  'one check, in times of careful JavaScript (at most 3)': ratio(
    result.single,
    'checkRepositoryUrl',
    'careful JavaScript',
  ),
  'a list of 100,000, times faster than careful JavaScript (at least 3)': ratio(
    result.batch,
    'careful JavaScript',
    'checkRepositoryUrls',
  ),
  'the same, in times of the floor (2 is the aim)': ratio(
    result.batch,
    'checkRepositoryUrls',
    'the floor: joined and encoded, not looked at',
  ),
  'a URL of a million, in times of one of a thousand (1.2)': Number(
    (result.growth[3].best / result.growth[0].best).toFixed(2),
  ),
};
writeFileSync(resolve(target, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(resolve(target, 'bench-size.svg'), sizePlot(result.bytes));
writeFileSync(resolve(target, 'bench-growth.svg'), growthPlot(result.growth));

function show(title, rows) {
  console.log(`\n${title}`);
  for (const [name, row] of Object.entries(rows)) {
    const cells =
      typeof row === 'object'
        ? Object.entries(row).map(
            ([key, cell]) => `${key} ${typeof cell === 'number' ? Number(cell.toFixed(2)) : cell}`,
          )
        : [row];
    console.log(`  ${name.padEnd(70)} ${cells.join('   ')}`);
  }
}

console.log(
  `${result.machine.cpu}, ${result.machine.cores} cores, Node ${result.machine.node}, commit ${result.commit}`,
);
show('bytes', result.bytes);
show('first verdict after import, ms', result.firstVerdict);
if (result.page)
  show('the page in Chromium, processor slowed down four times, ms', { 'start and typing': result.page });
show('one check, ns', result.single);
show('each of a list of 100,000, ns', result.batch);
show('growth, ns for each', Object.fromEntries(result.growth.map(({ count, ...row }) => [count, row])));
show('no cliff, ns', result.cliffs);
show('others, ns', result.others);
show('ratios', result.ratios);
