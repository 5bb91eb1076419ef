import { expectationOf, ruleOf, type LibraryIssue } from "./expectation";
import type { StandardIssue } from "./standard-schema";

/** One reason why one record was rejected. */
export interface RecordIssue {
  /** Position of the record, from 0. */
  readonly row: number;
  /** The record's field, by its own name; null when the record as a whole is at fault. */
  readonly field: string | null;
  /** The way to the value: the field, then the keys and positions inside it. Inner keys may be a customer's data. */
  readonly path: readonly (string | number)[];
  /**
   * What was broken: `missing` (no such field, `undefined` or `null`), `unreadable` (reading the field threw an error),
   * `threw` (the schema threw an error), `reservedName` (a field called `__proto__`), else the schema's own code.
   */
  readonly rule: string;
  /** What is asked for, for people. */
  readonly message: string;
}

/** How often a rule was broken in a field. */
export interface IssueCount {
  readonly field: string | null;
  readonly rule: string;
  /** Issues with this field and rule. */
  readonly count: number;
  /** The first row with one. */
  readonly firstRow: number;
}

/** Whose words an issue's message is made of. */
export type MessageSource = "rule" | "library";

interface Tally extends IssueCount {
  count: number;
}

/** Keeps the first issues, and counts all of them. */
export class IssueLedger {
  readonly issues: RecordIssue[] = [];
  total = 0;
  readonly #capacity: number;
  readonly #tallies: Tally[] = [];
  readonly #tallyOf = new Map<string | null, Map<string, Tally>>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(row: number, path: readonly (string | number)[], rule: string, message: string): void {
    const field = path.length === 0 ? null : String(path[0]);
    if (this.issues.length < this.#capacity) this.issues.push({ row, field, path, rule, message });
    this.total++;
    this.#tally(field, rule, row).count++;
  }

  /** The most frequent first; among equals, the one that occurred first. */
  counts(): IssueCount[] {
    return this.#tallies.map((tally) => ({ ...tally })).sort((a, b) => b.count - a.count);
  }

  #tally(field: string | null, rule: string, row: number): Tally {
    let rules = this.#tallyOf.get(field);
    if (rules === undefined) {
      rules = new Map<string, Tally>();
      this.#tallyOf.set(field, rules);
    }
    let tally = rules.get(rule);
    if (tally === undefined) {
      tally = { field, rule, count: 0, firstRow: row };
      rules.set(rule, tally);
      this.#tallies.push(tally);
    }
    return tally;
  }
}

/** Enters what a schema found wrong with a record. */
export function enterSchemaIssues(ledger: IssueLedger, row: number, record: unknown, issues: readonly StandardIssue[], source: MessageSource): void {
  if (issues.length === 0) ledger.add(row, [], "invalid", "must be as the schema asks");
  for (const issue of issues) enterSchemaIssue(ledger, row, record, issue, source);
}

function enterSchemaIssue(ledger: IssueLedger, row: number, record: unknown, issue: LibraryIssue, source: MessageSource): void {
  const path = (issue.path ?? []).map(pathKey);
  const rule = ruleOf(issue);
  const expectation = expectationOf(issue);
  if (issue.code === "unrecognized_keys" && Array.isArray(issue.keys)) {
    // One issue for each unknown field, so that the counts say which fields these are.
    for (const key of issue.keys) ledger.add(row, [...path, String(key)], rule, source === "library" ? issue.message : `must be ${expectation}`);
    return;
  }
  // What must not be there ("never") cannot be missing.
  const missing = path.length > 0 && issue.expected !== "never" && isAbsent(record, path);
  const message = missing ? "is missing" : `must be ${expectation}`;
  ledger.add(row, path, missing ? "missing" : rule, source === "library" ? issue.message : message);
}

/** Enters an error that was thrown while a record was checked: by reading one of its fields, or by the schema. */
export function enterThrown(ledger: IssueLedger, row: number, record: unknown, thrown: unknown, source: MessageSource): void {
  const unreadable = unreadablePath(record);
  const message = unreadable === undefined ? "must be a record that the schema can check without an error" : READABLE;
  const libraryMessage = source === "library" && thrown instanceof Error ? thrown.message : undefined;
  ledger.add(row, unreadable ?? [], unreadable === undefined ? "threw" : "unreadable", libraryMessage ?? message);
}

/** Enters a record that the list itself does not give without an error. */
export function enterUnreadable(ledger: IssueLedger, row: number): void {
  ledger.add(row, [], "unreadable", READABLE);
}

const READABLE = "must be readable without an error";

function pathKey(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === "object" ? segment.key : segment;
  return typeof key === "number" ? key : String(key);
}

function isAbsent(record: unknown, path: readonly (string | number)[]): boolean {
  let value: unknown = record;
  try {
    for (const key of path) {
      if (value === undefined || value === null) return true;
      value = typeof value === "object" ? Reflect.get(value, key) : undefined;
    }
  } catch {
    return false;
  }
  return value === undefined || value === null;
}

/** The field whose reading throws, an empty path when even listing the fields does, undefined when all can be read. */
function unreadablePath(record: unknown): string[] | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  let names: string[];
  try {
    names = Object.keys(record);
  } catch {
    return [];
  }
  return names.map((name) => [name]).find(([name]) => !canRead(record, name!));
}

function canRead(record: object, name: string): boolean {
  try {
    Reflect.get(record, name);
    return true;
  } catch {
    return false;
  }
}
