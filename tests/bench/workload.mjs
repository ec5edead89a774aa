// What is measured in every engine: the URLs that a portal's users give, and what a careful developer writes instead.

export const BASES = [
  'https://gitlab.example.com/',
  'https://code.example.org/gitlab/',
  'https://git.example.net:8443/platform/scm/',
];

/** `group/project` with names of different lengths, another one for each number. */
const project = (index) => `group-${index % 97}/team-${index % 31}/project-${index}`;

const inside = (base, index) => `${base}${project(index)}`;

/** Another host, another path, another scheme, another port: what users paste by mistake. */
function outside(base, index) {
  const { protocol, host, hostname, pathname } = new URL(base);
  return [
    `https://gitlab.example.io${pathname}${project(index)}`,
    `https://${host}/other${pathname}${project(index)}`,
    `${protocol === 'https:' ? 'http:' : 'https:'}//${host}${pathname}${project(index)}`,
    `https://${hostname}:9443${pathname}${project(index)}`,
  ][index % 4];
}

/**
 * Texts that the engine has never read before, as they come off the wire: each call makes new ones, flat and without what an
 * earlier turn has left at them.
 */
export const fresh = (value) => JSON.parse(JSON.stringify(value));

/** `count` times a base and a URL: three bases in turn, one URL of ten outside, half with `.git` at the end. */
export function mixed(count) {
  return Array.from({ length: count }, (_, index) => {
    const base = BASES[index % BASES.length];
    const url = index % 10 === 9 ? outside(base, index) : inside(base, index);
    return { base, url: index % 2 ? `${url}.git` : url };
  });
}

/** Each kind of check alone: how many there are of it is the caller's. */
export const KINDS = {
  inside: (index) => ({ base: BASES[0], url: inside(BASES[0], index) }),
  'inside, with .git': (index) => ({ base: BASES[0], url: `${inside(BASES[0], index)}.git` }),
  'another base than the last': (index) => {
    const base = BASES[index % BASES.length];
    return { base, url: inside(base, index) };
  },
  outside: (index) => ({ base: BASES[0], url: outside(BASES[0], index) }),
  'refused, with a suggestion': (index) => ({ base: BASES[0], url: `git@gitlab.example.com:${project(index)}.git` }),
};

export const rows = (kind, count) => Array.from({ length: count }, (_, index) => KINDS[kind](index));

/** A list below one base: one URL of ten outside, half with `.git` at the end. */
export const list = (count) =>
  Array.from({ length: count }, (_, index) => {
    const url = index % 10 === 9 ? outside(BASES[1], index) : inside(BASES[1], index);
    return index % 2 ? `${url}.git` : url;
  });

export const LIST_BASE = BASES[1];

/** What a careful developer writes without a library: the same origin, the path on a segment boundary, no credentials. */
export function careful(base, text, Url = URL) {
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

/** What a hurried one writes. */
export const naive = (base, text) => text.startsWith(base);

export const count = (pairs, check) => pairs.reduce((sum, { base, url }) => sum + Number(check(base, url)), 0);

export const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

export const bestAndMedian = (numbers) => ({ best: Math.min(...numbers), median: median(numbers) });

/**
 * Best and median of the candidates' turns, in nanoseconds for one of `each`. The candidates take turns; `make` gives a new
 * input for each turn, outside of the time; `time` runs a function and gives milliseconds.
 */
export function race(time, candidates, make, each, rounds) {
  const turns = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(candidates)) {
      const input = make();
      turns[name].push((time(() => work(input)) * 1e6) / each);
    }
  }
  return Object.fromEntries(Object.entries(turns).map(([name, times]) => [name, bestAndMedian(times)]));
}

/** The mixed single checks and a list, beside careful JavaScript: what Node.js and each browser runs. */
export function besideCareful(time, { checkRepositoryUrl, checkRepositoryUrls }, rounds) {
  const [pairs, urls] = [mixed(10_000), list(100_000)];
  const expected = count(pairs, careful);
  const counted = (check) => (input) => {
    const found = count(input, check);
    if (found !== expected) throw new Error(`${found} inside instead of ${expected}`);
  };
  return {
    single: race(
      time,
      {
        checkRepositoryUrl: counted((base, url) => checkRepositoryUrl(base, url).ok),
        'careful JavaScript': counted(careful),
      },
      () => fresh(pairs),
      pairs.length,
      rounds,
    ),
    list: race(
      time,
      {
        checkRepositoryUrls: (texts) => checkRepositoryUrls(LIST_BASE, texts),
        'careful JavaScript': (texts) => texts.filter((url) => careful(LIST_BASE, url)),
      },
      () => fresh(urls),
      urls.length,
      rounds,
    ),
  };
}
