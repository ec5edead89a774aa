// What is given as a secret goes into requests and payloads, and nowhere else: not into issues, events, reports,
// checkpoints, exported text, the console or errors, and nothing of it stays in the memory of the wasm.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

// Every instance of the core that the package makes, so that its memory can be looked through; and a trap on request.
const memories = [];
let trapAfter = null;
const { Instance } = WebAssembly;
WebAssembly.Instance = class {
  constructor(...given) {
    const { exports } = new Instance(...given);
    memories.push(exports.memory);
    const trapping =
      (name) =>
      (...values) => {
        const answer = exports[name](...values);
        if (trapAfter === name) {
          trapAfter = null;
          throw new WebAssembly.RuntimeError('unreachable');
        }
        return answer;
      };
    const guarded = ['providerPayload', 'checkBaseUrl', 'onboarding_new', 'onboarding_next'].map((name) => [
      name,
      trapping(name),
    ]);
    this.exports = { ...exports, ...Object.fromEntries(guarded) };
  }
};

const printed = [];
for (const name of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
  console[name] = (...values) => printed.push(...values.map((value) => value?.stack ?? String(value)));
}
process.on('warning', (warning) => printed.push(warning.stack));

const api = await import('torque-gitlab-connect');

/** Lets `work` go on at once whenever it waits, as if that time had passed. */
async function withoutWaiting(work) {
  const { setTimeout, clearTimeout, setImmediate, clearImmediate } = globalThis;
  const { now } = Date;
  let passed = 0;
  Date.now = () => now() + passed;
  globalThis.setTimeout = (wake, ms) =>
    setImmediate(() => {
      passed += ms;
      wake();
    });
  globalThis.clearTimeout = (timer) => timer && clearImmediate(timer);
  try {
    return await work();
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
  }
}

/** A secret of GitLab's shape, and one with every kind of character that some writing escapes. */
const PLAIN = { gitlab: 'glpat-Zq7mark1Vv9Kk2Ww3Xx4', torque: 'Tq8mark2Bb5Nn6Mm7Jj1Hh2' };
const ODD = { gitlab: 'Zq7"mark\\3+/=&%41<Vv9>Kk2', torque: 'Tq8/mark$4+=&%41<Bb5>#Nn6' };
/** Without GitLab's mark, as an administrator may have it: only the call that they are given to knows what they are. */
const UNMARKED = { gitlab: 'Zq7mark5Vv9Kk2Ww3Xx4', torque: 'Tq8mark6Bb5Nn6Mm7Jj1' };
/** With prefixes that an administrator chose. */
const PREFIXED = { gitlab: 'AcmeCorp-Zq7mark9Vv9Kk2Ww3Xx4', torque: 'ACME_Tq8mark0Bb5Nn6Mm7Jj1' };
const PREFIX = /^(glpat-|AcmeCorp-|ACME_)/;

const PIECE = 8;

/** Every run of eight characters of a secret, as it may be written: as it is, in JSON, in a URL, in Base64. */
function pieces(secret) {
  const random = secret.replace(PREFIX, '');
  const found = new Set();
  for (let start = 0; start + PIECE <= random.length; start += 1) {
    const run = random.slice(start, start + PIECE);
    found.add(run);
    found.add(JSON.stringify(run).slice(1, -1));
    found.add(encodeURIComponent(run));
    found.add(new URLSearchParams({ run }).toString().slice('run='.length));
    // Whatever stands before it: three alignments, without the characters that its neighbours decide.
    for (const before of [0, 1, 2]) {
      const base64 = Buffer.from('x'.repeat(before) + run)
        .toString('base64')
        .replace(/=+$/, '');
      found.add(base64.slice(before === 0 ? 0 : before + 1, -1));
    }
  }
  return [...found].map((text) => Buffer.from(text));
}

const SECRETS = [PLAIN, ODD, UNMARKED, PREFIXED].flatMap(Object.values);
const PIECES = SECRETS.flatMap(pieces);

function assertNoSecret(what, bytes) {
  const piece = PIECES.find((piece) => bytes.includes(piece));
  assert.equal(piece?.toString(), undefined, what);
}

/** Whatever can be seen of a value: as JSON, and as a person would print it, whatever stands between what can be seen. */
function assertSilent(what, value) {
  assertNoSecret(what, Buffer.from(JSON.stringify(value) ?? ''));
  assertNoSecret(what, Buffer.from(`${value} ${value?.stack}`));
  for (const text of textsIn(value)) assertNoParted(what, text);
}

/** Every text in a value, keys too. */
function* textsIn(value) {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield key;
    yield* textsIn(inner);
  }
}

const seen = (text) => text.replace(/[^!-~]/g, '').toLowerCase();
const LOWER = SECRETS.flatMap((secret) => {
  const random = seen(secret).replace(new RegExp(PREFIX, 'i'), '');
  return Array.from({ length: random.length - PIECE + 1 }, (_, start) => random.slice(start, start + PIECE));
});

function assertNoParted(what, text) {
  const readings = [seen(text)];
  try {
    readings.push(seen(decodeURIComponent(text)));
  } catch {}
  for (const reading of readings) {
    assert.equal(
      LOWER.find((piece) => reading.includes(piece)),
      undefined,
      `${what}: ${JSON.stringify(text)}`,
    );
  }
}

const EMPTY = Buffer.alloc(4096);

/** The memory without the pages of zeros, which are most of it: no secret has a zero in it. */
function written({ buffer }) {
  const pages = Array.from({ length: buffer.byteLength / EMPTY.length }, (_, page) =>
    Buffer.from(buffer, page * EMPTY.length, EMPTY.length),
  );
  return Buffer.concat(pages.filter((page) => !page.equals(EMPTY)));
}

function assertForgotten(what) {
  for (const memory of memories) assertNoSecret(`${what}: in the memory`, written(memory));
  assertNoSecret(`${what}: on the console`, Buffer.from(printed.join('\n')));
}

test('the search finds a secret in every writing', () => {
  const { gitlab } = ODD;
  for (const text of [
    gitlab,
    JSON.stringify({ gitlab }),
    encodeURIComponent(gitlab),
    new URLSearchParams({ gitlab }).toString(),
    ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${gitlab}`).toString('base64')),
  ]) {
    assert.throws(() => assertNoSecret('here', Buffer.from(text)), text);
  }
  assertNoSecret('here', Buffer.from(gitlab.slice(0, PIECE - 1)));
  for (const text of [UNMARKED.gitlab.toUpperCase(), parted(UNMARKED.gitlab, '\u034f'), encodeURIComponent(gitlab)]) {
    assert.throws(() => assertSilent('here', { deep: [{ [text]: 1 }] }), text);
    assert.throws(() => assertSilent('here', [text.slice(1, -1)]), text);
  }
});

const parted = (text, between) => [...text].join(between);
const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

const BASE = 'https://gitlab.example.com/gitlab/';
const REPOSITORY = `${BASE}group/project`;
const PORTAL = 'https://portal.qtorque.io/';

/** What a call may return with a secret in it. */
const CARRIES = new Set([
  'stripToken',
  'inspectTokenRequest',
  'versionRequest',
  'projectRequest',
  'branchRequest',
  'probeRequest',
  'lookUp',
  'listProjectsRequest',
  'nextProjectsRequest',
  'readPlanLines',
  'providerPayload',
  'repositoryPayload',
  'createProviderRequest',
  'connectRepositoryRequest',
  'listRepositoriesRequest',
]);

/** Calls of every function that takes a secret, with all that it may be refused for. */
function calls({ gitlab: token, torque: torqueToken }) {
  const gitlab = { baseUrl: BASE, token };
  const project = { ...gitlab, repositoryUrl: REPOSITORY };
  const torque = { portalUrl: PORTAL, torqueToken };
  const provider = { name: 'gitlab-1', baseUrl: BASE, token };
  const repository = { url: REPOSITORY, token };
  const link = `<${BASE}api/v4/projects?id_after=1>; rel="next"`;
  const plan = plans({ gitlab: token, torque: torqueToken });
  return [
    ['checkToken', token, 'provider'],
    ['checkToken', token, 'repository'],
    ['checkToken', `PRIVATE-TOKEN: ${token}`, 'provider'],
    ['checkToken', `"${token}"`, 'provider'],
    ['checkToken', `${token} ${token}`, 'provider'],
    ['checkToken', `gldt-${token}`, 'provider'],
    ['checkToken', `ghp_${token}`, 'provider'],
    ['checkToken', `${token}\u{e9}`, 'provider'],
    ['checkToken', `${token}\ud800`, 'provider'],
    ['checkToken', token, token],
    ['checkToken', { token }, 'provider'],
    ['stripToken', `"${token}"`],
    ['inspectTokenRequest', gitlab],
    ['versionRequest', gitlab],
    ['projectRequest', project],
    ['branchRequest', { ...project, branch: 'main' }],
    ['probeRequest', project],
    ['lookUp', { ...project, branch: 'other' }, []],
    ['lookUp', { ...project, branch: 'other' }, [{ status: 403, body: { error: 'insufficient_scope', scope: token } }]],
    ['lookUp', project, [{ status: 404, body: { message: '404 Project Not Found' } }]],
    ['listProjectsRequest', { ...gitlab, search: 'x' }],
    ['nextProjectsRequest', { ...gitlab, link }],
    ['nextProjectsRequest', { ...gitlab, link: `<https://evil.example/?${token}>; rel="next"` }],
    ['providerPayload', provider],
    ['repositoryPayload', repository],
    ['createProviderRequest', { ...torque, ...provider }],
    ['connectRepositoryRequest', { ...torque, ...repository, space: 'Network' }],
    ['listRepositoriesRequest', { ...torque, space: 'Network' }],
    // Text outside ASCII makes the glue ask for more memory half-way.
    ['providerPayload', { ...provider, name: 'ü'.repeat(100) }],
    ['createProviderRequest', { ...provider, ...torque, name: `${'x'.repeat(200)}\u{1f512}` }],
    ['checkToken', `${token}${'é'.repeat(5000)}`, 'provider'],
    // Refused: another value is wrong, or the secret itself.
    ['inspectTokenRequest', { baseUrl: 'ftp://x', token }],
    ['inspectTokenRequest', { baseUrl: BASE, token: `Bearer ${token}` }],
    ['createProviderRequest', { ...torque, ...provider, torqueToken: `Bearer ${torqueToken}` }],
    ['createProviderRequest', { ...torque, ...provider, unknown: 1 }],
    ['connectRepositoryRequest', { ...torque, ...repository, space: '..' }],
    ['repositoryPayload', { url: 'https://other.example/a/b', baseUrl: BASE, token }],
    // URLs that people copy with a credential in them.
    ['checkBaseUrl', `https://oauth2:${token}@gitlab.example.com/`],
    ['checkRepositoryUrl', BASE, `https://oauth2:${token}@gitlab.example.com/gitlab/group/project.git`],
    ['checkRepositoryUrl', BASE, `git clone https://${token}@gitlab.example.com/gitlab/group/project.git`],
    ['checkRepositoryUrl', BASE, `${REPOSITORY}?private_token=${encodeURIComponent(token)}`],
    ['checkPortalUrl', `https://user:${torqueToken}@portal.qtorque.io/`],
    ['previewPlan', plan.provider],
    ['previewPlan', plan.repositories],
    ['previewPlan', { ...plan.provider, space: '..' }],
    ['toCurl', plan.provider],
    ['toCurl', plan.repositories],
    ['toTerraform', plan.repositories],
    ['toCurl', { ...plan.provider, space: '..' }],
    ['readPlanLines', `url,token\n${REPOSITORY},${token}`],
    ['readPlanLines', `url,token\n${REPOSITORY},"${token}\n`],
    ['readPlanLines', `${REPOSITORY},${token}`],
  ].map(([name, ...values]) => ({ name, values }));
}

function plans({ gitlab: token, torque: torqueToken }) {
  const common = { portalUrl: PORTAL, torqueToken, space: 'Network' };
  return {
    provider: {
      ...common,
      method: { kind: 'provider', name: 'gitlab-1', baseUrl: BASE, token },
      repositories: [{ url: REPOSITORY }, { url: `${BASE}group/second` }],
    },
    repositories: {
      ...common,
      method: { kind: 'token_per_repository', baseUrl: BASE },
      repositories: [{ url: REPOSITORY, branch: 'main', token, credentialName: 'first' }],
    },
  };
}

/** Calls of every function that reads an answer alone, written by a server that repeats what it was sent. */
function answers(token) {
  const now = '2026-11-22T12:00:00Z';
  const echo = `you sent ${token}`;
  const refusals = [400, 401, 403, 404, 409, 422, 429, 500].flatMap((status) => [
    { status, body: { message: `${status} ${echo}` } },
    { status, body: { message: { base: [echo] }, error: echo, error_description: echo, scope: token } },
    { status, body: `<html>${echo}</html>` },
  ]);
  const split = token.replace(/.{6}/g, '$&\u00ad');
  const listed = {
    id: 1,
    name: token,
    path_with_namespace: `group/${token}`,
    default_branch: token,
    visibility: token,
  };
  const successes = [
    { status: 200, body: { ...listed, version: token, active: true, scopes: [token], expires_at: null } },
    { status: 200, body: [listed] },
    { status: 200, body: [{ name: token, repository_url: `${BASE}${token}`, branch: token, status: split }] },
    { status: 200, body: [{ name: split, status: token, errors: [{ message: split }] }] },
    { status: 400, body: { message: `you sent ${split}` } },
  ];
  return [...refusals, ...successes]
    .flatMap((answer) => [
      ['assessToken', answer, { purpose: 'provider', now }],
      ['assessProject', answer, { repositoryUrl: REPOSITORY }],
      ['assessBranch', answer, { branch: 'main' }],
      ['assessProbe', answer],
      ['readProjects', answer, { baseUrl: BASE }],
      ['readVersion', answer],
      ['readProviderAnswer', answer],
      ['readRepositoryAnswer', answer],
      ['readRepositories', answer],
    ])
    .map(([name, ...values]) => ({ name, values }));
}

for (const [shape, secrets] of Object.entries({
  'the usual shape': PLAIN,
  'odd characters': ODD,
  'no mark': UNMARKED,
  'a prefix of an administrator': PREFIXED,
})) {
  test(`no function keeps or tells a secret of ${shape}`, () => {
    for (const { name, values } of calls(secrets)) {
      const what = `${name} ${JSON.stringify(values)}`;
      const answer = api[name](...values);
      if (answer.ok && CARRIES.has(name)) assertSilent(what, answer.issues);
      else assertSilent(what, answer);
      assertForgotten(what);
    }
  });

  test(`whatever the servers do, no report and no event has a secret of ${shape}`, async () => {
    for (const [server, answer] of Object.entries(servers(secrets))) {
      for (const plan of Object.values(plans(secrets))) {
        const callbacks = [];
        const note = (value) => callbacks.push(value);
        const report = await withoutWaiting(() =>
          api.connect(
            { ...plan, policy: { onUnknown: 'continue' } },
            { fetch: answer, onEvent: note, onCheckpoint: note },
          ),
        );
        const what = `${server}, ${plan.method.kind}`;
        assert.notEqual(report.outcome, 'invalid', what);
        assertSilent(what, report);
        assertSilent(what, callbacks);
        assertSilent(what, api.reportToCsv(report));
        assertSilent(what, api.reportLines(report));
        assertForgotten(what);
      }
    }
  });
}

test('a function that reads an answer hides what looks like a token', () => {
  const { gitlab } = UNMARKED;
  for (const token of [
    PLAIN.gitlab,
    gitlab,
    gitlab.toUpperCase(),
    parted(gitlab, '\u034f'),
    parted(gitlab, '\u3164'),
  ]) {
    for (const { name, values } of answers(token)) {
      assertSilent(`${name} ${JSON.stringify(values)}`, api[name](...values));
    }
  }
});

/** Ways in which a token may stand in a text and still be read out of it. */
function disguises(token) {
  const encoded = (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
  return [
    token,
    `my ${token}`,
    token.toUpperCase(),
    token.toLowerCase(),
    token.slice(1),
    token.slice(0, -1),
    token.slice(3, 3 + PIECE),
    ...['\u034f', '\u3164', '\ufe0f', '\u115f', '\u200b', '\u00ad', '\u{e0041}', '\u0007', ' ', '\u2003'].map(
      (between) => parted(token, between),
    ),
    encoded(token),
    encoded(encoded(token)),
    encoded(parted(token, '\u034f')),
    [...token].map((character) => String.fromCodePoint(character.codePointAt(0) + 0xfee0)).join(''),
    [...token].map((character) => `&#${character.codePointAt(0)};`).join(''),
    [...token].map((character) => `&#x${character.codePointAt(0).toString(16)};`).join(''),
    // In which the characters of other tokens may need `+` and `/`.
    ...(/^[\w.-]+$/.test(token) ? ['', 'me:', 'bob-1:', 'oauth2:'] : []).map((user) =>
      Buffer.from(user + token).toString('base64'),
    ),
  ];
}

/** A plan, and in it one text of the caller's at each place that takes one. */
function* planned(text, { gitlab: token, torque: torqueToken }) {
  const plan = {
    portalUrl: PORTAL,
    torqueToken,
    space: 'Network',
    method: { kind: 'provider', name: 'gitlab-1', baseUrl: BASE, token },
    repositories: [{ url: REPOSITORY }, { url: `${BASE}group/second` }],
  };
  const { method } = plan;
  const second = (more) => ({ ...plan, repositories: [plan.repositories[0], { url: `${BASE}group/second`, ...more }] });
  yield { ...plan, space: text };
  yield { ...plan, portalUrl: `${PORTAL}${text}` };
  yield { ...plan, portalUrl: text };
  yield { ...plan, publicPortalUrl: `${PORTAL}${text}` };
  yield { ...plan, publicPortalUrl: `https://${text}/` };
  yield { ...plan, method: { ...method, name: text } };
  yield { ...plan, method: { ...method, baseUrl: `${BASE}${text}/` } };
  yield { ...plan, method: { ...method, baseUrl: `https://${text}.example.com/` } };
  yield { ...plan, method: { ...method, baseUrl: text } };
  yield second({ url: `${BASE}group/${text}` });
  yield second({ url: `https://elsewhere.example/${text}/project` });
  yield second({ url: `git@gitlab.example.com:gitlab/${text}/project.git` });
  yield second({ url: `${BASE}group/project?private_token=${text}` });
  yield second({ url: text });
  yield second({ name: text });
  yield second({ branch: text });
  yield second({ branch: `refs/heads/${text}` });
  yield second({ credentialName: text });
  yield second({ agents: ['agent', text] });
  yield { ...plan, policy: { requiredScopes: ['read_api', text] } };
  // Where no text of this kind belongs.
  yield { ...plan, [text]: 1 };
  yield { ...plan, [`${'x'.repeat(30)} ${text}`]: 1 };
  yield { ...plan, method: { ...method, [text]: text } };
  yield { ...plan, method: { ...method, kind: text } };
  yield { ...plan, method: text };
  yield { ...plan, method: [text] };
  yield { ...plan, space: { [text]: text } };
  yield { ...plan, space: [text] };
  yield { ...plan, repositories: text };
  yield { ...plan, repositories: { [text]: text } };
  yield second({ [text]: [text] });
  yield second({ agents: text });
  yield second({ autoRegister: text });
  yield { ...plan, policy: { onUnknown: text, scopes: text, expiry: text, pollMs: text, [text]: text } };
  // A value that JSON cannot hold is reported by its path.
  yield { ...plan, [text]: () => {} };
  yield {
    ...plan,
    policy: {
      get [text]() {
        throw new Error(text);
      },
    },
  };
  // The token stands where one belongs, but cannot be read there.
  yield { ...plan, torqueToken: [torqueToken], space: text };
  yield { ...plan, method: { ...method, kind: 'Provider', token }, space: `.. ${text}`, [text]: 1 };
  yield { ...plan, method: { ...method, token: { token } }, [text]: 1 };
}

test('a plan that holds one of its tokens in another text is refused, and nobody repeats the text', async () => {
  const { gitlab, torque } = UNMARKED;
  const sent = [];
  const fetch = async (url) => {
    sent.push(url);
    return new Response('{}', { status: 500 });
  };
  for (const text of [gitlab, torque].flatMap(disguises)) {
    for (const plan of planned(text, UNMARKED)) {
      const what = inspect(plan, { depth: null });
      const events = [];
      const report = await api.connect(plan, { fetch, onEvent: (event) => events.push(event) });
      assert.equal(report.outcome, 'invalid', what);
      for (const answer of [report, events, api.toCurl(plan), api.toTerraform(plan)]) assertSilent(what, answer);
      const { issues } = api.planSchema['~standard'].validate(plan);
      assert.ok(issues?.length > 0, what);
      assertSilent(what, issues);
    }
  }
  assert.deepEqual(sent, []);
  assertForgotten('plans');
});

test('a single function refuses a token in another text, and repeats it nowhere', () => {
  const { gitlab: token, torque: torqueToken } = UNMARKED;
  for (const text of disguises(token)) {
    const gitlab = { baseUrl: BASE, token };
    const project = { ...gitlab, repositoryUrl: REPOSITORY };
    const provider = { name: 'gitlab-1', baseUrl: BASE, token };
    const repository = { repositoryUrl: REPOSITORY, token };
    const torque = { portalUrl: PORTAL, torqueToken };
    const answers = [
      api.inspectTokenRequest({ token, baseUrl: `${BASE}${text}` }),
      api.projectRequest({ ...project, repositoryUrl: `${BASE}group/${text}` }),
      api.branchRequest({ ...project, branch: text }),
      api.probeRequest({ ...project, branch: text }),
      api.lookUp({ ...project, branch: text }, []),
      api.listProjectsRequest({ ...gitlab, search: text }),
      api.providerPayload({ ...provider, name: text }),
      api.providerPayload({ ...provider, [text]: 1 }),
      api.repositoryPayload({ ...repository, repositoryName: text }),
      api.repositoryPayload({ ...repository, branch: text, agents: [text], credentialName: text }),
      api.repositoryPayload({ ...repository, baseUrl: BASE, repositoryUrl: `https://elsewhere.example/${text}/b` }),
      api.createProviderRequest({ ...torque, ...provider, portalUrl: `${PORTAL}${text}` }),
      api.connectRepositoryRequest({ ...torque, ...repository, space: text }),
      api.connectRepositoryRequest({ ...torque, ...repository, space: { [text]: text } }),
    ];
    for (const [index, answer] of answers.entries()) {
      assert.equal(answer.ok, false, `${index}: ${JSON.stringify(text)}`);
      assertSilent(`${index}: ${JSON.stringify(text)}`, answer);
    }
  }
  assertForgotten('single functions');
});

test('a table that holds one of its tokens in another cell is refused by line, and the cell is not repeated', () => {
  const { gitlab: token } = UNMARKED;
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  for (const text of disguises(token)) {
    for (const [column, cell] of [
      ['name', text],
      ['branch', text],
      ['credentialName', text],
      // Their names are parted by semicolons.
      ['agents', text.includes(';') ? token : `agent;${text}`],
      ['url', `${BASE}group/${text}`],
    ]) {
      const row = { url: `${BASE}group/second`, [column]: cell };
      const table = `url,token,name,branch,credentialName,agents\n${REPOSITORY},${token},,,,\n${[
        row.url,
        '',
        row.name ?? '',
        row.branch ?? '',
        row.credentialName ?? '',
        row.agents ?? '',
      ]
        .map(quoted)
        .join(',')}\n`;
      const read = api.readPlanLines(table);
      const what = `${column}: ${JSON.stringify(text)}`;
      assert.equal(read.ok, false, what);
      assert.equal(read.storable, false, what);
      assert.deepEqual(
        read.issues.filter(({ severity }) => severity === 'error').map(({ params }) => params.line),
        [3],
        what,
      );
      assertSilent(what, read.issues);
      assert.deepEqual(
        read.repositories.map(({ url }) => url),
        [REPOSITORY],
        what,
      );
    }
  }
  assertForgotten('tables');
});

test('short tokens and the prefix of a token are looked for nowhere', () => {
  const random = UNMARKED.gitlab;
  for (const token of [
    'x',
    'gitlab',
    'project',
    'glpat-x',
    ...[
      'acmecorp-gitlab-',
      'AcmeCorp-',
      'ACMECORP-',
      'AcmeCorp-Gitlab-',
      'ACMECORP_GITLAB_',
      'acmecorp1-',
      'AcmeCorp2026:',
      'AcmeCorp',
      'acmecorp',
      'ACMECORP',
      'AcmeCorp-glpat-',
    ].flatMap((prefix) => [`${prefix}${random}`, `${prefix}${random}${random}.14Vv9Kk2W`]),
  ]) {
    const plan = {
      portalUrl: PORTAL,
      torqueToken: `acmecorp_${UNMARKED.torque}`,
      space: 'acmecorp1 AcmeCorp ACMECORP gitlab project',
      method: { kind: 'provider', name: 'acmecorp-gitlab', baseUrl: 'https://gitlab.acmecorp.example/', token },
      repositories: [{ url: 'https://gitlab.acmecorp.example/acmecorp-gitlab/project', branch: 'main', name: 'x' }],
    };
    const script = api.toCurl(plan);
    assert.ok(script.ok, JSON.stringify(script.issues));
    // The random part is.
    if (token.includes(random)) {
      assert.equal(api.toCurl({ ...plan, space: `my ${random}` }).ok, false, token);
      assert.equal(api.toCurl({ ...plan, space: token.slice(0, -1) }).ok, false, token);
    }
  }
});

test('of several tokens in one field each is looked for', () => {
  const [one, other] = [UNMARKED.gitlab, 'Bb5mark7Cc9Dd2Ee3Ff4'];
  for (const field of [
    `${one} ${other}`,
    `${one},${other}`,
    `${one}\n${other}`,
    `Bearer ${one}\nBearer ${other}`,
    `PRIVATE-TOKEN: ${one}\nPRIVATE-TOKEN: ${other}`,
    `token=${one}&private_token=${other}`,
    `export GITLAB_TOKEN=${one}; export GITLAB_TOKEN_2=${other}`,
    `export GITLAB_TOKEN="${one}"\nexport GITLAB_TOKEN_2="${other}"`,
    `_gitlab_session=${one}; remember_user_token=${other}`,
    `Cookie: a=${one}; b=${other}`,
    `{"token":"${one}","torqueToken":"${other}"}`,
    `curl -H "PRIVATE-TOKEN: ${one}" -H "Authorization: Bearer ${other}"`,
    `curl -u oauth2:${one} -H "PRIVATE-TOKEN: ${other}" https://gitlab.example.com/api/v4/user`,
    `oauth2:${one} oauth2:${other}`,
  ]) {
    for (const text of [one, other, other.toLowerCase(), one.slice(6, 6 + PIECE), parted(other, '\u034f')]) {
      const { provider } = plans(PLAIN);
      const plan = { ...provider, method: { ...provider.method, token: field }, space: text };
      const { issues } = api.toCurl(plan);
      const paths = issues.filter(({ severity }) => severity === 'error').map(({ path }) => path.join('.'));
      assert.ok(paths.includes('space'), `${field}: ${text}`);
      const table = api.readPlanLines(`url,name,token\n${REPOSITORY},"${text}","${field.replaceAll('"', '""')}"`);
      assert.ok(
        table.issues.some(({ path, severity }) => severity === 'error' && path.at(-1) === 'name'),
        `${field}: ${text}`,
      );
      for (const { message, params, suggestion } of [...issues, ...table.issues]) {
        const shown = seen(JSON.stringify([message, params, suggestion]));
        for (const secret of [one, other]) {
          assert.ok(!shown.includes(secret.slice(0, PIECE).toLowerCase()), `${field}: ${shown}`);
        }
      }
    }
  }
});

test('a schema tells no secret in its issues', () => {
  const { gitlab: token, torque: torqueToken } = PLAIN;
  for (const [schema, input] of [
    [api.providerSchema, { name: '', baseUrl: BASE, token }],
    [api.repositorySchema, { url: `https://${token}@gitlab.example.com/a/b`, token }],
    [api.planSchema, { ...plans(PLAIN).provider, torqueToken, space: '' }],
  ]) {
    const { issues } = schema['~standard'].validate(input);
    assert.ok(issues.length > 0);
    assertSilent('schema', issues);
    assertForgotten('schema');
  }
});

test('no function is forgotten here', () => {
  const elsewhere = ['WasmBlockedError', 'checkRepositoryUrls', 'connect', 'init', 'reportLines', 'reportToCsv'];
  const takeNoSecret = ['checkScopes', 'tokenLinks'];
  const tried = [...calls(PLAIN), ...answers(PLAIN.gitlab)].map(({ name }) => name);
  const all = Object.keys(api).filter((name) => typeof api[name] === 'function');
  assert.deepEqual(new Set([...tried, ...elsewhere, ...takeNoSecret]), new Set(all));
});

/** Ways for a server or a network to misbehave: a `fetch` each. */
function servers(secrets) {
  const all = Object.values(secrets);
  const json = (status, body, headers) => new Response(JSON.stringify(body), { status, headers });
  const echo = (request) => `${request.headers.Authorization} ${request.body ?? ''} ${all.join(' ')}`;
  const everywhere = (request) => {
    const [, text] = /^Bearer (.*)$/.exec(request.headers.Authorization) ?? [];
    return {
      id: 7,
      name: text,
      message: echo(request),
      active: true,
      scopes: ['api', 'read_api', 'read_repository', text],
      expires_at: null,
      path_with_namespace: `group/${text}`,
      default_branch: text,
      visibility: text,
    };
  };
  return {
    'refuses and repeats': async (_, request) => json(401, { message: echo(request) }),
    'forbids and repeats': async (_, request) => json(403, { message: `403 Forbidden - ${echo(request)}` }),
    'knows no scope and repeats': async (_, request) =>
      json(403, { error: 'insufficient_scope', scope: echo(request) }),
    'accepts and repeats': async (_, request) => json(200, everywhere(request)),
    'accepts, and lists what was sent to it': async (url, request) =>
      request.method === 'GET' && url.startsWith(PORTAL)
        ? json(200, [{ name: all[0], repository_url: REPOSITORY, status: echo(request), errors: [echo(request)] }])
        : json(200, everywhere(request)),
    'fails and repeats': async (_, request) => new Response(`<html>${echo(request)}`, { status: 502 }),
    'limits with a strange header': async (_, request) =>
      json(409, { error: echo(request) }, { 'Retry-After': encodeURIComponent(all[0]) }),
    'repeats with characters in between that nobody sees': async (_, request) =>
      json(400, { message: ['\u00ad', '\u200b', '\u0007'].map((odd) => echo(request).replace(/.{6}/g, `$&${odd}`)) }),
    breaks: async (_, request) => {
      throw new TypeError(echo(request));
    },
    'breaks while it is read': async (_, request) =>
      new Response(new ReadableStream({ pull: (stream) => stream.error(new Error(echo(request))) })),
  };
}

test('a secret in a wrong place is in no issue', () => {
  const { gitlab } = PLAIN;
  const calls = [
    () => api.checkBaseUrl(gitlab),
    () => api.checkRepositoryUrl(BASE, gitlab),
    () => api.checkPortalUrl(gitlab),
    () => api.checkScopes([gitlab], { purpose: 'provider' }),
    () => api.checkScopes(['read_api'], { purpose: gitlab }),
    () => api.providerPayload({ name: 'n', baseUrl: BASE, token: 'x', type: gitlab }),
    () => api.repositoryPayload({ url: REPOSITORY, branch: `${gitlab}..` }),
    () => api.repositoryPayload({ url: REPOSITORY, branch: gitlab }),
    () => api.repositoryPayload({ url: REPOSITORY, name: gitlab, agents: ['a', gitlab] }),
    () => api.listRepositoriesRequest({ portalUrl: PORTAL, space: `my ${gitlab}` }),
    () => api.checkBaseUrl(`${BASE}${gitlab}`),
    () => api.checkPortalUrl(`${PORTAL}${gitlab}`),
    () => api.checkRepositoryUrl(BASE, `${BASE}group/${gitlab}`),
    () => api.checkRepositoryUrl(BASE, `${BASE}group/${gitlab.slice(0, -2)}`),
    () => api.checkRepositoryUrls(BASE, [`${BASE}group/${gitlab}`]).value.result(0),
    () => api.providerPayload({ name: gitlab, baseUrl: BASE, token: 'x', [gitlab]: 1 }),
    () => api.checkScopes(['read_api'], { purpose: 'provider', requiredScopes: [gitlab] }),
    () => api.checkRepositoryUrl(BASE, `https://${gitlab}/a/b`),
    // The platform's URL makes ASCII of wide forms.
    ...Object.values({ ...PLAIN, ...UNMARKED }).flatMap((token) => [
      () => api.checkBaseUrl(`https://${wide(token)}.example.com/`),
      () => api.checkPortalUrl(`https://${wide(token)}.qtorque.io/`),
      () => api.checkRepositoryUrl(null, `https://gitlab.exämple.com/a/${token}`),
      () => api.checkRepositoryUrl(null, `https://${wide(token)}/a/b`),
    ]),
    () => api.checkRepositoryUrl(BASE, `git@gitlab.example.com:gitlab/${gitlab}/project.git`),
    () => api.checkPortalUrl(`portal.example.com/${gitlab}`),
    () => api.toCurl({ portalUrl: PORTAL, space: 's', method: { kind: gitlab }, [gitlab]: [], repositories: [] }),
  ];
  for (const call of calls) {
    assertSilent(String(call), call());
    assertForgotten(String(call));
  }
});

test('a long list of repositories, each with its token, is forgotten when the job ends', async () => {
  const { gitlab: token, torque: torqueToken } = PLAIN;
  const before = memories.at(-1).buffer.byteLength;
  const plan = {
    portalUrl: PORTAL,
    torqueToken,
    space: 'Network',
    method: { kind: 'token_per_repository', baseUrl: BASE },
    repositories: Array.from({ length: 1000 }, (_, index) => ({
      url: `${BASE}group/p${index}`,
      token: `${token}${index}`,
    })),
  };
  const report = await api.connect(plan, {
    fetch: async () => new Response('{"message":"401 Unauthorized"}', { status: 401 }),
  });
  assert.equal(report.repositories.length, 1000);
  assert.ok(memories.at(-1).buffer.byteLength > before, 'the memory grew');
  assertSilent('report', report);
  assertForgotten('report');
  api.checkRepositoryUrls(
    BASE,
    plan.repositories.map(({ url, token: own }) => url.replace('://', `://${own}@`)),
  );
  assertForgotten('batch');
});

test('a job that is ended early or gone on with is forgotten like any other', async () => {
  for (const plan of Object.values(plans(PLAIN))) {
    const checkpoints = [];
    const abort = new AbortController();
    const fetch = async (url, request) => {
      if (request.method === 'POST') abort.abort();
      return new Response(url.endsWith('/self') ? SELF : PROJECT, { status: 200 });
    };
    const onCheckpoint = (checkpoint) => checkpoints.push(structuredClone(checkpoint));
    const ended = await api.connect(plan, { fetch, signal: abort.signal, onCheckpoint });
    assert.ok(checkpoints.length > 0, 'it came as far as a POST');
    assertSilent('ended', [ended, checkpoints]);
    assertForgotten('ended');
    const refuse = async () => new Response('{"message":"401 Unauthorized"}', { status: 401 });
    const resume =
      plan.method.kind === 'provider' ? { ...checkpoints.at(-1), providerCreated: true } : checkpoints.at(-1);
    const report = await withoutWaiting(() => api.connect(plan, { fetch: refuse, resume }));
    assert.notEqual(report.outcome, 'invalid');
    assertSilent('gone on with', report);
    assertForgotten('gone on with');
  }
});

const SELF = JSON.stringify({ name: 'n', active: true, scopes: ['read_api', 'read_repository'], expires_at: null });
const PROJECT = JSON.stringify({ id: 7, path_with_namespace: 'group/project', default_branch: 'main' });

test('when the core stops half-way, nothing of the call is left behind', async () => {
  const { gitlab: token } = PLAIN;
  const count = memories.length;
  trapAfter = 'providerPayload';
  assertSilent('trap', api.providerPayload({ name: 'n', baseUrl: BASE, token }));
  assert.ok(api.checkBaseUrl(BASE).ok);
  assert.equal(memories.length, count + 1, 'another instance took over');
  assertForgotten('trap in a call');
  for (const name of ['onboarding_new', 'onboarding_next']) {
    trapAfter = name;
    const report = await api.connect(plans(PLAIN).provider, { fetch: async () => new Response('{}', { status: 500 }) });
    assert.equal(report.outcome, 'unknown');
    assertSilent(name, report);
    assertForgotten(name);
  }
});

/** A job whose first answer, a refusal, comes when the test releases it. */
function begin() {
  let answer;
  const answered = new Promise((resolve) => {
    answer = resolve;
  });
  const fetch = async () => {
    await answered;
    return new Response('{"message":"401 Unauthorized"}', { status: 401 });
  };
  return { report: api.connect(plans(PLAIN).provider, { fetch }), answer };
}

test('a job goes on when the core of the calls stops', async () => {
  const old = begin();
  trapAfter = 'checkBaseUrl';
  api.checkBaseUrl(BASE);
  const next = begin();
  const count = memories.length;
  old.answer();
  assert.equal((await old.report).outcome, 'failed');
  assert.equal(memories.length, count, 'nothing was started anew');
  next.answer();
  assert.equal((await next.report).outcome, 'failed');
});

test('a job that stops harms no other', async () => {
  const [one, other] = [begin(), begin()];
  trapAfter = 'onboarding_next';
  one.answer();
  assert.equal((await one.report).outcome, 'unknown');
  other.answer();
  assert.equal((await other.report).outcome, 'failed');
  assertForgotten('two jobs');
});
