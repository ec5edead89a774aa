/**
 * Every type of the package. What a field means is decided in Rust; here it only gets its name for TypeScript.
 */

import type { IssueCode } from './issue-codes.js';

export type { IssueCode } from './issue-codes.js';

/** One thing that is wrong or worth knowing: where it is, what it is, and what would be right. */
export type Issue = {
  /** What is wrong, `subject.what`. The contract: programs and translations rely on it. */
  code: IssueCode;
  /** An error stops the value, a warning does not. */
  severity: 'error' | 'warning';
  /** Where: the name of the parameter or the keys of the object, and the index in a list. */
  path: (string | number)[];
  /** English text for people; may be replaced per code. */
  message: string;
  /** The details that the message names. */
  params?: Record<string, string | number>;
  /** A value that would pass, offered and never applied silently. */
  suggestion?: string;
};

/** What a check answers: the canonical value with its warnings, or the issues that stand against it. */
export type Result<T> = { ok: true; value: T; issues: Issue[] } | { ok: false; issues: Issue[] };

// --- addresses

/** The address of Torque, or of the portal's own proxy in front of it. */
export type PortalUrl = {
  /** Canonical; ends in `/`. */
  url: string;
};

/** The address of a self-managed GitLab, as a repository provider wants it. */
export type BaseUrl = {
  /** Canonical; ends in `/`. */
  url: string;
  /** `https` or `http`. */
  scheme: string;
  /** Lower case, as in the URL. */
  host: string;
  /** The effective port, also where the URL does not write it. */
  port: number;
  /** `/`, or the relative URL root with `/` at both ends. */
  path: string;
};

/** A repository, found inside its base URL where there is one. */
export type RepositoryUrl = {
  /** Canonical, without `.git` and without `/` at the end. */
  url: string;
  /** Namespace and project below the base URL: `group/subgroup/project`. */
  path: string;
  /** `group/subgroup`. */
  namespace: string;
  /** The last segment of the path. */
  project: string;
  /** The parts of the URL, for who shows what was compared. */
  parts: {
    /** `https` or `http`. */
    scheme: string;
    /** Lower case, as in the URL. */
    host: string;
    /** The effective port. */
    port: number;
    /** The path's segments, those of the base URL included. */
    segments: string[];
  };
};

// --- tokens

/** What a token is for: one provider that serves many repositories, or a single repository. */
export type Purpose = 'provider' | 'repository';

/** What the text of a token tells by itself. */
export type TokenText = {
  /** What it looks like; `unknown` is no fault: prefixes can be configured. */
  kind: string;
  /** Safe to show. */
  masked: string;
};

/** What is asked of a token. */
export type TokenPolicy = {
  /** `effective` (default): a wider scope contains a narrower one. `literal`: the names themselves must be listed. */
  scopes?: 'effective' | 'literal';
  /** Whether a provider's token may expire: `forbid` (default) makes an expiry an error, `warn` a warning. */
  expiry?: 'forbid' | 'warn';
  /** The scopes that are needed, in place of the default for the purpose. */
  requiredScopes?: readonly string[];
};

/** The options of `checkScopes`. */
export type ScopesOptions = TokenPolicy & {
  /** What the token is for. */
  purpose: Purpose;
};

/** The options of `assessToken`. */
export type AssessTokenOptions = ScopesOptions & {
  /** The present moment: milliseconds since 1970, or RFC 3339. */
  now: number | string;
};

/** What GitLab told about a token. */
export type TokenDetails = {
  /** The name that its owner gave it. */
  name: string;
  /** As GitLab lists them. */
  scopes: string[];
  /** A date, or `null` where it never expires. */
  expiresAt: string | null;
  /** Days until then, rounded up; `null` where it never expires. */
  daysLeft: number | null;
};

/** A judgement that knows three answers: `unknown` means that nothing could be proved, the user may go on knowingly. */
export type Assessment = {
  /** Whether the token will do. */
  verdict: 'ok' | 'reject' | 'unknown';
  /** Why, and what else is worth knowing. */
  issues: Issue[];
  /** What GitLab told, where it did. */
  token?: TokenDetails;
};

/** The options of `tokenLinks`. */
export type TokenLinksOptions = {
  /** What the token is for; decides the scopes that the form proposes. */
  purpose: Purpose;
  /** The name that the form proposes. */
  name?: string;
};

/** Where a user makes a token, with the form filled in. */
export type TokenLinks = {
  /** GitLab 18.9 and later. */
  current: string;
  /** GitLab up to 18.8. */
  before18_9: string;
};

// --- HTTP as data

/** A request, ready to be sent as it stands: `fetch(request.url, request)`. Its headers and body may hold a token. */
export type HttpRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** A redirect is an answer, never followed. */
  redirect: 'manual';
  credentials: 'omit' | 'same-origin';
  referrerPolicy: 'no-referrer';
  cache: 'no-store';
};

/** What came back for a request. */
export type HttpAnswer = {
  /** HTTP status; `0` for a redirect that the browser hides. */
  status: number;
  /** Parsed JSON, else the text. */
  body: unknown;
};

// --- GitLab

/** Input of `inspectTokenRequest`. */
export type InspectTokenInput = {
  baseUrl: string;
  token: string;
};

/** Input of `projectRequest`. */
export type ProjectInput = {
  baseUrl: string;
  repositoryUrl: string;
  token: string;
};

/** A project as GitLab describes it. */
export type Project = {
  /** GitLab's own number of it. */
  id: number;
  /** `group/subgroup/project`, in GitLab's own case. */
  path: string;
  /** `null` where the token may not read code, or where there is none. */
  defaultBranch: string | null;
};

// --- Torque

/** Input of `providerPayload`. */
export type ProviderInput = {
  /** Display name of the provider in Torque. */
  name: string;
  /** Either spelling is accepted; `gitLabEnterprise` goes on the wire. */
  type?: 'gitLabEnterprise' | 'gitlabEnterprise';
  /** Address of the GitLab. */
  baseUrl: string;
  /** GitLab access token. */
  token: string;
};

/** The JSON that creates a repository provider. Holds the token. */
export type ProviderPayload = {
  name: string;
  type: 'gitLabEnterprise';
  details: { token: string; base_url: string };
  repos: never[];
};

/** Input of `repositoryPayload`. */
export type RepositoryInput = {
  /** Address of the repository. */
  repositoryUrl: string;
  /** The provider's base URL; the repository must lie inside it. */
  baseUrl?: string;
  /** Name in the space; by default the project's. */
  repositoryName?: string;
  /** Left out when unknown. */
  branch?: string;
  /** The repository's own GitLab token; with a provider there is none. */
  token?: string;
  /** Name of the stored credential to make (with `token`) or to use (without). */
  credentialName?: string;
  /** Names of the agents that reach the GitLab; all agents by default. */
  agents?: readonly string[];
  /** Register the repository's environments-as-code files by themselves. */
  autoRegister?: boolean;
};

/** The JSON that connects a repository to a space. May hold the token. */
export type RepositoryPayload = {
  repository_name: string;
  repository_url: string;
  token: string | null;
  branch?: string;
  credential_name?: string;
  use_all_agents: boolean;
  agents?: string[];
  eac_auto_registration: boolean;
  provider_id?: string;
};

/** Where Torque is and how it is asked. */
export type TorqueInput = {
  /** Address of Torque, or of the portal's proxy in front of it. */
  portalUrl: string;
  /** Torque API token; without it no `Authorization` header is sent (the portal's proxy adds it). */
  torqueToken?: string;
};

/** Input of `createProviderRequest`. */
export type CreateProviderInput = TorqueInput & ProviderInput;

/** Input of `connectRepositoryRequest`. */
export type ConnectRepositoryInput = TorqueInput & RepositoryInput & { /** Name of the space. */ space: string };

/** Input of `listRepositoriesRequest`. */
export type ListRepositoriesInput = TorqueInput & { /** Name of the space. */ space: string };

/** What Torque answers to a new provider. */
export type ProviderAnswer = { /** Torque's id of it, where the answer tells. */ id: string | null };

/** A repository as the space lists it. */
export type RepositoryDetails = {
  name: string;
  url: string | null;
  branch: string | null;
  credentialName: string | null;
  /** Torque's own word: `Syncing`, `Connected`, … */
  status: string | null;
  /** What Torque says went wrong. */
  errors: string[];
};

// --- the whole job

/** How Torque gets at the repositories. */
export type Method =
  | {
      /** One token, stored with a new provider, for all repositories below its base URL. */
      kind: 'provider';
      /** Display name of the provider in Torque. */
      name: string;
      baseUrl: string;
      /** May be missing in a plan for `toCurl`. */
      token?: string;
    }
  | {
      /** A provider that was made earlier: no request is sent for it. */
      kind: 'provider';
      baseUrl: string;
      existing: true;
    }
  | {
      /** Each repository brings its own token. */
      kind: 'token_per_repository';
      /** Without it GitLab is not asked and each repository is told so. */
      baseUrl?: string;
    };

/** One repository of a plan. */
export type PlanRepository = {
  url: string;
  /** Name in the space; by default the project's. */
  name?: string;
  /** Left out when unknown. */
  branch?: string;
  /** With `token_per_repository`. May be missing in a plan for `toCurl`. */
  token?: string;
  credentialName?: string;
  agents?: readonly string[];
  autoRegister?: boolean;
};

/** How the job is done. */
export type Policy = TokenPolicy & {
  /** Ask GitLab about tokens and projects first; `true` by default. */
  inspect?: boolean;
  /** What to do where nothing could be proved: `stop` (default) or `continue`. */
  onUnknown?: 'stop' | 'continue';
  /** Send the token to a GitLab with plain http (loopback hosts need no permission). */
  allowHttpProbe?: boolean;
  /** Send the new provider's id with each repository. */
  sendProviderId?: boolean;
  /** Pause between two looks at the space's list. */
  pollMs?: number;
  /** How long a repository may sync. */
  syncTimeoutMs?: number;
  /** How long one request may take. */
  requestTimeoutMs?: number;
  /** Of the jitter in pauses; chosen by chance when left out. */
  seed?: number;
};

/** Everything that `connect` is to do. */
export type Plan = {
  portalUrl: string;
  torqueToken?: string;
  /** Name of the space. */
  space: string;
  method: Method;
  /** May be empty with a new provider. */
  repositories: readonly PlanRepository[];
  policy?: Policy;
  /** Where the user's browser finds Torque, when `portalUrl` is a proxy. */
  publicPortalUrl?: string;
};

/** Where a secret-free report says that a step ended. */
export type StepOutcome = 'done' | 'exists' | 'skipped' | 'failed' | 'unknown' | 'aborted';

/** What became of one repository of the plan, in the plan's order. */
export type RepositoryReport = {
  /** Index in the plan. */
  index: number;
  /** Name in the space. */
  name: string;
  /** Canonical URL. */
  url: string;
  outcome: 'connected' | 'syncing' | 'failed' | 'unknown' | 'not_started';
  /** Torque's own word, where it said one. */
  status: string | null;
  issues: Issue[];
};

/** What `connect` did, truthfully, also when it was aborted. Holds no secret. */
export type Report = {
  /** `invalid`: the plan did not pass and nothing was sent. */
  outcome: 'connected' | 'partial' | 'failed' | 'unknown' | 'aborted' | 'invalid';
  /** About the plan as a whole. */
  issues: Issue[];
  /** `null` where the plan makes no provider. */
  provider: { outcome: StepOutcome; id: string | null; issues: Issue[] } | null;
  repositories: RepositoryReport[];
  /** Where to go on: the page in Torque and the menu path where assets are discovered. */
  next: { url: string; menu: string[] } | null;
};

/** What `connect` tells while it works. Holds no secret. */
export type ConnectEvent =
  | {
      type: 'request';
      /** Of this request; its `answer` or `failure` carries the same. */
      id: number;
      /** What the request is for. */
      step: string;
      /** Index in the plan, where the request is about one repository. */
      repository?: number;
      method: string;
      url: string;
    }
  | { type: 'answer'; id: number; step: string; repository?: number; status: number }
  | { type: 'failure'; id: number; step: string; repository?: number; reason: 'network' | 'timeout' }
  | { type: 'wait'; ms: number }
  | { type: 'repository'; repository: number; outcome: RepositoryReport['outcome']; status: string | null };

/** The options of `connect`. */
export type ConnectOptions = {
  /** In place of the platform's. */
  fetch?: typeof fetch;
  /** Ends the job early; the report tells how far it came. */
  signal?: AbortSignal;
  /** How many requests may be under way at once; 4 by default. */
  concurrency?: number;
  /** Is told what happens. */
  onEvent?: (event: ConnectEvent) => void;
};
