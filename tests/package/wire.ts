// Inputs as TypeScript types them, every optional key filled in: `wire.test.mjs` has the core read them. A key or a function
// that is new to the types and missing here does not compile.

import type * as package_ from 'torque-gitlab-connect';

type Functions = Omit<typeof package_, 'connect' | 'init' | 'reportLines' | 'WasmBlockedError' | `${string}Schema`>;

/** With every key that may be left out. */
type Whole<T> = T extends object ? { [Key in keyof T]-?: Whole<T[Key]> } : T;

type Calls = { [Name in keyof Functions]: Whole<Required<Parameters<Functions[Name]>>>[] };

const baseUrl = 'https://gitlab.example.com/';
const repositoryUrl = 'https://gitlab.example.com/group/project';
const token = 'glpat-xyzzyxyzzyxyzzyxyzzy';
const gitlab = { baseUrl, token, allowHttp: false };
const torque = { portalUrl: 'https://portal.qtorque.io/', torqueToken: 'torque-token' };
const policy = {
  scopes: 'literal',
  expiry: 'warn',
  requiredScopes: ['read_repository'],
} satisfies package_.TokenPolicy;
const project = { id: 7, path_with_namespace: 'group/project', default_branch: 'main', visibility: 'private' };
const repository = {
  url: repositoryUrl,
  baseUrl,
  name: 'project',
  branch: 'main',
  token,
  credentialName: 'gitlab',
  agents: ['agent-1'],
  autoRegister: true,
} satisfies package_.RepositoryInput;
const provider = { name: 'gitlab-1', type: 'gitLabEnterprise', baseUrl, token } satisfies package_.ProviderInput;
const planned = {
  url: repositoryUrl,
  name: 'project',
  branch: 'main',
  token,
  credentialName: 'gitlab',
  agents: ['agent-1'],
  autoRegister: false,
} satisfies package_.PlanRepository;
const plan = {
  ...torque,
  space: 'demo',
  repositories: [planned],
  policy: {
    ...policy,
    inspect: true,
    onUnknown: 'stop',
    allowHttp: false,
    sendProviderId: false,
    pollMs: 4000,
    syncTimeoutMs: 60_000,
    requestTimeoutMs: 30_000,
    seed: 1,
  },
  publicPortalUrl: 'https://portal.qtorque.io/',
} satisfies Omit<package_.Plan, 'method'>;

/** Everything that a report can hold. */
const report: Whole<package_.Report> = {
  outcome: 'partial',
  issues: [],
  provider: { outcome: 'done', name: 'gitlab-1', baseUrl, id: 'id-1', issues: [], sent: [{ at: 1, status: 200 }] },
  tokens: [
    {
      verdict: 'ok',
      purpose: 'provider',
      repositories: [0],
      issues: [],
      token: { name: 'torque', scopes: ['read_api'], expiresAt: null, expiryKnown: true, daysLeft: null },
    },
  ],
  tokenVerdict: 'ok',
  repositories: [
    {
      index: 0,
      name: 'project',
      url: repositoryUrl,
      branch: 'main',
      outcome: 'failed',
      status: 'Error',
      issues: [
        {
          code: 'torque.sync_failed',
          severity: 'error',
          path: ['repositories', 0],
          message: 'It failed.',
          params: { status: 'Error', tries: 2 },
          suggestion: 'x',
        },
      ],
      sent: [],
    },
  ],
  next: { url: 'https://portal.qtorque.io/', menu: ['Assets'] },
  startedAt: 1,
  finishedAt: 2,
};

/** Calls that succeed. */
export const calls: Calls = {
  checkPortalUrl: [[torque.portalUrl]],
  checkBaseUrl: [[baseUrl]],
  checkRepositoryUrl: [
    [baseUrl, repositoryUrl],
    [null, 'https://gitlab.example.com:8443/group/project'],
  ],
  checkRepositoryUrls: [[baseUrl, [repositoryUrl]]],
  checkToken: [
    [token, 'provider'],
    ['anything', 'repository'],
  ],
  stripToken: [[`PRIVATE-TOKEN: ${token}`]],
  checkScopes: [[['read_api', 'read_repository'], { ...policy, purpose: 'provider' }]],
  assessToken: [
    [
      { status: 200, body: { name: 't', scopes: ['read_repository'], active: true, revoked: false, expires_at: null } },
      { ...policy, purpose: 'provider', now: 0 },
    ],
    [
      { status: 500, body: '' },
      { ...policy, purpose: 'repository', now: '2026-11-22T12:00:00Z' },
    ],
  ],
  tokenLinks: [[baseUrl, { purpose: 'repository', name: 'torque', requiredScopes: ['read_repository'] }]],
  inspectTokenRequest: [[gitlab]],
  versionRequest: [[gitlab]],
  readVersion: [[{ status: 200, body: { version: '18.9.0' } }]],
  projectRequest: [[{ ...gitlab, repositoryUrl }]],
  assessProject: [
    [
      { status: 200, body: project },
      { repositoryUrl, baseUrl },
    ],
  ],
  branchRequest: [[{ ...gitlab, repositoryUrl, branch: 'main' }]],
  assessBranch: [[{ status: 200, body: { name: 'main', default: true } }, { branch: 'main' }]],
  probeRequest: [[{ ...gitlab, repositoryUrl, branch: 'main' }]],
  assessProbe: [[{ status: 404, body: { message: '404 File Not Found' } }, { branch: 'main' }]],
  lookUp: [
    [{ ...gitlab, repositoryUrl, branch: 'main' }, []],
    [{ ...gitlab, repositoryUrl, branch: 'main' }, [{ status: 200, body: project }]],
    [
      { ...gitlab, repositoryUrl, branch: 'main' },
      [
        { status: 403, body: { error: 'insufficient_scope' } },
        { status: 404, body: { message: '404 File Not Found' } },
      ],
    ],
  ],
  listProjectsRequest: [[{ ...gitlab, search: 'x' }]],
  nextProjectsRequest: [[{ ...gitlab, link: '', requestUrl: `${baseUrl}api/v4/projects` }]],
  readProjects: [[{ status: 200, body: [project] }, { baseUrl }]],
  providerPayload: [[provider], [{ ...provider, type: 'gitlabEnterprise' }]],
  repositoryPayload: [[repository]],
  createProviderRequest: [[{ ...torque, ...provider }]],
  readProviderAnswer: [[{ status: 200, body: 'id-1' }], [{ status: 202, body: '' }]],
  connectRepositoryRequest: [[{ ...torque, ...repository, space: 'demo' }]],
  readRepositoryAnswer: [[{ status: 202, body: '' }]],
  listRepositoriesRequest: [[{ ...torque, space: 'demo' }]],
  readRepositories: [
    [
      {
        status: 200,
        body: [{ name: 'n', repository_url: repositoryUrl, branch: 'main', status: 'Connected', credential_name: 'c' }],
      },
    ],
  ],
  readPlanLines: [[`url,token\n${repositoryUrl},${token}\n`, { baseUrl, purpose: 'repository' }]],
  previewPlan: [
    [{ ...plan, method: { kind: 'provider', name: 'gitlab-1', baseUrl, token }, repositories: [planned] }],
    [{ ...plan, method: { kind: 'provider', baseUrl, existing: true } }],
    [{ ...plan, method: { kind: 'token_per_repository', baseUrl } }],
  ],
  toCurl: [
    [{ ...plan, method: { kind: 'provider', name: 'gitlab-1', baseUrl, token }, repositories: [planned] }],
    [{ ...plan, method: { kind: 'provider', baseUrl, existing: true } }],
    [{ ...plan, method: { kind: 'token_per_repository', baseUrl } }],
  ],
  toTerraform: [[{ ...plan, method: { kind: 'token_per_repository', baseUrl } }]],
  reportToCsv: [[report]],
};
