import { describeNames } from "../errors/describe";
import type { StandardIssue } from "./standard-schema";

/**
 * What libraries add to an issue of Standard Schema. All of it is what the schema asks for, not what the record holds,
 * so it may stand in a message.
 */
export interface LibraryIssue extends StandardIssue {
  /** zod, arktype: what kind of failure. */
  readonly code?: unknown;
  /** valibot: the name of the schema or action that failed. */
  readonly type?: unknown;
  /** zod: a type's name; valibot, arktype: the rule in their own notation. */
  readonly expected?: unknown;
  /** zod: what is too small or too big, and for which bound. */
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  /** zod: the name of a text's format. */
  readonly format?: unknown;
  /** zod: the values that are allowed. */
  readonly values?: unknown;
  readonly divisor?: unknown;
  /** zod: the fields of a record that the schema does not know. */
  readonly keys?: unknown;
  /** zod: the issues of each branch of a union. */
  readonly errors?: unknown;
  /** zod: the values that would have chosen a branch of a discriminated union. */
  readonly options?: unknown;
  /** zod: what the author of a `refine` says about it; `rule` and `expected` are read here. */
  readonly params?: unknown;
}

/** What the schema asks for at the place of the issue, in words that repeat nothing of the record. */
export function expectationOf(issue: LibraryIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeText(issue.expected);
    case "too_small":
      return boundText(issue, issue.minimum, issue.inclusive === false ? "above" : "at least");
    case "too_big":
      return boundText(issue, issue.maximum, issue.inclusive === false ? "below" : "at most");
    case "invalid_format":
      return issue.format === "regex" ? "a text of the schema's pattern" : `a text of the format ${String(issue.format)}`;
    case "invalid_value":
      return choiceText(issue.values);
    case "not_multiple_of":
      return `a multiple of ${String(issue.divisor)}`;
    case "unrecognized_keys":
      return NO_SUCH_FIELD;
    case "invalid_union":
      return unionText(issue);
    default:
      return textOf(issue.params, "expected") ?? notationText(issue.expected);
  }
}

const NO_SUCH_FIELD = "left out: the schema has no such field";
const UNKNOWN_EXPECTATION = "as the schema asks";

function notationText(expected: unknown): string {
  if (expected === "never") return NO_SUCH_FIELD;
  return typeof expected === "string" ? expected : UNKNOWN_EXPECTATION;
}

/** The name of the broken rule: the one its author gave (`params: { rule }`), else the library's code. */
export function ruleOf(issue: LibraryIssue): string {
  const named = textOf(issue.params, "rule");
  if (named !== undefined) return named;
  if (typeof issue.code === "string") return issue.code;
  return typeof issue.type === "string" ? issue.type : "invalid";
}

function textOf(params: unknown, name: string): string | undefined {
  if (typeof params !== "object" || params === null) return undefined;
  const value: unknown = Reflect.get(params, name);
  return typeof value === "string" ? value : undefined;
}

function typeText(expected: unknown): string {
  switch (expected) {
    case "string":
      return "a text";
    case "number":
      return "a finite number";
    case "int":
      return "a whole number";
    case "boolean":
      return "true or false";
    case "date":
      return "a valid Date";
    case "array":
      return "a list";
    case "object":
    case "record":
      return "a record";
    case "never":
      return NO_SUCH_FIELD;
    default:
      return `of type ${String(expected)}`;
  }
}

function boundText(issue: LibraryIssue, bound: unknown, relation: string): string {
  const limit = issue.origin === "date" && typeof bound === "number" ? new Date(bound).toISOString() : String(bound);
  switch (issue.origin) {
    case "string":
      return `a text of ${relation} ${limit} characters`;
    case "array":
    case "set":
    case "map":
      return `a list of ${relation} ${limit} items`;
    default:
      return `${relation} ${limit}`;
  }
}

function choiceText(values: unknown): string {
  return Array.isArray(values) ? `one of ${describeNames(values.map(String))}` : UNKNOWN_EXPECTATION;
}

/** "a text or a finite number": what the branches ask for, each once. */
function unionText(issue: LibraryIssue): string {
  const branches = (Array.isArray(issue.errors) ? issue.errors : []) as readonly (readonly LibraryIssue[])[];
  const texts = new Set<string>();
  for (const [first] of branches) {
    if (first !== undefined) texts.add(first.path === undefined || first.path.length === 0 ? expectationOf(first) : "a record of the schema's form");
  }
  return texts.size > 0 ? [...texts].join(" or ") : choiceText(issue.options);
}
