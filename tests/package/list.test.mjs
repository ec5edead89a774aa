// The check of a list says what the single check says, and a browser's URL parser is the witness of both.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decode, encode } from 'node:punycode';
import { test } from 'node:test';
import { checkBaseUrl, checkRepositoryUrl, checkRepositoryUrls } from 'torque-gitlab-connect';
import { codes, table, value } from './support.mjs';

const BASE = 'https://gitlab.example.com:8443/root/';
const GOOD = `${BASE}group/project`;
const OUTSIDE = 'repository_url.outside_base_url';

/** The issues that stop the user. */
const errors = ({ issues }) => issues.filter(({ severity }) => severity === 'error');

/** The single check in the list's words. */
function verdict(single) {
  if (single.ok) return 2;
  return codes(single.issues).includes(OUTSIDE) ? 1 : 0;
}

function assertSameAsSingle(base, urls) {
  const list = value(checkRepositoryUrls(base, urls));
  assert.equal(list.verdicts.length, urls.length);
  for (const [index, url] of urls.entries()) {
    const single = checkRepositoryUrl(base, url);
    assert.equal(list.verdicts[index], verdict(single), JSON.stringify(url));
    assert.deepEqual(list.result(index), single, JSON.stringify(url));
  }
  assert.equal(list.inside, list.verdicts.filter((code) => code === 2).length);
}

/** xorshift32: the same numbers in every run. */
function chance(seed) {
  let state = seed;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

const PIECES = ['/', '//', '\\', '.', '..', '%2e', '%2F', '@', ':', '?', '#', ' ', '\t', '\n', '\0', 'é', '💥', '\ud800',
  '[', ']', '~', '-', '/-/', 'A', 'xn--', '.git', '', '0', '．', '。']; // biome-ignore format: a list of pieces

function mutations(count, seed) {
  const next = chance(seed);
  return Array.from({ length: count }, () => {
    let url = GOOD;
    for (let times = 1 + next(2); times > 0; times -= 1) {
      const at = next(url.length + 1);
      url = url.slice(0, at) + PIECES[next(PIECES.length)] + url.slice(at + next(3));
    }
    return url;
  });
}

const corpus = ['git-urlmatch', 'idn', 'tools', 'whatwg'].flatMap((name) =>
  readFileSync(new URL(`../corpora/${name}.jsonl`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line)),
);

test('the list says of the corpora and the tables what the single check says', () => {
  const byBase = new Map();
  for (const { base, repo } of corpus) byBase.set(base, [...(byBase.get(base) ?? []), repo]);
  for (const { base, input } of table('repository-urls.json')) {
    if (base) byBase.set(base, [...(byBase.get(base) ?? []), input]);
  }
  for (const [base, urls] of byBase) if (checkBaseUrl(base).ok) assertSameAsSingle(base, urls);
});

test('the list says of random mutations what the single check says', () => {
  assertSameAsSingle(BASE, mutations(3_000, 1));
});

test('no text shifts its neighbours', () => {
  const odd = ['', '\n', '\r\n', '\0', 'a\nb', `${GOOD}\n${GOOD}`, '\ud800', '\udc00', '💥', 'ß', 'é'.repeat(1_000)];
  const urls = odd.flatMap((text) => [GOOD, text, `${text}${GOOD}`, `${GOOD}${text}`, GOOD]);
  assertSameAsSingle(BASE, urls);
});

test('halves of a pair do not meet across a boundary', () => {
  const urls = [GOOD, '\ud83d', '\ude00', GOOD, `${GOOD}\ud83d`, `\ude00${GOOD}`, GOOD, '💥', GOOD];
  assert.deepEqual([...value(checkRepositoryUrls(BASE, urls)).verdicts], [2, 0, 0, 2, 0, 0, 2, 0, 2]);
});

test('a URL under a base URL that was used before has the same issues as the first one', () => {
  const bases = [
    'https://gitlab.example.com',
    BASE,
    'http://gitlab.example.com/',
    'https://gitlab.com/',
    'https://[::1]:1/',
  ];
  for (const base of [...bases, ...bases]) {
    const root = base.endsWith('/') ? base : `${base}/`;
    for (const below of [
      'group/project',
      'a/b/c/d.git',
      'a/b/',
      'A/b',
      'a/b.wiki',
      'a/b.wiki.git',
      'a/b.',
      'a/b.atom',
      'a/b/activity',
      'a/b/issues/new',
      'a',
      '',
      'api/x',
      'a/b/-/tree',
      'a//b',
      'a/b\u00e9',
    ]) {
      checkRepositoryUrl(base, `${root}some/project`);
      const short = checkRepositoryUrl(base, root + below);
      // With a blank behind it the core says everything in JSON.
      assert.deepEqual(short, checkRepositoryUrl(base, `${root}${below} `), root + below);
    }
  }
});

test('what a caller changes in an answer is not in the next one', () => {
  const first = checkRepositoryUrl('http://gitlab.example.com/', 'http://gitlab.example.com/a/b');
  const expected = structuredClone(first);
  for (let times = 0; times < 2; times += 1) {
    const next = checkRepositoryUrl('http://gitlab.example.com/', 'http://gitlab.example.com/a/b');
    assert.deepEqual(next, expected);
    for (const answer of [first, next]) {
      answer.issues[0]?.path.push('x');
      answer.issues.pop();
      answer.value.parts.host[0] = 99;
      answer.value.parts.basePath.pop();
    }
  }
});

test('whatever stands in a list has a verdict', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const hostile = [null, undefined, 1, 1n, {}, [], Symbol('x'), () => GOOD, new String(GOOD), proxy];
  const list = [GOOD, ...hostile, GOOD];
  Object.defineProperty(list, hostile.length + 2, {
    get: () => {
      throw new Error('no');
    },
  });
  const checked = value(checkRepositoryUrls(BASE, list));
  assert.deepEqual([...checked.verdicts], [2, ...hostile.map(() => 0), 2, 0]);
  assert.deepEqual(codes(errors(checked.result(1))), ['input.wrong_type']);
  assert.deepEqual(codes(errors(checked.result(list.length - 1))), ['input.unreadable']);
  assert.deepEqual(codes(errors(value(checkRepositoryUrls(BASE, ['\ud800'])).result(0))), ['input.not_well_formed']);
  for (const index of [-1, 99, Number.NaN, 'x', {}]) assert.equal(checked.result(index).ok, false);
});

test('the length of a list is asked for once, and is a number', () => {
  const saying = (...lengths) =>
    new Proxy([], {
      get: (_, key) => (key === 'length' ? (lengths.length > 1 ? lengths.shift() : lengths[0]) : GOOD),
    });
  for (const lengths of [
    [1, 6_000_000],
    [1, 0],
    [1, '3'],
  ]) {
    assert.deepEqual([...value(checkRepositoryUrls(BASE, saying(...lengths))).verdicts], [2]);
  }
  for (const [lengths, code] of [
    [['3', 1], 'input.unreadable'],
    [[1n, 1], 'input.unreadable'],
    [[-1, 1], 'input.unreadable'],
    [[0.5, 1], 'input.unreadable'],
    [[Number.NaN, 1], 'input.unreadable'],
    [[4_000_001, 1], 'input.too_large'],
  ]) {
    const refused = checkRepositoryUrls(BASE, saying(...lengths));
    assert.deepEqual([codes(errors(refused)), errors(refused)[0]?.path], [[code], ['repositoryUrls']]);
  }
});

test('what is no list, or has no good base, is refused with its place', () => {
  for (const list of [undefined, null, 'https://a.b/c/d', 5, {}, new Set()]) {
    const refused = checkRepositoryUrls(BASE, list);
    assert.equal(refused.ok, false);
    assert.deepEqual(errors(refused)[0].path, ['repositoryUrls']);
  }
  const { issues } = checkRepositoryUrls('gitlab.example.com', [GOOD]);
  assert.deepEqual([codes(issues), issues[0].path], [['base_url.missing_scheme'], ['baseUrl']]);
});

test('a million URLs are answered in one go', () => {
  const urls = Array.from({ length: 1_000_000 }, (_, index) => (index % 2 ? GOOD : 'https://elsewhere.example/a/b'));
  const { inside, verdicts } = value(checkRepositoryUrls(BASE, urls));
  assert.equal(inside, 500_000);
  assert.deepEqual([verdicts[0], verdicts[1], verdicts.at(-1)], [1, 2, 2]);
  assert.equal(value(checkRepositoryUrls(BASE, [])).inside, 0);
});

// What a browser's parser mends or resolves, and this package refuses: by rule, never by input.
const EXCUSES = {
  at_sign: 'an ordinary character to URL',
  backslash: 'a slash to URL',
  control_character: 'tab and line ends are dropped, others encoded or trimmed',
  dot_segment: 'resolved',
  empty_segment: 'kept',
  git_slash: 'URL knows nothing of projects',
  has_credentials: 'kept apart from the origin',
  has_fragment: 'kept apart from the path',
  has_query: 'kept apart from the path',
  host_ends_with_dot: 'dropped behind a number',
  host_hyphen: 'URL has no rule for the edges of labels',
  host_not_ascii: 'mapped by IDNA',
  host_punycode: 'not looked at by every platform',
  host_too_long: 'URL has no rule for the length of names',
  host_number: 'read as an IPv4 address in another spelling',
  host_ipv6: 'written anew',
  path_character: 'ordinary characters to URL',
  path_not_ascii: 'percent-encoded',
  percent_encoding: 'decoded in hosts, kept or resolved in paths',
  port: 'empty ports and leading zeros are dropped',
  project_missing: 'URL knows nothing of projects',
  project_name: 'URL knows nothing of projects',
  reserved_path: "URL knows nothing of GitLab's pages",
  slashes: 'any number of slashes after the scheme is mended',
  tilde: 'an ordinary character to URL',
  web_link: "URL knows nothing of GitLab's pages",
  white_space: 'encoded or trimmed',
  wiki: 'URL knows nothing of projects',
  not_well_formed: 'replaced by U+FFFD',
};

/** Inside by the platform: same origin, path below the base's. */
function insideByUrl(base, text) {
  if (!URL.canParse(text)) return false;
  const [expected, actual] = [new URL(base), new URL(text)];
  return actual.origin === expected.origin && actual.pathname.startsWith(expected.pathname);
}

/** What URL makes of the text, in the spelling that a check answers with. */
const hrefOf = (text) => new URL(text).href.replace(/(\.git|\/)$/, '');

function compareWithUrl(base, text) {
  const single = checkRepositoryUrl(base, text);
  const platform = insideByUrl(base, text);
  if (single.ok) {
    assert.ok(platform, `${JSON.stringify(text)} is inside ${base} here and not to URL`);
    assert.equal(single.value.url, hrefOf(text));
  }
  if (single.ok || !platform) return;
  const [{ code }] = errors(single);
  const [, rule] = code.split('.');
  assert.ok(rule in EXCUSES, `${JSON.stringify(text)} in ${base}: inside to URL, here ${code}`);
}

test('URL agrees on the corpora', () => {
  for (const { base, repo } of corpus) {
    const checked = checkBaseUrl(base);
    if (checked.ok) compareWithUrl(checked.value.url, repo);
  }
});

test('URL agrees on mutations', () => {
  for (const url of mutations(5_000, 7)) compareWithUrl(BASE, url);
});

const ALPHABET = [...'/\\.%2ef@:?#[] \t\n\0Eß-0~'];

const PLACES = [
  ['https://h.ex/g/p', ''],
  ['https://h.ex/g/', '/p'],
  ['https://h.ex/', 'g/p'],
  ['https://h.ex', '/g/p'],
  ['https://h', '.ex/g/p'],
  ['https://', 'h.ex/g/p'],
  ['https:', '//h.ex/g/p'],
  ['http', 's://h.ex/g/p'],
  ['', 'https://h.ex/g/p'],
];

/** Whatever the reader accepts, inside or not, is the same address to URL. */
function compareReading(text) {
  const read = checkBaseUrl(text);
  if (read.ok) assert.equal(new URL(text).href.replace(/\/?$/, '/'), read.value.url, JSON.stringify(text));
}

test('URL agrees on every string of two dangerous characters at every place', () => {
  for (const [before, after] of PLACES) {
    for (const first of ['', ...ALPHABET]) {
      for (const second of ['', ...ALPHABET]) {
        compareWithUrl('https://h.ex/', `${before}${first}${second}${after}`);
        compareReading(`${before}${first}${second}${after}`);
      }
    }
  }
});

test('URL agrees on longer strings of dangerous characters, a sample', () => {
  const next = chance(5);
  for (let count = 0; count < 20_000; count += 1) {
    const [before, after] = PLACES[next(PLACES.length)];
    const middle = Array.from({ length: 3 + next(4) }, () => ALPHABET[next(ALPHABET.length)]).join('');
    compareWithUrl('https://h.ex/', `${before}${middle}${after}`);
    compareReading(`${before}${middle}${after}`);
  }
});

/** As RFC 3492 has it, by another's hand. */
function isPunycode(label) {
  try {
    const text = decode(label);
    return /[^\0-\x9f]/.test(text) && !/[\x80-\x9f]/.test(text) && text.isWellFormed() && encode(text) === label;
  } catch {
    return false;
  }
}

test('every short xn-- label is what some text encodes to, and the same host to URL, or refused', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789-'];
  let accepted = 0;
  const labels = ['', ...letters].flatMap((one) =>
    ['', ...letters].flatMap((two) => letters.map((three) => one + two + three)),
  );
  for (const label of new Set(labels)) {
    const read = checkBaseUrl(`https://xn--${label}/`);
    const [code] = codes(errors(read));
    if (!isPunycode(label) || label.endsWith('-')) {
      assert.ok(['base_url.host_punycode', 'base_url.host_hyphen'].includes(code), label);
      continue;
    }
    // Whether a text may stand in a host is for the platform to say.
    assert.ok(read.ok || code === 'base_url.ambiguous', label);
    if (!read.ok) continue;
    accepted += 1;
    assert.equal(new URL(`https://xn--${label}/`).hostname, read.value.host);
  }
  assert.ok(accepted > 1_000, `${accepted}`);
});
