import { describeNames, describeValue, suggestName } from "./describe";
import { ClienteleError } from "./error";

/** Refuses anything but an array or a typed array. */
export function checkList(caller: string, parameter: string, value: unknown): asserts value is ArrayLike<unknown> {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) return;
  throw new ClienteleError("invalidInput", `${parameter} must be an array; got ${describeValue(value)}`, { caller, parameter });
}

/** Refuses anything but an object that is not an array. */
export function checkObject(caller: string, parameter: string, value: unknown): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return;
  throw new ClienteleError("invalidInput", `${parameter} must be an object; got ${describeValue(value)}`, { caller, parameter });
}

/** Refuses two arguments that describe different numbers of rows. */
export function checkSameLength(caller: string, parameter: string, length: number, expected: number, expectedName: string): void {
  if (length === expected) return;
  const rule = `${expected} values (one for each row of ${expectedName})`;
  throw new ClienteleError("lengthMismatch", `${parameter} must have ${rule}; got ${length}`, { caller, parameter, rule, value: length });
}

/** Refuses too little data. */
export function checkRowCount(caller: string, parameter: string, count: number, min: number, what = "rows"): void {
  if (count >= min) return;
  const rule = `at least ${min} ${what}`;
  throw new ClienteleError("tooFewRows", `${parameter} must have ${rule}; got ${count}`, { caller, parameter, rule, value: count });
}

/** Refuses NaN and infinities in a list of numbers, naming the first position. */
export function checkFinite(caller: string, parameter: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    if (typeof value === "number" && Number.isFinite(value)) continue;
    throw new ClienteleError("nonFinite", `${parameter} must hold finite numbers; got ${describeValue(value)} at position ${i}`, {
      caller,
      parameter,
      row: i,
      rule: "finite numbers",
      value: typeof value === "number" ? value : undefined,
    });
  }
}

/** Refuses a name that is not there, with the nearest name that is. */
export function unknownColumn(caller: string, parameter: string, name: string, known: Iterable<string>): ClienteleError {
  const names = [...known];
  const suggestion = suggestName(name, names);
  const hint = suggestion === undefined ? `there are ${describeNames(names)}` : `did you mean ${JSON.stringify(suggestion)}?`;
  return new ClienteleError("unknownColumn", `${parameter} names no column: ${JSON.stringify(name)}; ${hint}`, {
    caller,
    parameter,
    column: name,
    rule: "an existing column",
  });
}

/** Refuses a repeated name. */
export function checkDistinct(caller: string, parameter: string, names: Iterable<string>): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new ClienteleError("duplicateKey", `${parameter} must be distinct; ${JSON.stringify(name)} is repeated`, {
        caller,
        parameter,
        column: name,
        rule: "distinct names",
      });
    }
    seen.add(name);
  }
}
