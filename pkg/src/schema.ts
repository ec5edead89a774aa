/**
 * The inputs as Standard Schemas (<https://standardschema.dev>), for form libraries and whatever else takes one. What is
 * fine and what is canonical is the core's to say.
 */

import { type Copy, copy } from './copy.js';
import type { CheckedText, Issue, Result } from './wasm/validate.js';

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

/** Asks the core for the texts of an input that its check changes. */
type Texts = (copied: string | Copy) => Result<CheckedText[]>;

/** The schema of an input. */
export function schema<T>(texts: Texts): Schema<T> {
  return {
    '~standard': { version: 1, vendor: 'torque-gitlab-connect', validate: (value) => validate(texts, value) },
  };
}

/** The standard wants all that went wrong as issues: a page that forbids WebAssembly, too. It has no warnings. */
function validate<T>(texts: Texts, value: unknown): SchemaResult<T> {
  try {
    // Read once: what is checked is what is given back.
    const copied = copy(value);
    const result = texts(copied);
    if (!result.ok) return { issues: result.issues.filter((issue) => issue.severity === 'error') };
    const canonical = typeof copied === 'string' ? null : plainOf(copied);
    for (const [path, text] of result.value) put(canonical, path, text);
    return { value: canonical };
  } catch (error) {
    return { issues: [{ message: error instanceof Error ? error.message : String(error), path: [] }] };
  }
}

/** What was copied. JSON has null where the input had undefined, and only there: the core lets no other pass. */
function plainOf({ json, gaps }: Copy) {
  // To ask about each value takes several times as long, and nearly always there is none.
  return gaps === undefined ? JSON.parse(json) : JSON.parse(json, (_, part) => part ?? undefined);
}

/** Replaces the text at a path; what the input does not have stays away. */
function put(value: object, [key = '', ...rest]: (string | number)[], text: string): void {
  if (rest.length > 0) put(Reflect.get(value, key), rest, text);
  else if (Object.hasOwn(value, key)) Reflect.set(value, key, text);
}
