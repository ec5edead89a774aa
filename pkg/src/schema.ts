/**
 * The inputs as Standard Schemas (<https://standardschema.dev>), for form libraries and whatever else takes one. What is
 * fine and what is canonical is the core's to say.
 */

import { copyArguments } from './copy.js';
import type { Plan, ProviderInput, RepositoryInput, Result, Schema, SchemaResult } from './types.js';
import { callWith } from './wasm.js';

/** What `providerPayload` takes. */
export const providerSchema: Schema<ProviderInput> = {
  '~standard': { version: 1, vendor: 'torque-gitlab-connect', validate: (value) => validate('providerInput', value) },
};

/** What `repositoryPayload` takes; with a `baseUrl` the repository has to lie inside it. */
export const repositorySchema: Schema<RepositoryInput> = {
  '~standard': { version: 1, vendor: 'torque-gitlab-connect', validate: (value) => validate('repositoryInput', value) },
};

/** What `connect` takes: the plan is checked as a whole, as `connect` does before it sends anything. */
export const planSchema: Schema<Plan> = {
  '~standard': { version: 1, vendor: 'torque-gitlab-connect', validate: (value) => validate('planInput', value) },
};

/** A text as its check has it, and where it stands in the input. */
type CheckedText = [path: (string | number)[], text: string];

/** The standard wants all that went wrong as issues: a page that forbids WebAssembly, too. It has no warnings. */
function validate<T>(input: string, value: unknown): SchemaResult<T> {
  try {
    const copy = copyArguments([value]);
    const result = callWith<Result<CheckedText[]>>(input, copy);
    if (!result.ok) return { issues: result.issues.filter((issue) => issue.severity === 'error') };
    // JSON has null where the input had undefined, and only there: the core lets no other pass.
    const [canonical] = JSON.parse(copy.json, (_, part) => part ?? undefined);
    for (const [path, text] of result.value) put(canonical, path, text);
    return { value: canonical };
  } catch (error) {
    return { issues: [{ message: error instanceof Error ? error.message : String(error), path: [] }] };
  }
}

/** Replaces the text at a path; what the input does not have stays away. */
function put(value: object, [key = '', ...rest]: (string | number)[], text: string): void {
  if (rest.length > 0) put(Reflect.get(value, key), rest, text);
  else if (Object.hasOwn(value, key)) Reflect.set(value, key, text);
}
