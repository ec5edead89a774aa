// What Node.js measures: the package beside its peers. `cargo xtask bench` prepares what it needs and prints what comes out.
//
// Times are processor time of this process (system and user), so that what else the machine does counts little.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as api from 'torque-gitlab-connect';
import { sizes } from './sizes.mjs';
import {
  BASES,
  bestAndMedian,
  careful,
  count,
  fresh,
  KINDS,
  LIST_BASE,
  list,
  mixed,
  naive,
  race,
  rows,
} from './workload.mjs';

const [target, quick] = [resolve(process.argv[2]), process.argv[3] === '--quick'];
const rounds = quick ? 3 : 7;
const peers = createRequire(resolve(target, 'bench/package.json'));
const whatwg = await import(peers.resolve('whatwg-url'));
const { default: gitUrlParse } = await import(peers.resolve('git-url-parse'));
const zod = await import(peers.resolve('zod'));
const urlCrate = await import(resolve(target, 'bench/url-crate/url_crate.js'));
urlCrate.initSync({ module: readFileSync(resolve(target, 'bench/url-crate/url_crate_bg.wasm')) });

/** Milliseconds of processor time. */
function time(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** A script of this folder in a process of its own; it prints JSON. */
function inNewProcess(script, ...words) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', file, ...words], { encoding: 'utf8' }));
}

function byGitUrlParse(base, text) {
  try {
    const [root, url] = [gitUrlParse(base), gitUrlParse(text)];
    return root.protocol === url.protocol && root.resource === url.resource && url.pathname.startsWith(root.pathname);
  } catch {
    return false;
  }
}

const schemas = new Map(
  BASES.map((base) => [base, zod.url({ protocol: /^https?$/ }).refine((text) => careful(base, text))]),
);

const SINGLE_PEERS = {
  'naive JavaScript': naive,
  "zod's z.url() with a refinement": (base, url) => schemas.get(base).safeParse(url).success,
  'git-url-parse': byGitUrlParse,
  'whatwg-url': (base, url) => careful(base, url, whatwg.URL),
  'the url crate through wasm-bindgen': urlCrate.is_inside,
};

const checkOne = (base, url) => api.checkRepositoryUrl(base, url).ok;

/** The mixed list and each kind alone, beside careful JavaScript and other people's packages. */
function singles() {
  const beside = (pairs, peers) => {
    const candidates = { checkRepositoryUrl: checkOne, 'careful JavaScript': careful, ...peers };
    const counted = Object.fromEntries(
      Object.entries(candidates).map(([name, check]) => [name, (input) => count(input, check)]),
    );
    return race(time, counted, () => fresh(pairs), pairs.length, rounds);
  };
  const kinds = Object.keys(KINDS).map((kind) => [kind, beside(rows(kind, 5_000), {})]);
  return { mixed: beside(mixed(5_000), SINGLE_PEERS), kinds: Object.fromEntries(kinds) };
}

/** Lists of nine lengths, each text fresh, beside careful JavaScript. */
function growth() {
  const lengths = [100, 500, 2_000, 10_000, 30_000, 100_000, 300_000, 600_000, 1_000_000];
  return lengths
    .filter((length) => !quick || length <= 100_000)
    .map((length) => {
      // Short lists are checked several times in a turn, each time with new texts: a clock is too coarse for one.
      const times = Math.max(1, Math.floor(60_000 / length));
      const urls = list(length);
      const all = (check) => (lists) => {
        for (const texts of lists) check(texts);
      };
      const candidates = {
        checkRepositoryUrls: all((texts) => api.checkRepositoryUrls(LIST_BASE, texts)),
        'careful JavaScript': all((texts) => texts.filter((url) => careful(LIST_BASE, url))),
      };
      const make = () => Array.from({ length: times }, () => fresh(urls));
      return { length, ...race(time, candidates, make, length * times, length > 200_000 ? 3 : rounds) };
    });
}

/** A list of 100,000 beside the others who take one. */
function lists() {
  const urls = list(100_000);
  const candidates = {
    checkRepositoryUrls: (texts) => api.checkRepositoryUrls(LIST_BASE, texts),
    'careful JavaScript': (texts) => texts.filter((url) => careful(LIST_BASE, url)),
    'naive JavaScript': (texts) => texts.filter((url) => naive(LIST_BASE, url)),
    'the url crate through wasm-bindgen': (texts) => urlCrate.are_inside(LIST_BASE, texts),
  };
  return race(time, candidates, () => fresh(urls), urls.length, rounds);
}

/** A URL typed letter by letter, base and repository checked at each: nanoseconds for a letter. */
function typing() {
  const [text] = list(1);
  const letters = Array.from({ length: text.length }, (_, index) => text.slice(0, index + 1));
  const both = (check) => (typed) => {
    for (const letter of typed) check(letter);
  };
  const candidates = {
    'checkBaseUrl and checkRepositoryUrl': both((letter) => {
      api.checkBaseUrl(letter);
      api.checkRepositoryUrl(LIST_BASE, letter);
    }),
    'careful JavaScript': both((letter) => careful(LIST_BASE, letter)),
  };
  const make = () => fresh(Array.from({ length: 50 }, () => letters).flat());
  return race(time, candidates, make, 50 * letters.length, rounds);
}

const TOKEN = 'glpat-0123456789abcdefghij';
const PROVIDER = { name: 'gitlab', baseUrl: BASES[0], token: TOKEN };
const ANSWER = {
  status: 200,
  body: { name: 't', active: true, scopes: ['read_api', 'read_repository'], expires_at: null },
};

function plan(length) {
  return {
    portalUrl: 'https://portal.qtorque.io',
    torqueToken: 'torque',
    space: 'space',
    method: { kind: 'provider', ...PROVIDER },
    repositories: Array.from({ length }, (_, index) => ({
      url: `${BASES[0]}group/project-${index}`,
      name: `r-${index}`,
    })),
    policy: { inspect: false, pollMs: 1 },
  };
}

/** Calls with objects, beside writing and reading the same object as JSON. */
function calls() {
  const often = (length, work) => (inputs) => {
    for (let turn = 0; turn < length; turn += 1) work(inputs[turn]);
  };
  const call = (length, input, work) => {
    const candidates = {
      call: often(length, work),
      'JSON.parse(JSON.stringify(…))': often(length, fresh),
    };
    return race(time, candidates, () => Array.from({ length }, () => fresh(input)), length, rounds);
  };
  const check = api.planSchema['~standard'].validate;
  // Without its method a plan is copied and read, and no rule runs: there is one issue, and nothing else to be made. A number is refused
  // with one issue, too: what a call takes where nothing is read.
  const withoutMethod = (length) => ({ ...plan(length), method: undefined });
  return {
    assessToken: call(1_000, ANSWER, (answer) => api.assessToken(answer, { purpose: 'provider', now: 0 })),
    providerPayload: call(1_000, PROVIDER, api.providerPayload),
    'a number instead of a plan': call(200, 1, check),
    'reading a plan, 1 repository': call(200, withoutMethod(1), check),
    'reading a plan, 200 repositories': call(5, withoutMethod(200), check),
    'reading a plan, 10,000 repositories': call(1, withoutMethod(10_000), check),
    'planSchema, 1 repository': call(200, plan(1), check),
    'planSchema, 200 repositories': call(5, plan(200), check),
    'planSchema, 10,000 repositories': call(1, plan(10_000), check),
  };
}

/** A job of 200 repositories with a Torque that answers at once, beside a loop that only sends the same requests. */
async function job() {
  const input = plan(200);
  const listed = JSON.stringify(
    input.repositories.map(({ url, name }) => ({ name, repository_url: url, status: 'Connected' })),
  );
  const headers = { 'content-type': 'application/json' };
  let sent = [];
  const fetch = async (url, request) => {
    sent.push([url, request]);
    return new Response(request.method === 'GET' ? listed : '"id"', { headers });
  };
  const measure = async (work) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const [jobs, loops] = [[], []];
  let requests = 0;
  for (let turn = 0; turn < rounds; turn += 1) {
    sent = [];
    jobs.push(
      await measure(async () => {
        const { outcome } = await api.connect(fresh(input), { fetch });
        if (outcome !== 'connected') throw new Error(`the measured job ended as ${outcome}`);
      }),
    );
    const requested = [...sent];
    requests = requested.length;
    loops.push(
      await measure(async () => {
        for (const [url, request] of requested) {
          JSON.stringify(JSON.parse(request.body ?? 'null'));
          await (await fetch(url, request)).json();
        }
      }),
    );
  }
  return { requests, connect: bestAndMedian(jobs), 'the same requests in a loop': bestAndMedian(loops) };
}

/** Milliseconds until the first verdict, in new processes that take turns with compiling and instantiating the same bytes alone. */
function firstVerdict() {
  const runs = quick ? 5 : 11;
  const entries = ['root', 'validate'].map((entry) => {
    const measured = Array.from({ length: runs }, () => ({
      verdict: inNewProcess('first-verdict.mjs', entry),
      alone: inNewProcess('first-verdict.mjs', entry, 'alone'),
    }));
    const of = (read) => bestAndMedian(measured.map(read));
    const [cold, warm] = [of(({ verdict }) => verdict[0]), of(({ verdict }) => verdict[1])];
    return [entry, { cold, warm, alone: of(({ alone }) => alone[0]) }];
  });
  return Object.fromEntries(entries);
}

/** What the wasm and the process hold at their peak and afterwards, each in a process of its own. */
function memory() {
  const lengths = quick ? [100_000] : [100, 2_000, 100_000, 1_000_000];
  return {
    lists: lengths.map((length) => ({ length, ...inNewProcess('memory.mjs', 'list', String(length)) })),
    typing: inNewProcess('memory.mjs', 'typing', quick ? '1440' : '14400'),
    jobs: inNewProcess('memory.mjs', 'jobs', quick ? '100' : '1000'),
  };
}

const report = {
  bytes: await sizes(target),
  singles: singles(),
  lists: lists(),
  growth: growth(),
  typing: typing(),
  calls: calls(),
  job: await job(),
  firstVerdict: firstVerdict(),
  memory: memory(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
