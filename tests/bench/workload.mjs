// What is checked in every measurement, and what a careful developer writes instead; Node.js and the browsers load it.

export const BASE = 'https://gitlab.example.com/main/';

/** Seven of ten inside; the others have another host, another path, another scheme. */
export function urls(count) {
  return Array.from({ length: count }, (_, index) => {
    const path = `group-${index % 97}/team-${index % 31}/project-${index}`;
    if (index % 10 < 7) return `${BASE}${path}${index % 2 ? '.git' : ''}`;
    return [
      `https://gitlab.example.org/main/${path}`,
      `https://gitlab.example.com/rootx/${path}`,
      `http://gitlab.example.com/main/${path}`,
    ][(index % 10) - 7];
  });
}

/** The same without those that are outside. */
export const insideUrls = (count) => urls(count).filter((_, index) => index % 10 < 7);

/** What a careful developer writes without a library: origin, path on a segment boundary, no credentials. */
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

export const countInside = (list, check) => list.reduce((sum, url) => sum + Number(check(BASE, url)), 0);

export const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** Best and median of the candidates' turns, each in nanoseconds for one of `count`; `time` gives milliseconds. */
export function race(time, candidates, count, rounds = 9) {
  const turns = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(candidates)) turns[name].push((time(work) * 1e6) / count);
  }
  const told = ([name, times]) => [name, { best: Math.round(Math.min(...times)), median: Math.round(median(times)) }];
  return Object.fromEntries(Object.entries(turns).map(told));
}

/** The two checks beside careful JavaScript, as every engine runs them. */
export function besideCareful(time, { checkRepositoryUrl, checkRepositoryUrls }) {
  const [single, list] = [insideUrls(20_000), urls(100_000)];
  const encoder = new TextEncoder();
  return {
    single: race(
      time,
      {
        checkRepositoryUrl: () => countInside(single, (base, url) => checkRepositoryUrl(base, url).ok),
        'careful JavaScript': () => countInside(single, careful),
      },
      single.length,
    ),
    list: race(
      time,
      {
        checkRepositoryUrls: () => checkRepositoryUrls(BASE, list),
        'careful JavaScript': () => countInside(list, careful),
        'the floor': () => encoder.encode(list.join('')),
      },
      list.length,
    ),
  };
}
