// The tables of docs/benchmarks.md, from what was measured.

const whole = (number) => Math.round(number).toLocaleString('en');

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

/** The part of docs/benchmarks.md that changes with each run. */
export function tables({ machine, commit, bytes, firstVerdict, browsers, ...measured }) {
  const { single, list, growth, cliffs, typing, others, onboarding } = measured;
  const engines = Object.entries(browsers);
  const chromium = browsers.Chromium;
  const growthOf = (key) => (growth.at(-1)[key] / growth[0][key]).toFixed(2);
  const goals = [
    [
      'one check, in times of careful JavaScript',
      ratio(single.checkRepositoryUrl, single['careful JavaScript']),
      '3 at most',
    ],
    [
      'each of a list of 100,000, times faster than careful JavaScript',
      ratio(list['careful JavaScript'], list.checkRepositoryUrls),
      '3 at least',
    ],
    ['the same, in times of the floor', ratio(list.checkRepositoryUrls, list['the floor']), '2 is the aim'],
    [
      'each of 1,000,000, in times of each of 1,000',
      `${growthOf('best')} (careful JavaScript: ${growthOf('careful')})`,
      '1.2 at most',
    ],
    ['first verdict, Node.js, cold', milliseconds(firstVerdict.cold), '5 ms at most'],
    ...engines.map(([name, told]) => [
      `first verdict, ${name}, cold`,
      milliseconds(told.firstVerdict.cold),
      name === 'Chromium' ? '5 ms at most' : '',
    ]),
  ];
  const parts = [
    `On ${machine.cpu}, ${machine.cores} cores, Node.js ${machine.node.slice(1)}, ${engines.map(([name, { version }]) => `${name} ${version}`).join(', ')};` +
      `\ncommit ${commit}, a load of ${machine.load.toFixed(1)} from other work when it began. Times are best / median.`,
    table(['what', 'now', 'goal'], goals),
    '### Bytes',
    table(
      ['what', 'raw', 'gzip 9', 'brotli 11'],
      Object.entries(bytes).map(([name, size]) => [name, ...[size.raw, size.gzip, size.brotli].map(whole)]),
    ),
    '![Brotli bytes of the package and its peers](images/bench-size.svg)',
    '### One check, and each of a list',
    table(
      ['in Node.js', 'one check', 'each of 100,000'],
      [...new Set([...Object.keys(single), ...Object.keys(list)])].map((name) => [
        name,
        single[name] ? times(single[name]) : '',
        list[name] ? times(list[name]) : '',
      ]),
    ),
    table(
      [
        'in a page, by the clock on the wall',
        'one check',
        'careful JavaScript',
        'each of 100,000',
        'careful JavaScript',
        'the floor',
      ],
      engines.map(([name, { checks }]) => [
        name,
        times(checks.single.checkRepositoryUrl),
        times(checks.single['careful JavaScript']),
        times(checks.list.checkRepositoryUrls),
        times(checks.list['careful JavaScript']),
        times(checks.list['the floor']),
      ]),
    ),
    '### Growth',
    table(
      ['URLs', 'each', 'careful JavaScript, each', 'memory of the core'],
      growth.map((row) => [whole(row.count), times(row), duration(row.careful), `${whole(row.memory / 1_024)} KB`]),
    ),
    '![Nanoseconds for each URL, by the length of the list](images/bench-growth.svg)',
    '### What nobody should send',
    table(
      ['what', 'each character, segment or URL', 'the same of half of it, twice'],
      Object.entries(cliffs).map(([name, { once, halves }]) => [name, duration(once), duration(halves)]),
    ),
    `An hour of typing, four letters a second: the core's memory grew by ${whole(typing.core)} bytes, what JavaScript holds by ` +
      `${whole(typing.javaScript)}.`,
    '### First verdict, and the start of the page',
    table(
      ['after import', 'cold', 'warm'],
      [['Node.js', firstVerdict], ...engines.map(([name, told]) => [name, told.firstVerdict])].map(
        ([name, { cold, warm }]) => [name, milliseconds(cold), milliseconds(warm)],
      ),
    ),
    ...(chromium ? [page(chromium.page)] : []),
    '### The other calls, and the state machine',
    table(
      ['what', 'time'],
      Object.entries(others).map(([name, told]) => [name, times(told)]),
    ),
    table(
      ['repositories', 'checkpoints', 'each event', 'each entry of a list', 'bytes for each finished repository'],
      onboarding.map((row) => [
        whole(row.repositories),
        row.checkpoints ? 'yes' : 'no',
        duration(row.nanosecondsPerEvent),
        duration(row.nanosecondsPerListEntry),
        whole(row.bytesPerFinishedRepository),
      ]),
    ),
  ];
  return parts.join('\n\n');
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
