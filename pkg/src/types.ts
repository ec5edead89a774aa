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
export type Result<T> =
  | {
      /** Nothing stands against it. */
      ok: true;
      /** In canonical form. */
      value: T;
      /** Warnings. */
      issues: Issue[];
    }
  | {
      /** There is no value. */
      ok: false;
      /** At least one error, and warnings. */
      issues: Issue[];
    };

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
  /** Where the parts stand in `url`, for whoever shows what was compared. */
  parts: RepositoryUrlParts;
};

/** The verdicts on a list of repository URLs. */
export type BatchResult = {
  /** How many are inside. */
  inside: number;
  /** For each URL: 0 invalid, 1 outside, 2 inside. */
  verdicts: Uint8Array;
  /** The single check of one of them, by its index. */
  result(index: number): Result<RepositoryUrl>;
};

/** Where a part stands in a canonical URL: start and end, as for `slice`. */
export type PartRange = [start: number, end: number];

/** Where the parts stand in the canonical URL of a repository. */
export type RepositoryUrlParts = {
  /** `https`. */
  scheme: PartRange;
  /** `gitlab.example.com`. */
  host: PartRange;
  /** `8443`; `null` where it is the scheme's own. */
  port: PartRange | null;
  /** `/gitlab/`: the base's path with both slashes; `/` where the base has none or is not known. */
  basePath: PartRange;
  /** `group/subgroup`. */
  namespace: PartRange;
  /** `project`. */
  project: PartRange;
};

// --- tokens

/** What a token is for: one provider that serves many repositories, or a single repository. */
export type Purpose = 'provider' | 'repository';

/** What the text of a token tells by itself. */
export type TokenText = {
  /** What it looks like; `unknown` is no fault: prefixes can be configured. */
  kind: 'access_token' | 'oauth_access_token' | 'unknown';
  /** Safe to show: all of it hidden but a prefix that every such token has. */
  masked: string;
};

/** What `stripToken` answers. */
export type StrippedToken = {
  /** The token alone. */
  token: string;
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
  /** The date at whose beginning (UTC) it ends; `null` where it has no end or GitLab does not say. */
  expiresAt: string | null;
  /** Days until then, rounded up; zero or less when that has passed. */
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
  /** As in the policy by which the token will be judged. */
  requiredScopes?: readonly string[];
};

/** Where a user creates a token, with the form filled in. */
export type TokenLinks = {
  /** GitLab 18.9 and later. */
  current: string;
  /** GitLab 16.8 to 18.8. */
  before18_9: string;
  /** GitLab 16.7 and earlier. */
  before16_8: string;
};

// --- HTTP as data

/** A request, ready to be sent as it stands: `fetch(request.url, request)`. Its headers and body may hold a token. */
export type HttpRequest = {
  /** `GET` or `POST`. */
  method: string;
  /** Canonical, below the checked base or portal URL. */
  url: string;
  /** `Authorization` among them, where there is a token. */
  headers: Record<string, string>;
  /** JSON text; a `GET` has none. */
  body?: string;
  /** A redirect is an answer, never followed. */
  redirect: 'manual';
  /** Without a Torque token the portal's own session goes along (`same-origin`); else nothing but the token. */
  credentials: 'omit' | 'same-origin';
  /** No other server learns which page asked. */
  referrerPolicy: 'no-referrer';
  /** No answer is kept. */
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

/** Which GitLab is asked, with which token. */
export type GitLabInput = {
  /** Address of the GitLab. */
  baseUrl: string;
  /** GitLab access token. */
  token: string;
  /** Send the token over plain http, where it could be read on the way (this machine needs no permission); `false` by default. */
  allowHttp?: boolean;
};

/** Input of `projectRequest`. */
export type ProjectInput = GitLabInput & {
  /** Inside the base URL. */
  repositoryUrl: string;
};

/** Options of `assessProject`. */
export type AssessProjectOptions = {
  /** As in the request. */
  repositoryUrl: string;
  /** As in the request. */
  baseUrl?: string;
};

/** A project as GitLab knows it. */
export type Project = {
  /** GitLab's number for it; stays when it moves. */
  id: number;
  /** Its full path in GitLab's own spelling. */
  path: string;
  /** To be proposed as the branch; `null` where the repository is empty. */
  defaultBranch: string | null;
  /** `private`, `internal` or `public`. */
  visibility: string | null;
  /** Whether it is read-only. */
  archived: boolean;
  /** Whether there is nothing in it yet. */
  empty: boolean;
  /** There where GitLab is going to delete it. */
  markedForDeletion?: DeletionMark;
};

/** That a project, or a group that it lies in, is marked for deletion. */
export type DeletionMark = {
  /** The day of the mark, `2026-11-20`; `null` where GitLab does not tell it. When the deletion follows is a setting of the server. */
  on: string | null;
};

/** Input of `branchRequest`. */
export type BranchInput = ProjectInput & {
  /** Name of the branch. */
  branch: string;
};

/** Options of `assessBranch`. */
export type AssessBranchOptions = {
  /** As in the request. */
  branch: string;
};

/** A branch that exists. */
export type FoundBranch = {
  /** Its name. */
  name: string;
  /** Whether it is the project's default branch. */
  default: boolean;
};

/** Input of `probeRequest`. */
export type ProbeInput = ProjectInput & {
  /** The default branch where it is left out. */
  branch?: string;
};

/** Options of `assessProbe`. */
export type AssessProbeOptions = {
  /** As in the request. */
  branch?: string;
};

/** Where a look-up stands: the next question, or all that is known. */
export type LookUp =
  | {
      /** To be sent next. */
      request: HttpRequest;
    }
  | {
      /** Nothing is left to ask. */
      request?: never;
      /** Whether the token can read the code; else nothing proves or disproves it, and the warnings say what to try next. */
      proved: boolean;
      /** `null` where the token may not ask for the project. */
      project: Project | null;
    };

/** Input of `listProjectsRequest`. */
export type ListProjectsInput = GitLabInput & {
  /** Only names and paths that contain this. */
  search?: string;
};

/** Input of `nextProjectsRequest`. */
export type NextProjectsInput = GitLabInput & {
  /** The `Link` header of the page before; empty where there was none. */
  link: string;
  /** The URL of the request that it came for. With it, a link that does not lead on from there is told. */
  requestUrl?: string;
};

/** Options of `readProjects`. */
export type ReadProjectsOptions = {
  /** As in the request. */
  baseUrl: string;
};

/** A project that may be picked. */
export type ListedProject = {
  /** GitLab's number for it. */
  id: number;
  /** Its full path. */
  path: string;
  /** The URL of its repository, below the base URL. */
  url: string;
  /** To be proposed as the branch. */
  defaultBranch: string | null;
  /** There where GitLab is going to delete it: older versions list such projects, too. */
  markedForDeletion?: DeletionMark;
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
  /** Display name of the provider in Torque. */
  name: string;
  /** Torque's word for a self-managed GitLab. */
  type: 'gitLabEnterprise';
  /** How Torque gets at the GitLab. */
  details: {
    /** GitLab access token. */
    token: string;
    /** Address of the GitLab; ends in `/`. */
    base_url: string;
  };
  /** Always empty: repositories are connected one by one. */
  repos: never[];
};

/** Input of `repositoryPayload`: a repository, as a plan has it. */
export type RepositoryInput = PlanRepository & {
  /** The provider's base URL; the repository must lie inside it. */
  baseUrl?: string;
};

/** The JSON that connects a repository to a space. May hold the token. */
export type RepositoryPayload = {
  /** Name in the space. */
  repository_name: string;
  /** Canonical, without `.git`. */
  repository_url: string;
  /** The repository's own token; `null` where a provider or a stored credential serves. */
  token: string | null;
  /** Left out when unknown. */
  branch?: string;
  /** Name of the stored credential to make (with `token`) or to use (without). */
  credential_name?: string;
  /** Whether no agent was named. */
  use_all_agents: boolean;
  /** Names of the agents that reach the GitLab. */
  agents?: string[];
  /** Register the repository's environments-as-code files by themselves. */
  eac_auto_registration: boolean;
  /** Torque's id of the provider; only with `sendProviderId`. */
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
export type ConnectRepositoryInput = TorqueInput &
  RepositoryInput & {
    /** Name of the space. */
    space: string;
  };

/** Input of `listRepositoriesRequest`. */
export type ListRepositoriesInput = TorqueInput & {
  /** Name of the space. */
  space: string;
};

/** What Torque answers to a new provider. */
export type ProviderAnswer = {
  /** Torque's id of it, where the answer tells. */
  id: string | null;
};

/** A repository as the space lists it. */
export type RepositoryDetails = {
  /** Name in the space. */
  name: string;
  /** As Torque stores it; `null` where it does not say. */
  url: string | null;
  /** The branch that Torque reads; `null` where it does not say. */
  branch: string | null;
  /** Name of the stored credential; `null` where there is none. */
  credentialName: string | null;
  /** Torque's own word: `Syncing`, `Connected`, … */
  status: string | null;
  /** What Torque says went wrong. */
  errors: string[];
};

// --- schemas

/** A Standard Schema, version 1 (`StandardSchemaV1` of `@standard-schema/spec`). Its `validate` never throws. */
export type Schema<T> = {
  /** Where the standard looks. */
  readonly '~standard': {
    /** Of the standard. */
    readonly version: 1;
    /** `torque-gitlab-connect`. */
    readonly vendor: string;
    /** Judges any value. */
    readonly validate: (value: unknown) => SchemaResult<T>;
    /** For TypeScript alone: there is no such property at run time. */
    readonly types?: {
      /** What a form has to give. */
      readonly input: T;
      /** What `validate` makes of it. */
      readonly output: T;
    };
  };
};

/** What `validate` answers: the input with canonical URLs, names and tokens without blanks around them, or the errors. */
export type SchemaResult<T> =
  | {
      /** What was given, in canonical form. */
      readonly value: T;
      /** None: a warning stops nothing. */
      readonly issues?: undefined;
    }
  | {
      /** Every error, each with its path. */
      readonly issues: readonly SchemaIssue[];
    };

/** An `Issue`; of a page that forbids WebAssembly only the text. */
export type SchemaIssue = Pick<Issue, 'message' | 'path'> & Partial<Issue>;

// --- the whole job

/** How Torque gets at the repositories. */
export type Method =
  | {
      /** One token, stored with a new provider, for all repositories below its base URL. */
      kind: 'provider';
      /** Display name of the provider in Torque. */
      name: string;
      /** Address of the GitLab; every repository lies below it. */
      baseUrl: string;
      /** May be missing in a plan for `previewPlan` and for the exports. */
      token?: string;
    }
  | {
      /** A provider that was made earlier: no request is sent for it. */
      kind: 'provider';
      /** Address of the GitLab, as the provider has it. */
      baseUrl: string;
      /** It is there already. */
      existing: true;
    }
  | {
      /** Each repository brings its own token. */
      kind: 'token_per_repository';
      /** Without it GitLab is not asked and each repository is told so. */
      baseUrl?: string;
    };

/** A repository, in a plan, alone or in a row of a table. */
export type PlanRepository = {
  /** Address of the repository. */
  url: string;
  /** Name in the space; by default the project's. */
  name?: string;
  /** Left out when unknown. */
  branch?: string;
  /** The repository's own GitLab token, with `token_per_repository`. May be missing in a plan for `previewPlan` and the exports. */
  token?: string;
  /** Name of the stored credential to make (with `token`) or to use (without). */
  credentialName?: string;
  /** Names of the agents that reach the GitLab; all agents by default. */
  agents?: readonly string[];
  /** Register the repository's environments-as-code files by themselves. */
  autoRegister?: boolean;
};

/** The options of `readPlanLines`. */
export type ReadPlanLinesOptions = {
  /** Where every repository must lie. */
  baseUrl?: string;
  /** With `repository` each row needs a token of its own or a stored credential. */
  purpose?: Purpose;
};

/**
 * What `readPlanLines` answers, which is also a `Result<PlanRepository[]>`. In each issue `params` has the `line` and, where
 * it is about one cell, the `column`, both counted from 1. Its `path` is `['text', row, key]`: rows are counted from 0, without
 * the header row and empty lines, and what is wrong with the header row itself has `['text', 0, 'header']`.
 */
export type PlanLines =
  | {
      /** No row has an error. */
      ok: true;
      /** Every row, with canonical URLs and with its token, where it has one. */
      value: PlanRepository[];
      /** Warnings. */
      issues: Issue[];
      /** Whether the text may be stored where others could read it: addresses alone, one in each line, and no secret in them. */
      mayBeKept: boolean;
    }
  | {
      /** Some row has an error, or the text is no table. */
      ok: false;
      /** Errors and warnings. */
      issues: Issue[];
      /** The rows about which no error is told: what is left if the user goes on without the others. */
      good: PlanRepository[];
      /** Whether the text may be stored where others could read it: addresses alone, one in each line, and no secret in them. */
      mayBeKept: boolean;
    };

/** How the job is done. */
export type Policy = TokenPolicy & {
  /** Ask GitLab about tokens and projects first; `true` by default. */
  inspect?: boolean;
  /** What to do where nothing could be proved: `stop` (default) or `continue`. */
  onUnknown?: 'stop' | 'continue';
  /** Ask GitLab also over plain http, where a token could be read on the way (this machine needs no permission). */
  allowHttp?: boolean;
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
  /** Address of Torque, or of the portal's proxy in front of it. */
  portalUrl: string;
  /** Torque API token; without it no `Authorization` header is sent (the portal's proxy or `fetch` adds it). */
  torqueToken?: string;
  /** Name of the space. */
  space: string;
  /** How Torque gets at the repositories. */
  method: Method;
  /** May be empty with a new provider. */
  repositories: readonly PlanRepository[];
  /** How the job is done. */
  policy?: Policy;
  /** Where the user's browser finds Torque, when `portalUrl` is a proxy. */
  publicPortalUrl?: string;
};

/** What a request is for: GitLab is asked (token, project, branch, probe), Torque is told or asked (the others). */
export type ConnectStep = 'token' | 'project' | 'branch' | 'probe' | 'provider' | 'repository' | 'list';

/** A request that `connect` would send, but for the tokens: in the place of each stands `glpat-…` or `…`. */
export type PlannedRequest = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'> & {
  /** What it is for. */
  step: ConnectStep;
  /** Index in the plan, where it is about one repository. */
  repository?: number;
};

/** A `POST` that went out. */
export type SentRequest = {
  /** When, in milliseconds since 1970. */
  at: number;
  /** The status that came back; `null` where no answer came. */
  status: number | null;
};

/** What became of the provider. */
export type ProviderReport = {
  /** `done`: made; `exists`: the plan says that it was made earlier; `unknown`: the answer was lost. */
  outcome: 'done' | 'exists' | 'skipped' | 'failed' | 'unknown' | 'aborted';
  /** Display name; `null` where the provider was made earlier. */
  name: string | null;
  /** Where its repositories lie. */
  baseUrl: string;
  /** Torque's id of it, where an answer told one. */
  id: string | null;
  /** Why it is so, and what to do. */
  issues: Issue[];
  /** What was sent for it. */
  sent: SentRequest[];
};

/** What is known of one token of the plan. */
export type TokenReport = Assessment & {
  /** What it is for. */
  purpose: Purpose;
  /** Indices of the repositories that use it. */
  repositories: number[];
};

/** What became of one repository of the plan. */
export type RepositoryReport = {
  /** Index in the plan. */
  index: number;
  /** Name in the space. */
  name: string;
  /** Canonical URL. */
  url: string;
  /** The branch that Torque was told to read. */
  branch: string | null;
  /**
   * `syncing`: Torque has taken it and was not done when it was last seen; `unknown`: the answer was lost, or says that the space
   * has one of this name or URL, and the space's list does not show it.
   */
  outcome: 'connected' | 'syncing' | 'failed' | 'unknown' | 'not_started';
  /** Torque's own word, where it said one. */
  status: string | null;
  /** Why it is so, and what to do. */
  issues: Issue[];
  /** What was sent to Torque for it. */
  sent: SentRequest[];
};

/** What `connect` did, truthfully, also when it was aborted. Holds no secret. */
export type Report = {
  /**
   * `partial`: Torque has taken some repositories; `failed`: none, and that is certain; `unknown`: an answer was lost;
   * `invalid`: the plan did not pass its check and nothing was sent.
   */
  outcome: 'connected' | 'partial' | 'failed' | 'unknown' | 'aborted' | 'invalid';
  /** About the plan as a whole. */
  issues: Issue[];
  /** `null` where the plan has none. */
  provider: ProviderReport | null;
  /** What GitLab told about each token. */
  tokens: TokenReport[];
  /** In the plan's order; empty for an invalid plan. */
  repositories: RepositoryReport[];
  /** Where to go on: Torque, and the menu path where assets are discovered. `null` where nothing was taken. */
  next: {
    /** Torque, as the user's browser finds it. */
    url: string;
    /** The way through its menu. */
    menu: string[];
  } | null;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Milliseconds since 1970. */
  finishedAt: number;
};

/** What `connect` tells while it works. Holds no secret. */
export type ConnectEvent =
  | {
      /** A request goes out. */
      type: 'request';
      /** Of this request; what comes of it carries the same. */
      id: number;
      /** What it is for. */
      step: ConnectStep;
      /** Index in the plan, where it is about one repository. */
      repository?: number;
      /** `GET` or `POST`. */
      method: string;
      /** Holds no token. */
      url: string;
    }
  | {
      /** An answer came. */
      type: 'answer';
      /** Of the request. */
      id: number;
      /** What the request was for. */
      step: ConnectStep;
      /** Index in the plan, where it is about one repository. */
      repository?: number;
      /** HTTP status; `0` for a redirect that the browser hides. */
      status: number;
    }
  | {
      /** No answer came. */
      type: 'failure';
      /** Of the request. */
      id: number;
      /** What the request was for. */
      step: ConnectStep;
      /** Index in the plan, where it is about one repository. */
      repository?: number;
      /** `network`: unreachable, or refused by CORS or the page's policy; a browser does not tell which. */
      reason: 'network' | 'timeout';
    }
  | {
      /** Nothing goes out before this time has passed. */
      type: 'wait';
      /** Milliseconds. */
      ms: number;
    }
  | {
      /** Something is known now about a repository. */
      type: 'repository';
      /** Index in the plan. */
      repository: number;
      /** What became of it so far. */
      outcome: RepositoryReport['outcome'];
      /** Torque's own word, where it said one. */
      status: string | null;
    };

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
  /**
   * Awaited before each POST, with what `resume` needs after a crash; if it fails, nothing is sent and the job ends. Awaited
   * once more at the end, with what Torque answered.
   */
  onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
  /**
   * Goes on from the last checkpoint of the same plan. What Torque refused is tried again; nothing else is repeated. Tokens and
   * policy may be others.
   */
  resume?: Checkpoint;
};

/** Where a job stood just before a POST, or at its end. JSON without secrets: keep it wherever you like, as it is. */
export type Checkpoint = {
  /** Of this form; a checkpoint of another version is refused. */
  version: number;
  /** Fingerprint of the plan. */
  plan: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** The provider, once it was sent. */
  provider?: {
    /** What is known of it. */
    state: CheckpointState;
    /** Torque's id of it, where an answer told one. */
    id: string | null;
    /** What was sent for it. */
    sent: SentRequest[];
  };
  /** Those for which something was sent. */
  repositories: {
    /** In the plan. */
    index: number;
    /** What is known of it. */
    state: CheckpointState;
    /** How many answers were lost. */
    lost: number;
    /** What was sent to Torque for it. */
    sent: SentRequest[];
  }[];
  /** For you to add where the report says that nobody knows whether the provider was made: whether Torque has it. */
  providerCreated?: boolean;
};

/** What is known of something that was sent. */
export type CheckpointState = 'done' | 'unknown' | 'refused';
