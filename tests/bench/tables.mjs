// Prints the tables of docs/benchmarks.md from what was measured: the files in the folder `bench` below the target folder that is
// the first argument. Writes bench.json and two plots into the target folder; with UPDATE=1 the document and its plots, too.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { growthPlot, sizePlot } from './plots.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [target, load] = [resolve(process.argv[2]), process.argv[3]];

const whole = (number) => Math.round(number).toLocaleString('en');
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Nanoseconds in a unit that reads well. */
function duration(nanoseconds) {
  if (nanoseconds < 1_000) return `${whole(nanoseconds)} ns`;
  if (nanoseconds < 1_000_000) return `${(nanoseconds / 1_000).toFixed(2)} µs`;
  return `${(nanoseconds / 1_000_000).toFixed(1)} ms`;
}

const times = ({ best, median }) => `${duration(best)} / ${duration(median)}`;
const milliseconds = ({ best, median }) => `${best.toFixed(2)} / ${median.toFixed(2)} ms`;
const ratio = (one, other) => (one.best / other.best).toFixed(2);

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function read(name) {
  const file = resolve(target, 'bench', name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const node = read('node.json');
const program = read('program.json');
const engines = ['Chromium', 'Firefox', 'WebKit']
  .map((name) => [name, read(`${name.toLowerCase()}.json`)])
  .filter(([, measured]) => measured !== undefined);
const chromium = Object.fromEntries(engines).Chromium;

const CAREFUL = 'careful JavaScript';

function budgets() {
  const { bytes, singles, lists, growth, firstVerdict } = node;
  const [longest, short] = [growth.at(-1), growth[1]];
  const verdict = (measured) => (measured ? ratio(measured.cold, measured.alone) : '');
  return table(
    ['what', 'measured', 'goal', 'ceiling'],
    [
      ['wasm of `/validate`, brotli', whole(bytes['wasm of /validate'].brotli), '50,000', '60,000'],
      ['wasm of everything, brotli', whole(bytes['wasm of everything'].brotli), '95,000', '110,000'],
      ['entry `/validate`, brotli', whole(bytes['entry /validate'].brotli), '58,000', '68,000'],
      ['API entry, brotli', whole(bytes['API entry'].brotli), '108,000', '125,000'],
      ['element without the API entry, brotli', whole(bytes.element.brotli), '30,000', '33,000'],
      [
        'one check of the mixed list, in times of careful JavaScript',
        ratio(singles.mixed.checkRepositoryUrl, singles.mixed[CAREFUL]),
        '4',
        '8',
      ],
      [
        'a list of 100,000, times faster than careful JavaScript',
        ratio(lists[CAREFUL], lists.checkRepositoryUrls),
        '5',
        'at least 3',
      ],
      [
        `each of ${whole(longest.length)}, in times of each of ${whole(short.length)}`,
        ratio(longest.checkRepositoryUrls, short.checkRepositoryUrls),
        '1.1',
        '1.2',
      ],
      ...Object.entries(firstVerdict).map(([entry, measured]) => [
        `first verdict in Node.js, ${entry === 'root' ? 'root' : '`/validate`'}, in times of compiling and instantiating`,
        verdict(measured),
        '2',
        '4',
      ]),
      ['first verdict in Chromium, root, in the same', verdict(chromium?.firstVerdict), '2', '4'],
    ],
  );
}

const bytes = () =>
  table(
    ['what', 'raw', 'gzip 9', 'brotli 11'],
    Object.entries(node.bytes).map(([name, size]) => [name, ...[size.raw, size.gzip, size.brotli].map(whole)]),
  );

const besides = (measured, one) =>
  table(
    ['in Node.js', one, 'in times of careful JavaScript'],
    Object.entries(measured).map(([name, figures]) => [name, times(figures), ratio(figures, measured[CAREFUL])]),
  );

const kinds = () =>
  table(
    ['kind of check, in Node.js', 'checkRepositoryUrl', CAREFUL, 'ratio'],
    Object.entries(node.singles.kinds).map(([kind, { checkRepositoryUrl: ours, [CAREFUL]: peer }]) => [
      kind,
      times(ours),
      times(peer),
      ratio(ours, peer),
    ]),
  );

const inPages = () =>
  table(
    ['in a page, by the clock on the wall', 'one check', CAREFUL, 'ratio', 'each of 100,000', CAREFUL, 'times faster'],
    engines.map(([name, { checks }]) => [
      name,
      times(checks.single.checkRepositoryUrl),
      times(checks.single[CAREFUL]),
      ratio(checks.single.checkRepositoryUrl, checks.single[CAREFUL]),
      times(checks.list.checkRepositoryUrls),
      times(checks.list[CAREFUL]),
      ratio(checks.list[CAREFUL], checks.list.checkRepositoryUrls),
    ]),
  );

const growth = () =>
  table(
    ['URLs', 'each', `${CAREFUL}, each`, 'times faster'],
    node.growth.map(({ length, checkRepositoryUrls: ours, [CAREFUL]: peer }) => [
      whole(length),
      times(ours),
      times(peer),
      ratio(peer, ours),
    ]),
  );

function memory() {
  const { lists, typing, jobs } = node.memory;
  const row = (name, { before, peak, after }) => [
    name,
    ...[before, peak, after].map(({ wasm, process }) => `${megabytes(wasm)} / ${megabytes(process)}`),
  ];
  return table(
    ['wasm / process', 'before', 'peak', 'after'],
    [
      ...lists.map((list) => row(`a list of ${whole(list.length)}`, list)),
      row('an hour of typing', typing),
      row('jobs one after the other', jobs),
    ],
  );
}

const firstVerdict = () =>
  table(
    ['first verdict', 'first call', 'second call', 'compiling and instantiating alone', 'ratio'],
    [
      ['Node.js, root', node.firstVerdict.root],
      ['Node.js, `/validate`', node.firstVerdict.validate],
      ...engines.map(([name, measured]) => [`${name}, root`, measured.firstVerdict]),
    ].map(([name, { cold, warm, alone }]) => [
      name,
      milliseconds(cold),
      milliseconds(warm),
      milliseconds(alone),
      ratio(cold, alone),
    ]),
  );

function calls() {
  const { calls, job, typing } = node;
  const JSON_COPY = 'JSON.parse(JSON.stringify(…))';
  return [
    table(
      ['call', 'time', `\`${JSON_COPY}\` of its argument`, 'ratio'],
      Object.entries(calls).map(([name, { call, [JSON_COPY]: copy }]) => [
        name,
        times(call),
        times(copy),
        ratio(call, copy),
      ]),
    ),
    `\`connect\` of 200 repositories takes ${milliseconds(job.connect)} of processor time for ${job.requests} requests that are answered at ` +
      `once; a loop that only sends them takes ${milliseconds(job['the same requests in a loop'])}. One letter of a URL, checked as base and ` +
      `as repository, takes ${times(typing['checkBaseUrl and checkRepositoryUrl'])}; careful JavaScript ${times(typing[CAREFUL])}.`,
  ].join('\n\n');
}

function programs() {
  const lines = table(
    [`${whole(program.amount)} lines`, 'seconds of processor time', 'memory at most'],
    Object.entries(program.commands).map(([name, { seconds, bytes }]) => [
      name,
      `${seconds.best.toFixed(2)} / ${seconds.median.toFixed(2)}`,
      megabytes(bytes),
    ]),
  );
  return `${lines}\n\nA tenth of the lines takes ${megabytes(program.bytesForTenth)} at most.`;
}

function page({ requests, blocking, first, slowest }) {
  const named = Object.entries(requests).filter(([, depth]) => depth > 0);
  const deepest = Math.max(...Object.values(requests));
  const loads =
    `The page loads ${named.map(([path]) => `\`${path.slice(1)}\``).join(', ')}, ` +
    (deepest === 1 ? 'all of them named by the document itself' : `the last behind ${deepest} others`);
  return (
    `${loads}; ${blocking.map((path) => `\`${path.slice(1)}\``).join(', ') || 'nothing'} blocks rendering. ` +
    `In Chromium with the processor slowed down four times, the first verdict stands in the page, laid out, ` +
    `${milliseconds(first)} after the letter (a frame has 16.7 ms), the slowest of the next 33 ${milliseconds(slowest)} after its own.`
  );
}

const versions = [`Node.js ${process.versions.node}`, ...engines.map(([name, { version }]) => `${name} ${version}`)];
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const text = [
  `On ${cpus()[0]?.model}, ${cpus().length} cores, ${versions.join(', ')};\ncommit ${commit}, a load of ${load} from other work when it ` +
    'began. Times are best / median; ratios are of the best.',
  budgets(),
  '### Bytes',
  bytes(),
  '![Brotli bytes of the package and its peers](images/bench-size.svg)',
  '### One check',
  besides(node.singles.mixed, 'each of the mixed list'),
  kinds(),
  '### A list',
  besides(node.lists, 'each of 100,000'),
  ...(engines.length > 0 ? [inPages()] : []),
  '### Growth',
  growth(),
  '![Nanoseconds for each URL, by the length of the list](images/bench-growth.svg)',
  '### Memory',
  memory(),
  '### First verdict',
  firstVerdict(),
  ...(chromium ? [page(chromium.page)] : []),
  '### Other calls',
  calls(),
  ...(program ? ['### The program', programs()] : []),
].join('\n\n');

writeFileSync(resolve(target, 'bench.json'), `${JSON.stringify({ node, program, engines }, null, 2)}\n`);
const plots = { size: sizePlot(node.bytes), growth: growthPlot(node.growth) };
for (const [name, plot] of Object.entries(plots)) writeFileSync(resolve(target, `bench-${name}.svg`), plot);
if (process.env.UPDATE === '1') {
  const document = resolve(root, 'docs/benchmarks.md');
  const [before, after] = readFileSync(document, 'utf8').split(/(?<=<!-- measured -->\n).*(?=<!-- end -->)/s);
  writeFileSync(document, `${before}\n${text}\n${after}`);
  for (const [name, plot] of Object.entries(plots)) writeFileSync(resolve(root, `docs/images/bench-${name}.svg`), plot);
}
console.log(text);
