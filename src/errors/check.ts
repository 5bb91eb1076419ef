import { describeNames, describeValue, suggestName } from "./describe";
import { ClienteleError } from "./error";

/** Whether a value is an array or a typed array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** Whether a value is an object that is not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !isRevoked(value) && !Array.isArray(value);
}

export function isNameList(value: unknown): value is readonly string[] {
  return isArray(value) && value.every((item) => typeof item === "string");
}

function isArray(value: unknown): value is readonly unknown[] {
  return !isRevoked(value) && Array.isArray(value);
}

/** Whether a value is a Proxy that was revoked: the one thing for which `Array.isArray` throws, as all else does that is done with it. */
function isRevoked(value: unknown): boolean {
  try {
    Array.isArray(value);
    return false;
  } catch {
    return true;
  }
}

/** What a message says of a refused value, whatever it does when it is looked at. */
function describeGiven(value: unknown): string {
  try {
    return describeValue(value);
  } catch {
    return "a Proxy that cannot be read";
  }
}

/** Refuses anything but an array or a typed array. */
export function checkList(caller: string, parameter: string, value: unknown): asserts value is ArrayLike<unknown> {
  if (isList(value)) return;
  throw new ClienteleError("invalidInput", `${parameter} must be an array; got ${describeGiven(value)}`, { caller, parameter });
}

/** The length of a list; a Proxy of an array may refuse to tell it, or tell something else. */
export function lengthOfList(caller: string, parameter: string, list: ArrayLike<unknown>): number {
  let length: unknown;
  try {
    length = list.length;
  } catch {
    length = undefined;
  }
  if (typeof length === "number" && Number.isSafeInteger(length) && length >= 0) return length;
  throw new ClienteleError("invalidInput", `${parameter} must be an array; got a Proxy that does not tell its length`, { caller, parameter });
}

/** Refuses anything but an object that is not an array. */
export function checkObject(caller: string, parameter: string, value: unknown): asserts value is Readonly<Record<string, unknown>> {
  if (isObject(value)) return;
  throw new ClienteleError("invalidInput", `${parameter} must be an object; got ${describeGiven(value)}`, { caller, parameter });
}

export function checkFunction(caller: string, parameter: string, value: unknown): void {
  if (typeof value === "function") return;
  const rule = "a function";
  throw new ClienteleError("invalidInput", `${parameter} must be ${rule}; got ${describeGiven(value)}`, { caller, parameter, rule });
}

/** Refuses anything but an array of texts. */
export function checkNames(caller: string, parameter: string, value: unknown): asserts value is readonly string[] {
  if (isNameList(value)) return;
  const rule = "an array of names";
  throw new ClienteleError("invalidInput", `${parameter} must be ${rule}; got ${describeGiven(value)}`, { caller, parameter, rule });
}

/**
 * Refuses an argument that is not what another function of the library returns: records instead of a table, say.
 *
 * @param rule - what it must be, and which function makes it
 * @param hasShape - a look at the fields that tell such a value from others; not a check of all it holds
 */
export function checkShape(
  caller: string,
  parameter: string,
  value: unknown,
  rule: string,
  hasShape: (fields: Readonly<Record<string, unknown>>) => boolean,
): void {
  if (isObject(value) && hasShape(value)) return;
  throw new ClienteleError("invalidInput", `${parameter} must be ${rule}; got ${describeGiven(value)}`, { caller, parameter, rule });
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
    throw new ClienteleError("nonFinite", `${parameter} must hold finite numbers; got ${describeGiven(value)} at position ${i}`, {
      caller,
      parameter,
      row: i,
      rule: "finite numbers",
      value: typeof value === "number" ? value : undefined,
    });
  }
}

/** Refuses a name that is not there, with the nearest name that is. */
export function unknownColumn(caller: string, parameter: string, name: unknown, known: Iterable<string>): ClienteleError {
  if (typeof name !== "string") {
    const rule = "the name of a column";
    return new ClienteleError("invalidInput", `${parameter} must be ${rule}; got ${describeGiven(name)}`, { caller, parameter, rule });
  }
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

/** Refuses a repeated name. `describe` makes of a name what a message may show. */
export function checkDistinct(caller: string, parameter: string, names: Iterable<string>, describe = (name: string): string => name): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      const column = describe(name);
      throw new ClienteleError("duplicateKey", `${parameter} must be distinct; ${JSON.stringify(column)} is repeated`, {
        caller,
        parameter,
        column,
        rule: "distinct names",
      });
    }
    seen.add(name);
  }
}
