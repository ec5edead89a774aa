// What nobody should send, and what takes it. As a worker it takes one of them, in an instance of the core that has seen
// nothing else, and tells what that cost.

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { TOKEN } from './support.mjs';

const BASE = 'https://gitlab.example.com/';
const PURPOSE = { purpose: 'provider' };

const plan = (more) => ({
  portalUrl: 'https://portal.qtorque.io/',
  torqueToken: 'torque-secret-0123456789',
  space: 'demo',
  method: { kind: 'token_per_repository' },
  repositories: [{ url: `${BASE}group/project`, token: TOKEN }],
  policy: { inspect: false, pollMs: 5, syncTimeoutMs: 20, seed: 1 },
  ...more,
});

const token = (index) => `glpat-0123456789abcdef${String(index).padStart(6, '0')}`;

const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** What the list of a space has of a repository. */
const entry = (name, repository_url) => ({
  name,
  repository_url,
  repository_type: 'gitlabEnterprise',
  branch: 'main',
  status: 'Connected',
  errors: [],
  credential_name: null,
  token: null,
});

/** A job whose space has this list. */
const listed = (api, list) =>
  api.connect(plan(), { fetch: async (_, { method }) => new Response(method === 'POST' ? '' : list) });

/** By name: what goes in, and the call that takes it. */
export const MASSES = {
  'lines of rubbish': [() => 'x\n'.repeat(3_999_999), (api, text) => api.readPlanLines(text)],
  'a table of rubbish': [() => `url\n${'a,b\n'.repeat(1_000_000)}`, (api, text) => api.readPlanLines(text)],
  'a table of misplaced quotes': [() => `url\n${'"a"b\n'.repeat(1_000_000)}`, (api, text) => api.readPlanLines(text)],
  'a table of duplicate names': [
    () => `url,name\n${'https://h/a/b,c\n'.repeat(400_000)}`,
    (api, text) => api.readPlanLines(text),
  ],
  'a million agents in a row': [
    () => `url,agents\n${BASE}a/b,${'a;'.repeat(1_000_000)}`,
    (api, text) => api.readPlanLines(text),
  ],
  'a header of a million columns': [() => `url${',url'.repeat(1_000_000)}`, (api, text) => api.readPlanLines(text)],
  'a row of millions of cells': [() => `url\n${','.repeat(4_000_000)}`, (api, text) => api.readPlanLines(text)],
  'lines that are outside': [
    () => 'https://h/a/b\n'.repeat(500_000),
    (api, text) => api.readPlanLines(text, { baseUrl: BASE }),
  ],
  'lines that are one and the same': [
    () => `${BASE}group/project\n`.repeat(100_000),
    (api, text) => api.readPlanLines(text),
  ],
  'a list of rubbish': [() => many(1_000_000, () => 'x'), (api, urls) => api.checkRepositoryUrls(BASE, urls)],
  'a plan of a million wrong repositories': [
    () => many(1_000_000, () => ({ url: 'x' })),
    (api, repositories) => api.connect(plan({ repositories })),
  ],
  'a plan of more repositories than possible': [
    () => many(20_000, (index) => ({ url: `${'x'.repeat(200)}${index}` })),
    (api, repositories) => api.connect(plan({ repositories })),
  ],
  'a repository of more agents than possible': [
    () => many(20_000, () => '..'.repeat(50)),
    (api, agents) => api.repositoryPayload({ repositoryUrl: `${BASE}a/b`, agents }),
  ],
  'scopes without end': [
    () => many(100_000, (index) => `${'s'.repeat(20)}${index}`),
    (api, scopes) => api.checkScopes(scopes, PURPOSE),
  ],
  'required scopes without end': [
    () => many(100_000, (index) => `${'s'.repeat(20)}${index}`),
    (api, requiredScopes) => api.checkScopes(['api'], { ...PURPOSE, requiredScopes }),
  ],
  'misspelled scopes': [() => many(200_000, () => 'read.api'), (api, scopes) => api.checkScopes(scopes, PURPOSE)],
  'scopes that are no text': [() => many(1_000_000, () => null), (api, scopes) => api.checkScopes(scopes, PURPOSE)],
  'keys without end': [
    () => Object.fromEntries(many(200_000, (index) => [`repositoryURK${index}`, 1])),
    (api, input) => api.repositoryPayload(input),
  ],
  'a key without end': [() => ({ ['k'.repeat(7_000_000)]: 1 }), (api, input) => api.repositoryPayload(input)],
  'a token without end': [() => 'glpat-'.repeat(1_000_000), (api, token) => api.checkToken(token, 'provider')],
  'a parsed answer of lists': [
    () => many(300_000, () => [0]),
    (api, body) => api.readProjects({ status: 200, body }, { baseUrl: BASE }),
  ],
  'a parsed answer of objects': [
    () => many(200_000, () => ({ a: 0 })),
    (api, body) => api.readRepositories({ status: 200, body }),
  ],
  'answers without end': [
    () => many(200_000, () => ({ status: 200 })),
    (api, answers) => api.lookUp({ baseUrl: BASE, repositoryUrl: `${BASE}a/b`, token: TOKEN }, answers),
  ],
  'lines that are good': [
    () => many(10_000, (index) => `${BASE}group/${'subgroup/'.repeat(7)}project-${index}\n`).join(''),
    (api, text) => api.readPlanLines(text),
  ],
  'a table that is good': [
    () =>
      `url,token\n${many(10_000, (index) => `${BASE}group/a-longer-path/one-of-our-own-projects-${index},${token(index)}\n`).join('')}`,
    (api, text) => api.readPlanLines(text),
  ],
  'a URL without end': [() => `${BASE}${'a/'.repeat(3_900_000)}b`, (api, url) => api.checkRepositoryUrl(BASE, url)],
  'a base URL without end': [() => `${BASE}${'a/'.repeat(3_900_000)}`, (api, url) => api.checkBaseUrl(url)],
  'a URL of credentials': [() => '@'.repeat(7_000_000), (api, url) => api.checkRepositoryUrl(BASE, url)],
  'URLs without end': [
    () => many(10, () => `${BASE}${'a/'.repeat(390_000)}b`),
    (api, urls) => api.checkRepositoryUrls(BASE, urls),
  ],
  'a search without end': [
    () => '\u0001'.repeat(7_000_000),
    (api, search) => api.listProjectsRequest({ baseUrl: BASE, token: TOKEN, search }),
  ],
  'a Link header without end': [
    () => `<https://h/?id_after=1&${'a&'.repeat(3_000_000)}>; rel=next`,
    (api, link) => api.nextProjectsRequest({ baseUrl: BASE, token: TOKEN, link }),
  ],
  'many Link headers': [
    () => '<?page=2>;rel=next,'.repeat(400_000),
    (api, link) => api.nextProjectsRequest({ baseUrl: BASE, token: TOKEN, link }),
  ],
  'a name of percent-encoding': [
    () => '%41'.repeat(2_600_000),
    (api, name) => api.repositoryPayload({ url: `${BASE}a/b`, name, token: TOKEN }),
  ],
  'a Torque token without end': [
    () => 'abcdefghZ'.repeat(300_000),
    (api, torqueToken) => api.toCurl(plan({ torqueToken })),
  ],
  'tokens without end': [
    () => many(70, (index) => ({ url: `${BASE}a/b${index}`, token: `${index}abcdefghZ`.repeat(9_000) })),
    (api, repositories) => api.toCurl(plan({ repositories })),
  ],
  'an answer of lists': [() => `[${'[0],'.repeat(4_000_000)}[0]]`, listed],
  'an answer of objects': [() => `[${'{"a":0},'.repeat(2_000_000)}0]`, listed],
  'an answer of numbers': [() => `[${'0,'.repeat(8_000_000)}0]`, listed],
  'an answer of brackets': [() => '['.repeat(16_000_000), listed],
  // Such that an estimate of its size in 32 bits comes out small.
  'an answer of lists, then of brackets': [() => `[${'[0],'.repeat(2_103_000)}${'{'.repeat(7_587_998)}`, listed],
  'an answer of quotes': [() => '"'.repeat(16_000_000), listed],
  'an answer of control characters': [() => '\u0001'.repeat(16_000_000), listed],
  'a list of forty thousand repositories': [
    () => JSON.stringify(many(40_000, (index) => entry(`project-${index}`, `${BASE}group/project-${index}`))),
    listed,
  ],
};

/** How many bytes GitLab has answered, and Torque in its longest answer: it answers with the same list again and again. */
const answered = { gitlab: 0, torque: 0 };

function answer(status, body) {
  answered.gitlab += body.length;
  return new Response(body, { status });
}

const inspecting = (input) => ({
  ...input,
  policy: {
    ...input.policy,
    inspect: true,
    onUnknown: 'continue',
    expiry: 'warn',
    pollMs: 1_000,
    syncTimeoutMs: 60_000,
  },
});

/** GitLab is asked first, and Torque refuses. */
const inspected = (api, input) => api.connect(inspecting(input), { fetch: async (url) => gitlab(url) ?? refuse() });

/** A Torque that connects all repositories. */
function torque() {
  const listed = [];
  return async (url, { method, body }) => {
    const known = gitlab(url);
    if (known !== null) return known;
    if (method === 'POST') {
      const { repository_name: name, repository_url } = JSON.parse(body);
      if (repository_url !== undefined) listed.push(entry(name, repository_url));
      return new Response('', { status: 202 });
    }
    const list = JSON.stringify(listed);
    answered.torque = Math.max(answered.torque, list.length);
    return new Response(list);
  };
}

/** What GitLab answers, at any address but Torque's. */
function gitlab(url) {
  const { host, pathname } = new URL(url);
  if (host === 'portal.qtorque.io') return null;
  const [kind, id] = pathname.split('/').slice(3);
  if (kind === 'personal_access_tokens') {
    // More than is needed, which is a warning.
    const scopes = ['api', 'read_api', 'read_repository'];
    return answer(200, JSON.stringify({ name: 'torque', active: true, revoked: false, scopes, expires_at: null }));
  }
  const path_with_namespace = decodeURIComponent(id);
  return answer(200, JSON.stringify({ id: 7, path_with_namespace, default_branch: 'main', archived: true }));
}

/** What is done with a plan. */
const DONE = {
  connected: (api, input) => api.connect(input, { fetch: refuse }),
  inspected,
  'refused everywhere': (api, input) => api.connect(inspecting(input), { fetch: refuse }),
  'done as a whole': async (api, input) => {
    const { outcome, issues } = await api.connect(inspecting(input), { fetch: torque() });
    assert.equal(outcome, 'connected');
    return { issues };
  },
  validated: (api, input) => ({ issues: [], ...api.planSchema['~standard'].validate(input) }),
  previewed: (api, input) => api.previewPlan(input),
  'written as a script': (api, input) => api.toCurl(input),
  'written for Terraform': (api, input) => api.toTerraform(input),
};

const plans = (repositories) => () =>
  plan({ method: { kind: 'token_per_repository', baseUrl: BASE }, repositories: repositories() });

/** Good plans of a megabyte or more. */
const GOOD_PLANS = {
  'as many repositories as possible': plans(() =>
    many(10_000, (index) => ({ url: `${BASE}group/project-${index}`, branch: 'main', token: token(index) })),
  ),
  'repositories with all keys': plans(() =>
    many(6_000, (index) => ({
      url: `${BASE}group/project-${index}.git`,
      name: `project ${index} `,
      branch: 'main',
      token: token(index),
      credentialName: `credential ${index}`,
      agents: ['eks', 'aks'],
    })),
  ),
  'many agents': plans(() =>
    many(5_000, (index) => ({
      url: `${BASE}a/b${index}`,
      branch: 'main',
      token: TOKEN,
      agents: many(12, () => 'agent-west-1'),
    })),
  ),
  'long URLs': plans(() =>
    many(3_000, (index) => ({
      url: `${BASE}${'subgroup/'.repeat(40)}project-${index}`,
      branch: 'main',
      token: token(index),
    })),
  ),
  'long tokens': plans(() =>
    many(300, (index) => ({ url: `${BASE}a/b${index}`, branch: 'main', token: `glpat-${randomText(index, 4_000)}` })),
  ),
  'tokens of quotes': plans(() =>
    many(10_000, (index) => ({
      url: `${BASE}a/b${index}`,
      branch: 'main',
      token: `glpat-${quoted(randomText(index, 60))}`,
    })),
  ),
  'long tokens of quotes': plans(() =>
    many(300, (index) => ({
      url: `${BASE}a/b${index}`,
      branch: 'main',
      token: `glpat-${quoted(randomText(index, 4_000))}`,
    })),
  ),
};

/**
 * With quotes, backslashes and percent-encoding, which JSON and URLs write in another way. Between them stands nothing as long as a
 * token: it would be refused as several.
 */
const quoted = (text) =>
  `${text
    .replaceAll(/[1-4]/gu, '"')
    .replaceAll(/[a-f]/gu, '\\')
    .replaceAll(/[x-z]/gu, '%41')
    .replaceAll(/[^"\\%]{16}/gu, '$&"')}z`;

const SHORT = 'https://g.io/';

/** Of which each has little text. */
const repositories = () => many(10_000, (index) => ({ url: `${SHORT}a/b${index}` }));

const PROVIDED_PLANS = {
  'short URLs': () =>
    plan({ method: { kind: 'provider', baseUrl: SHORT, existing: true }, repositories: repositories() }),
  'short URLs for a new provider': () =>
    plan({
      method: { kind: 'provider', name: 'gitlab-1', baseUrl: SHORT, token: TOKEN },
      repositories: repositories(),
    }),
};

/** Good plans of less. */
const LITTLE_PLANS = {
  'short tokens': plans(() =>
    many(10_000, (index) => ({ url: `${BASE}a/b${index}`, branch: 'b', token: token(index) })),
  ),
  ...PROVIDED_PLANS,
};

/** Everything that is done with plans. */
const done = (plans) =>
  Object.fromEntries(
    Object.entries(plans).flatMap(([name, make]) =>
      Object.entries(DONE)
        // Terraform cannot express a provider.
        .filter(([what]) => !(name in PROVIDED_PLANS && what === 'written for Terraform'))
        .map(([what, call]) => [`a plan of ${name}, ${what}`, [make, call]]),
    ),
  );

export const LARGE_PLANS = done(GOOD_PLANS);
export const SHORT_PLANS = done(LITTLE_PLANS);

/** Letters and digits that look like chance. */
function randomText(seed, length) {
  let text = '';
  for (let state = seed + 1; text.length < length; state = (state * 48_271) % 2_147_483_647) text += state.toString(36);
  return text.slice(0, length);
}

const refuse = async () => answer(401, '');

if (parentPort !== null) {
  // V8 of Node.js 20 ends the process when it gives up optimised code in the middle of a call of wasm that it has inlined
  // ("Fatal error: unreachable code" in `Deoptimizer::DoComputeBuiltinContinuation`), which thousands of requests bring about.
  setFlagsFromString('--no-turbo-inline-js-wasm-calls');
  const instances = [];
  WebAssembly.Instance = class extends WebAssembly.Instance {
    constructor(module, imports) {
      super(module, imports);
      instances.push(this);
    }
  };
  const memory = () => instances.reduce((sum, { exports }) => sum + exports.memory.buffer.byteLength, 0);
  const api = await import('torque-gitlab-connect');
  const [make, call] = { ...MASSES, ...LARGE_PLANS, ...SHORT_PLANS }[workerData];
  const input = make();
  api.checkBaseUrl(BASE);
  const before = memory();
  const { issues } = await call(api, input);
  const text = typeof input === 'string' || input instanceof Buffer ? input : JSON.stringify(input);
  parentPort.postMessage({
    bytes: Buffer.byteLength(text) + answered.gitlab + answered.torque,
    grown: memory() - before,
    issues,
  });
}
