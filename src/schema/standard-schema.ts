import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";

/**
 * A schema of any library that keeps to Standard Schema, version 1 (https://standardschema.dev): zod, valibot, arktype and others.
 * Only the part that is used here.
 */
export interface StandardSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** What a schema answers: the accepted value, or what is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One failure, as a Standard Schema library reports it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What one check of one record came to. */
export type Answer<Output> = StandardResult<Output> | { readonly thrown: unknown };

/** zod and valibot leave such a field out without a word, so that it cannot become the prototype of their result. */
const RESERVED_NAME = {
  issues: [
    {
      message: "reserved name",
      path: ["__proto__"],
      expected: "never",
      params: { rule: "reservedName", expected: "under another name: __proto__ is reserved in JavaScript" },
    },
  ],
} as const;

/**
 * The schema's check as a plain function, which never throws for a record's sake.
 *
 * @throws ClienteleError `invalidInput` for what is no Standard Schema; the returned function throws `asyncSchema`.
 */
export function checkerOf<Output>(caller: string, schema: StandardSchema<Output>): (record: unknown, row: number) => Answer<Output> {
  const standard = readStandard(schema);
  if (standard === undefined) {
    const rule = "a schema of Standard Schema version 1 (zod, valibot, arktype …)";
    throw new ClienteleError("invalidInput", `schema must be ${rule}; got ${describeValue(schema)}`, { caller, parameter: "schema", rule });
  }
  return (record, row) => {
    let result: StandardResult<Output> | Promise<StandardResult<Output>>;
    try {
      if (isObject(record) && Object.hasOwn(record, "__proto__")) return RESERVED_NAME;
      result = standard.validate(record);
    } catch (thrown) {
      return { thrown };
    }
    if (!isObject(result)) {
      throw new ClienteleError("invalidInput", `schema answers row ${row} with ${describeValue(result)}, which is no result of a Standard Schema`, {
        caller,
        parameter: "schema",
        row,
      });
    }
    if (!isPromise(result)) return result;
    // Nobody waits for it: its rejection must not end the process.
    result.then(undefined, () => undefined);
    const answer = standard.vendor === "zod" && hasSafeParse(schema) ? answerAtOnce(schema, record) : undefined;
    if (answer === undefined) {
      throw new ClienteleError("asyncSchema", `the schema answers row ${row} with a promise; records are validated at once, so leave asynchronous checks out`, {
        caller,
        parameter: "schema",
        row,
        rule: "a synchronous schema",
      });
    }
    return answer;
  };
}

/**
 * The answer of zod's own function, undefined if zod has none without waiting. Its Standard Schema function gives a promise
 * not only for an asynchronous schema, but also when a record's getter or a check throws.
 */
function answerAtOnce<Output>(schema: SafeParser<Output>, record: unknown): Answer<Output> | undefined {
  try {
    // zod's compiled path stumbles over an asynchronous transformation before it can say that it met one; the interpreted path says so.
    const parsed = schema.safeParse(record, { jitless: true });
    return parsed.success ? { value: parsed.data } : { issues: parsed.error.issues };
  } catch (thrown) {
    return saysAsync(thrown) ? undefined : { thrown };
  }
}

function readStandard<Output>(schema: StandardSchema<Output>): StandardSchema<Output>["~standard"] | undefined {
  // A caller without types may pass anything; arktype's schemas are functions.
  const given: unknown = schema;
  if ((!isObject(given) && typeof given !== "function") || !("~standard" in given)) return undefined;
  const standard: unknown = given["~standard"];
  if (!isObject(standard) || !("version" in standard) || standard.version !== 1) return undefined;
  return "validate" in standard && typeof standard.validate === "function" ? schema["~standard"] : undefined;
}

interface SafeParser<Output> {
  safeParse(value: unknown, context: { readonly jitless: true }):
    | { readonly success: true; readonly data: Output }
    | { readonly success: false; readonly error: { readonly issues: readonly StandardIssue[] } };
}

function hasSafeParse<Output>(schema: StandardSchema<Output>): schema is StandardSchema<Output> & SafeParser<Output> {
  return "safeParse" in schema && typeof schema.safeParse === "function";
}

/** zod refuses to answer an asynchronous schema at once, in these words (versions 3 and 4). */
function saysAsync(error: unknown): boolean {
  return error instanceof Error && /synchronous parse/i.test(error.message);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isPromise<Output>(result: StandardResult<Output> | Promise<StandardResult<Output>>): result is Promise<StandardResult<Output>> {
  return "then" in result && typeof result.then === "function";
}
