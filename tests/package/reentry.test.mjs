// A page may have put something of its own in the place of what the platform has (a polyfill, a monitor), and that may call the
// package while the package is at work. No call mixes with another: nothing is inside that is not, and nothing is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as api from 'torque-gitlab-connect';
import { codes, TOKEN } from './support.mjs';

const BASE = 'https://gitlab.example.com/';
const GOOD = `${BASE}group/project`;
const OTHER_BASE = 'https://evil.example/';
const OTHER = `${OTHER_BASE}group/project`;

/** What a page's own code does: the other base is asked about, and that is what the package has heard of last. */
function callThePackage() {
  assert.equal(api.checkRepositoryUrl(OTHER_BASE, OTHER).ok, true);
  assert.equal(api.checkRepositoryUrl(OTHER_BASE, `${OTHER}.git`).ok, true);
  assert.deepEqual([...api.checkRepositoryUrls(OTHER_BASE, [OTHER, GOOD]).value.verdicts], [2, 1]);
}

/** The answers that a page relies on, each with what it must be. */
const CALLS = {
  'a URL inside': [() => api.checkRepositoryUrl(BASE, GOOD).value.url, GOOD],
  'a URL inside, written another way': [() => api.checkRepositoryUrl(BASE, ` ${GOOD}.git `).value.url, GOOD],
  'a URL outside': [() => api.checkRepositoryUrl(BASE, OTHER).ok, false],
  'a URL outside ASCII': [() => api.checkRepositoryUrl(BASE, `${GOOD}é/../../x`).ok, false],
  'a host outside ASCII': [() => api.checkRepositoryUrl(BASE, 'https://gitlab.examplé.com/group/project').ok, false],
  'a base outside ASCII': [() => api.checkRepositoryUrl(`${BASE}é`, GOOD).ok, false],
  'a list': [
    () => [...api.checkRepositoryUrls(BASE, [GOOD, OTHER, `${GOOD}é`, 'x', `${GOOD}\0`]).value.verdicts],
    [2, 1, 0, 0, 0],
  ],
  'one of a list': [() => api.checkRepositoryUrls(BASE, [OTHER]).value.result(0).ok, false],
  'a request': [
    () => api.projectRequest({ baseUrl: BASE, repositoryUrl: GOOD, token: TOKEN }).value.url,
    `${BASE}api/v4/projects/group%2Fproject`,
  ],
  'a request that is refused': [
    () => codes(api.projectRequest({ baseUrl: BASE, repositoryUrl: OTHER, token: TOKEN }).issues),
    ['repository_url.outside_base_url'],
  ],
  lines: [() => api.readPlanLines(`${GOOD}\n${OTHER}\n`, { baseUrl: BASE }).repositories, [{ url: GOOD }]],
};

/** What a page can have replaced, as far as the package touches it. */
const REPLACED = [
  [URL.prototype, 'href'],
  [TextEncoder.prototype, 'encode'],
  [JSON, 'parse'],
  [JSON, 'stringify'],
  [Object, 'keys'],
  [Reflect, 'get'],
  [Number, 'isFinite'],
  ...['map', 'slice', 'join', 'push', 'pop', 'includes', Symbol.iterator].map((key) => [Array.prototype, key]),
];

/** Runs `work` while `owner[key]` first calls the package and then does what it did. */
function whileReplaced(owner, key, work) {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  if (before === undefined) return work();
  let isInside = false;
  const calling = (original) =>
    function (...values) {
      if (!isInside) {
        isInside = true;
        callThePackage();
        isInside = false;
      }
      return Reflect.apply(original, this, values);
    };
  const { get, value } = before;
  Object.defineProperty(owner, key, { ...before, ...(get ? { get: calling(get) } : { value: calling(value) }) });
  try {
    return work();
  } finally {
    Object.defineProperty(owner, key, before);
  }
}

for (const [owner, key] of REPLACED) {
  test(`while ${String(key)} is a page's own and calls the package, every answer is the right one`, () => {
    for (const [name, [call, expected]] of Object.entries(CALLS)) {
      for (const warm of [
        () => {},
        () => api.checkRepositoryUrl(BASE, GOOD),
        () => api.checkRepositoryUrl(OTHER_BASE, OTHER),
      ]) {
        warm();
        const answer = whileReplaced(owner, key, call);
        assert.deepEqual(answer, expected, name);
      }
    }
  });
}
