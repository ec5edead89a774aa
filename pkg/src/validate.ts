/**
 * Validates in code what somebody typed: addresses, tokens and the inputs of Torque's payloads. The small entry: all that is
 * here is in `torque-gitlab-connect`, too, with the same answers.
 */

import { listCheck } from './list.js';
import { type Schema, schema } from './schema.js';
import { core } from './validate-core.js';
import type { ProviderInput, RepositoryInput } from './wasm/validate.js';

export { WasmBlockedError } from './core.js';
export type { BatchResult, CheckRepositoryUrls } from './list.js';
export type { Schema, SchemaIssue, SchemaResult } from './schema.js';
export { init } from './validate-core.js';
export type {
  Accepted,
  Assessment,
  AssessTokenOptions,
  AtTime,
  BaseUrl,
  CreateProviderInput,
  ExpiryRule,
  ForPurpose,
  GitLabInput,
  HttpAnswer,
  HttpRequest,
  InsideBase,
  Issue,
  IssueCode,
  Issues,
  PartRange,
  PlanRepository,
  PortalUrl,
  ProviderAnswer,
  ProviderDetails,
  ProviderInput,
  ProviderPayload,
  Purpose,
  Refused,
  RepositoryInput,
  RepositoryPayload,
  RepositoryUrl,
  RepositoryUrlParts,
  Result,
  Scheme,
  ScopeReading,
  ScopesOptions,
  Severity,
  StrippedToken,
  TokenDetails,
  TokenKind,
  TokenLinks,
  TokenLinksOptions,
  TokenPolicy,
  TokenText,
  TorqueInput,
  UrlIssueCode,
  Verdict,
} from './wasm/validate.js';
export {
  assessToken,
  checkBaseUrl,
  checkPortalUrl,
  checkRepositoryUrl,
  checkScopes,
  checkToken,
  createProviderRequest,
  inspectTokenRequest,
  providerPayload,
  readProviderAnswer,
  repositoryPayload,
  stripToken,
  tokenLinks,
} from './wasm/validate.js';

/**
 * Checks a list of repository URLs, also a long one, in one go. It never fails for one of them: each has its verdict, and
 * `result(index)` says why.
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
