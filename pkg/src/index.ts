/**
 * Connect a self-managed GitLab to Quali Torque: everything is decided in the core (Rust, WebAssembly); these functions
 * take whatever they are given, never throw for bad input (`WasmBlockedError` apart) and answer with issues.
 */

import { core } from './full-core.js';
import { listCheck } from './list.js';
import { type Schema, schema } from './schema.js';
import { linesOfReport, type Plan, type ProviderInput, type Report, type RepositoryInput } from './wasm/core.js';

export { type ConnectOptions, connect } from './connect.js';
export { WasmBlockedError } from './core.js';
export { init } from './full-core.js';
export type { BatchResult, CheckRepositoryUrls } from './list.js';
export type { Schema, SchemaIssue, SchemaResult } from './schema.js';
export type {
  Accepted,
  AfterPage,
  AnswerEvent,
  AssessBranchOptions,
  Assessment,
  AssessProbeOptions,
  AssessProjectOptions,
  AssessTokenOptions,
  AtTime,
  BaseUrl,
  BranchInput,
  Checkpoint,
  CheckpointProvider,
  CheckpointRepository,
  CheckpointState,
  ConnectEvent,
  ConnectRepositoryInput,
  ConnectStep,
  Correction,
  CreateProviderInput,
  DeletionMark,
  ExistingProviderMethod,
  ExpiryRule,
  FailureEvent,
  FailureReason,
  ForPurpose,
  FoundBranch,
  GitLabInput,
  HttpAnswer,
  HttpRequest,
  InRepository,
  InSpace,
  InsideBase,
  InvalidLines,
  Issue,
  IssueCode,
  Issues,
  JobPolicy,
  ListedProject,
  ListProjectsInput,
  ListRepositoriesInput,
  LookUp,
  LookUpEnd,
  Method,
  MethodKeys,
  NextLookUp,
  NextProjectsInput,
  NextStep,
  OnAnyBranch,
  OnBranch,
  OnUnknown,
  Outcome,
  PartRange,
  Plan,
  PlanLines,
  PlannedRequest,
  PlanRepository,
  Policy,
  PortalUrl,
  ProbeInput,
  Project,
  ProjectInput,
  ProviderAnswer,
  ProviderDetails,
  ProviderEvent,
  ProviderInput,
  ProviderMethod,
  ProviderPayload,
  ProviderReport,
  Purpose,
  ReadPlanLinesOptions,
  ReadProjectsOptions,
  Refused,
  Report,
  RepositoryDetails,
  RepositoryEvent,
  RepositoryInput,
  RepositoryOutcome,
  RepositoryPayload,
  RepositoryReport,
  RepositoryUrl,
  RepositoryUrlParts,
  RequestEvent,
  Result,
  Scheme,
  ScopeReading,
  ScopesOptions,
  Search,
  SentRequest,
  Severity,
  StepOutcome,
  StrippedToken,
  TokenDetails,
  TokenKind,
  TokenLinks,
  TokenLinksOptions,
  TokenPerRepositoryMethod,
  TokenPolicy,
  TokenReport,
  TokenText,
  TorqueInput,
  UrlIssueCode,
  ValidLines,
  Verdict,
  WaitEvent,
} from './wasm/core.js';
export {
  assessBranch,
  assessProbe,
  assessProject,
  assessToken,
  branchRequest,
  checkBaseUrl,
  checkPortalUrl,
  checkRepositoryUrl,
  checkScopes,
  checkToken,
  connectRepositoryRequest,
  createProviderRequest,
  inspectTokenRequest,
  listProjectsRequest,
  listRepositoriesRequest,
  lookUp,
  nextProjectsRequest,
  previewPlan,
  probeRequest,
  projectRequest,
  providerPayload,
  readPlanLines,
  readProjects,
  readProviderAnswer,
  readRepositories,
  readRepositoryAnswer,
  readVersion,
  reportToCsv,
  repositoryPayload,
  stripToken,
  toCurl,
  tokenLinks,
  toTerraform,
  versionRequest,
} from './wasm/core.js';

/**
 * Checks a list of repository URLs, also a long one, in one go. It never fails for one of them: each has its verdict, and
 * `result(index)` says why.
 *
 * @example
 * ```ts
 * const checked = checkRepositoryUrls('https://gitlab.example.com/', urls);
 * if (checked.ok) console.log(checked.value.inside);
 * ```
 */
export const checkRepositoryUrls = listCheck(core);

/** What `providerPayload` takes. */
export const providerSchema: Schema<ProviderInput> = schema((input) =>
  core.call((glue) => glue.providerTexts, [input]),
);

/** What `repositoryPayload` takes; with a `baseUrl` the repository has to lie inside it. */
export const repositorySchema: Schema<RepositoryInput> = schema((input) =>
  core.call((glue) => glue.repositoryTexts, [input]),
);

/** What `connect` takes: the plan is checked as a whole, as `connect` does before it sends anything. */
export const planSchema: Schema<Plan> = schema((input) => core.call((glue) => glue.planTexts, [input]));

/**
 * The report in lines for a person: how the job ended, what is wrong with what and what to do, and where to go on. Without
 * secrets. Where it is no report, the lines say so.
 *
 * @example
 * ```ts
 * for (const line of reportLines(await connect(plan))) console.log(line);
 * ```
 */
export function reportLines(report: Report): string[] {
  const read = linesOfReport(report);
  return read.ok ? read.value : read.issues.map(({ message }) => message);
}
