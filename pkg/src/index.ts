/**
 * Connect a self-managed GitLab to Quali Torque: everything is decided in the core (Rust, WebAssembly); these functions
 * take whatever they are given, never throw for bad input (`WasmBlockedError` apart) and answer with issues.
 */

import { checkList } from './list.js';
import { checkUrl } from './repository-url.js';
import type {
  AssessBranchOptions,
  Assessment,
  AssessProbeOptions,
  AssessProjectOptions,
  AssessTokenOptions,
  BaseUrl,
  BatchResult,
  BranchInput,
  ConnectRepositoryInput,
  CreateProviderInput,
  FoundBranch,
  GitLabInput,
  HttpAnswer,
  HttpRequest,
  ListedProject,
  ListProjectsInput,
  ListRepositoriesInput,
  LookUp,
  NextProjectsInput,
  Plan,
  PlanLines,
  PlannedRequest,
  PortalUrl,
  ProbeInput,
  Project,
  ProjectInput,
  ProviderAnswer,
  ProviderInput,
  ProviderPayload,
  Purpose,
  ReadPlanLinesOptions,
  ReadProjectsOptions,
  Report,
  RepositoryDetails,
  RepositoryInput,
  RepositoryPayload,
  RepositoryUrl,
  Result,
  ScopesOptions,
  StrippedToken,
  TokenLinks,
  TokenLinksOptions,
  TokenText,
} from './types.js';
import { call } from './wasm.js';

export { connect } from './connect.js';
export { planSchema, providerSchema, repositorySchema } from './schema.js';
export type * from './types.js';
export { init, WasmBlockedError } from './wasm.js';

// --- addresses

/** Checks the address of Torque, or of a portal's own proxy in front of it. */
export function checkPortalUrl(portalUrl: string): Result<PortalUrl> {
  return call('checkPortalUrl', [portalUrl]);
}

/** Checks the address of a self-managed GitLab, as a repository provider stores it. */
export function checkBaseUrl(baseUrl: string): Result<BaseUrl> {
  return call('checkBaseUrl', [baseUrl]);
}

/** Checks the address of a repository and, with a base URL, that it lies inside it. */
export function checkRepositoryUrl(baseUrl: string | null, repositoryUrl: string): Result<RepositoryUrl> {
  return checkUrl(baseUrl, repositoryUrl);
}

/**
 * Checks a list of repository URLs, also a long one, in one go. It never fails for one of them: each has its verdict, and
 * `result(index)` says why.
 */
export function checkRepositoryUrls(baseUrl: string, repositoryUrls: readonly string[]): Result<BatchResult> {
  return checkList(baseUrl, repositoryUrls);
}

// --- tokens

/** Judges the text of a GitLab access token, without asking GitLab. */
export function checkToken(token: string, purpose: Purpose): Result<TokenText> {
  return call('checkToken', [token, purpose]);
}

/**
 * The token without what `token.pasted_header` and `token.quoted` found around it, for a user who accepts that. No issue
 * carries a token, so it is no suggestion; this is the one function that returns one.
 */
export function stripToken(token: string): Result<StrippedToken> {
  return call('stripToken', [token]);
}

/** Judges scopes alone, as somebody lists them. */
export function checkScopes(scopes: readonly string[], options: ScopesOptions): Assessment {
  return call('checkScopes', [scopes, options]);
}

/** Judges GitLab's answer to `inspectTokenRequest`. */
export function assessToken(answer: HttpAnswer, options: AssessTokenOptions): Assessment {
  return call('assessToken', [answer, options]);
}

/** The pages of a GitLab that make a token, with name and scopes filled in. */
export function tokenLinks(baseUrl: string, options: TokenLinksOptions): Result<TokenLinks> {
  return call('tokenLinks', [baseUrl, options]);
}

// --- GitLab: requests built, answers judged

/** Asks GitLab what it knows about the token itself; `assessToken` judges the answer. */
export function inspectTokenRequest(input: GitLabInput): Result<HttpRequest> {
  return call('inspectTokenRequest', [input]);
}

/** Asks for GitLab's version; `readVersion` reads the answer. */
export function versionRequest(input: GitLabInput): Result<HttpRequest> {
  return call('versionRequest', [input]);
}

/** Reads the answer to `versionRequest`: the version as GitLab writes it. */
export function readVersion(answer: HttpAnswer): Result<string> {
  return call('readVersion', [answer]);
}

/** Looks the project of a repository up; `assessProject` judges the answer. */
export function projectRequest(input: ProjectInput): Result<HttpRequest> {
  return call('projectRequest', [input]);
}

/** Judges the answer to `projectRequest`. */
export function assessProject(answer: HttpAnswer, options: AssessProjectOptions): Result<Project> {
  return call('assessProject', [answer, options]);
}

/** Looks a branch up; `assessBranch` judges the answer. */
export function branchRequest(input: BranchInput): Result<HttpRequest> {
  return call('branchRequest', [input]);
}

/** Judges the answer to `branchRequest`. */
export function assessBranch(answer: HttpAnswer, options: AssessBranchOptions): Result<FoundBranch> {
  return call('assessBranch', [answer, options]);
}

/** Asks for a file that need not exist: the look-up that `read_repository` alone may make; `assessProbe` judges the answer. */
export function probeRequest(input: ProbeInput): Result<HttpRequest> {
  return call('probeRequest', [input]);
}

/** Judges the answer to `probeRequest`: fine when the token can read the code. */
export function assessProbe(answer: HttpAnswer, options?: AssessProbeOptions): Result<null> {
  return call('assessProbe', [answer, options]);
}

/**
 * Looks a repository up, question after question: the project, where the token may not ask for that a file, and the branch
 * unless it is the default one; by the list of projects and the project's number where a proxy does not let its path through.
 * `answers` are those to the requests that this function gave before, in their order.
 */
export function lookUp(input: ProbeInput, answers: readonly HttpAnswer[]): Result<LookUp> {
  return call('lookUp', [input, answers]);
}

/** Asks for the first hundred projects of the token's owner; `readProjects` reads the answer. */
export function listProjectsRequest(input: ListProjectsInput): Result<HttpRequest> {
  return call('listProjectsRequest', [input]);
}

/**
 * The request for the page after the one that came with this `Link` header; `null` at the end of the list. Its address is
 * always below the base URL: of the link only GitLab's parameters for pages and filters are taken.
 */
export function nextProjectsRequest(input: NextProjectsInput): Result<HttpRequest | null> {
  return call('nextProjectsRequest', [input]);
}

/** Reads a page of projects. */
export function readProjects(answer: HttpAnswer, options: ReadProjectsOptions): Result<ListedProject[]> {
  return call('readProjects', [answer, options]);
}

// --- Torque: payloads, requests built, answers judged

/** The JSON that creates a repository provider. */
export function providerPayload(input: ProviderInput): Result<ProviderPayload> {
  return call('providerPayload', [input]);
}

/** The JSON that connects a repository to a space. */
export function repositoryPayload(input: RepositoryInput): Result<RepositoryPayload> {
  return call('repositoryPayload', [input]);
}

/** The request that creates a repository provider; `readProviderAnswer` reads the answer. */
export function createProviderRequest(input: CreateProviderInput): Result<HttpRequest> {
  return call('createProviderRequest', [input]);
}

/** Reads the answer to `createProviderRequest`. */
export function readProviderAnswer(answer: HttpAnswer): Result<ProviderAnswer> {
  return call('readProviderAnswer', [answer]);
}

/** The request that connects a repository; `readRepositoryAnswer` reads the answer. */
export function connectRepositoryRequest(input: ConnectRepositoryInput): Result<HttpRequest> {
  return call('connectRepositoryRequest', [input]);
}

/** Reads the answer to `connectRepositoryRequest`. An error is no proof: the space's list has the last word. */
export function readRepositoryAnswer(answer: HttpAnswer): Result<null> {
  return call('readRepositoryAnswer', [answer]);
}

/** The request for a space's repositories; `readRepositories` reads the answer. */
export function listRepositoriesRequest(input: ListRepositoriesInput): Result<HttpRequest> {
  return call('listRepositoriesRequest', [input]);
}

/** Reads the answer to `listRepositoriesRequest`. */
export function readRepositories(answer: HttpAnswer): Result<RepositoryDetails[]> {
  return call('readRepositories', [answer]);
}

// --- the whole job, before it is done and as text

/**
 * The requests that `connect` sends with this plan, in their order, when GitLab and Torque do what they are asked; with a mask in
 * the place of every token. What only an answer can tell is not in it: a default branch and the provider's id in a payload,
 * further look-ups of a branch or a file, a second try, a second look at the space's list, and that a job stops where nothing
 * could be proved.
 */
export function previewPlan(plan: Plan): Result<PlannedRequest[]> {
  return call('previewPlan', [plan]);
}

/**
 * Reads repositories out of a text: a URL in each line, or CSV whose header row names the columns `url`, `name`, `branch`,
 * `token`, `credentialName`, `agents`, `autoRegister`. Each row is checked; an issue says where by `line` and `column` and
 * never holds what stands there. Where some rows are wrong, `good` has the others, for a user who goes on without them;
 * `mayBeKept` tells whether the text may be stored until then.
 */
export function readPlanLines(text: string, options?: ReadPlanLinesOptions): PlanLines {
  return call('readPlanLines', [text, options]);
}

/**
 * The plan as a shell script of `curl` commands, to be read and then run. It holds no token: they come from the variables
 * `TORQUE_TOKEN` and `GITLAB_TOKEN` (`GITLAB_TOKEN_1`, `GITLAB_TOKEN_2` … where repositories have their own).
 */
export function toCurl(plan: Plan): Result<string> {
  return call('toCurl', [plan]);
}

/**
 * A plan with a token for each repository as Terraform configuration for Torque's provider; tokens become sensitive
 * variables. What Terraform cannot express is `export.not_expressible`.
 */
export function toTerraform(plan: Plan): Result<string> {
  return call('toTerraform', [plan]);
}

/** The report as CSV, safe to open in a spreadsheet. */
export function reportToCsv(report: Report): Result<string> {
  return call('reportToCsv', [report]);
}
