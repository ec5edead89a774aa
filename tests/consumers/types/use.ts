// What a TypeScript user writes, and what the compiler must refuse.

import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  type Assessment,
  assessToken,
  type BatchResult,
  checkRepositoryUrl,
  checkRepositoryUrls,
  connect,
  type HttpRequest,
  type Issue,
  type IssueCode,
  inspectTokenRequest,
  type Method,
  type Plan,
  type ProviderInput,
  planSchema,
  providerSchema,
  type Report,
  type RepositoryInput,
  type RepositoryUrl,
  type Result,
  repositorySchema,
  WasmBlockedError,
} from 'torque-gitlab-connect';
import { type EntriesWithTokens, TorqueGitlabConnectElement } from 'torque-gitlab-connect/element';
import 'torque-gitlab-connect/element/define';
import * as validate from 'torque-gitlab-connect/validate';

/** A result is narrowed by `ok`. */
export function urlOf(typed: string): string {
  const result: Result<RepositoryUrl> = checkRepositoryUrl(null, typed);
  // @ts-expect-error: there may be no value
  result.value;
  return result.ok ? result.value.url : result.issues.map((issue: Issue) => issue.message).join();
}

/** Codes are a union: a misspelled one is found when it is compiled. */
export function isOutside(issue: Issue): boolean {
  // @ts-expect-error: no such code
  if (issue.code === 'repository_url.out_of_base_url') return false;
  return issue.code === ('repository_url.outside_base_url' satisfies IssueCode);
}

export const inside = (list: BatchResult): number => list.verdicts.filter((verdict) => verdict === 2).length;
export const batch: Result<BatchResult> = checkRepositoryUrls('https://h.example', ['https://h.example/a/b'] as const);

/** A request is what `fetch` takes. */
export async function ask(baseUrl: string, token: string): Promise<Assessment> {
  const request: Result<HttpRequest> = inspectTokenRequest({ baseUrl, token });
  if (!request.ok) throw new Error();
  const response = await fetch(request.value.url, request.value);
  const answer = { status: response.status, body: await response.json() };
  return assessToken(answer, { purpose: 'provider', now: Date.now() });
}

/** Methods cannot be mixed up. */
export const methods: Method[] = [
  { kind: 'provider', name: 'gitlab-1', baseUrl: 'https://h.example', token: 't' },
  { kind: 'provider', baseUrl: 'https://h.example', existing: true },
  { kind: 'token_per_repository' },
  // @ts-expect-error: neither a name nor `existing`
  { kind: 'provider', baseUrl: 'https://h.example' },
];

export const plan: Plan = {
  portalUrl: 'https://portal.qtorque.io',
  space: 'demo',
  method: { kind: 'token_per_repository' },
  repositories: [{ url: 'https://h.example/a/b', token: 't' }],
  policy: { onUnknown: 'continue', requiredScopes: ['read_repository'] },
};

export async function run(signal: AbortSignal): Promise<Report | 'blocked'> {
  try {
    return await connect(plan, {
      signal,
      concurrency: 2,
      onEvent: (event) => {
        if (event.type === 'request') console.log(event.method, event.url);
        // @ts-expect-error: only a request has a URL
        else console.log(event.url);
      },
      onCheckpoint: async (checkpoint) => console.log(JSON.stringify(checkpoint)),
    });
  } catch (error) {
    if (error instanceof WasmBlockedError && error.code === 'runtime.wasm_blocked') return 'blocked';
    throw error;
  }
}

/** The schemas are what the standard's own types say. */
export const schemas = [providerSchema, repositorySchema, planSchema] satisfies StandardSchemaV1[];
export const provider: StandardSchemaV1<ProviderInput> = providerSchema;
export const repository: StandardSchemaV1<RepositoryInput> = repositorySchema;
type Output = StandardSchemaV1.InferOutput<typeof planSchema>;
export const canonical: Output = plan;
// @ts-expect-error: a plan has a space
export const lacking: Output = { ...plan, space: undefined };

/** The element, with its own properties, and by its tag. */
export function fill(entries: EntriesWithTokens): void {
  const element = document.querySelector('torque-gitlab-connect');
  if (element instanceof TorqueGitlabConnectElement) element.fill(entries);
  element?.fill(entries);
}

/** The small entry has the same types. */
export const small: Result<RepositoryUrl> = validate.checkRepositoryUrl(null, 'https://gitlab.example.com/a/b');
// @ts-expect-error: more than validation is in the root alone
validate.connect;
