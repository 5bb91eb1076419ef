import { createDayReader } from "../../data/calendar/day";
import { isMissingAt, type Column } from "../../data/column";
import { typedColumnOf, type Table } from "../../data/table";
import { checkFinite, checkSameLength, isList, isObject, unknownColumn } from "../../errors/check";
import { describeOption } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readAsOf } from "../../features/calendar/as-of";

/**
 * When a column is known: `"before"` the cutoff, only `"after"` it, or row by row at the time in a timestamp column
 * (`{ column: "surveyedAt" }`), to be compared with `cutoff`.
 */
export type KnownAt = "before" | "after" | { readonly column: string };

/** When predictions are made: one date or time for all rows, or one for each in milliseconds since 1970. */
export type LeakageCutoff = string | number | ArrayLike<number>;

/** Whether something that happens at a time in a row is known there: strictly before the cutoff. */
export type IsLater = (time: number, row: number) => boolean;

export function readLeakageCutoff(caller: string, cutoff: LeakageCutoff, timeZone: string, rowCount: number): IsLater {
  if (isList(cutoff) && typeof cutoff !== "string") {
    checkSameLength(caller, "cutoff", cutoff.length, rowCount, "table");
    checkFinite(caller, "cutoff", cutoff);
    return (time, row) => time >= cutoff[row]!;
  }
  const dayOf = createDayReader(caller, timeZone);
  const { day, lastTime } = readAsOf(caller, cutoff, dayOf, "cutoff");
  return lastTime === Infinity ? (time) => dayOf(time) >= day : (time) => time >= lastTime;
}

export function readKnownAt(caller: string, table: Table, given: Readonly<Record<string, KnownAt>> | undefined, hasCutoff: boolean): ReadonlyMap<string, KnownAt> {
  const known = new Map<string, KnownAt>();
  for (const [name, value] of Object.entries<unknown>(given ?? {})) {
    if (!table.columns.has(name)) throw unknownColumn(caller, "knownAt", name, table.columns.keys());
    const parameter = `knownAt[${JSON.stringify(name)}]`;
    if (value === undefined) continue;
    if (value === "before" || value === "after") {
      known.set(name, value);
      continue;
    }
    if (!isObject(value) || typeof value["column"] !== "string") {
      const rule = `"before", "after" or { column }`;
      throw new ClienteleError("invalidOption", `${parameter} must be ${rule}; got ${describeOption(value)}`, { caller, parameter, column: name, rule });
    }
    if (!hasCutoff) {
      const rule = "given where knownAt names a column of times";
      throw new ClienteleError("invalidOption", `cutoff must be ${rule} (${parameter})`, { caller, parameter: "cutoff", column: name, rule });
    }
    typedColumnOf(caller, table, value["column"], "timestamp", parameter);
    known.set(name, { column: value["column"] });
  }
  return known;
}

/** Rows with a value that was known only at the cutoff or later; a value without a time counts as known. */
export function countLater(values: Column, times: Float64Array, isLater: IsLater): number {
  let count = 0;
  for (let row = 0; row < times.length; row++) if (!isMissingAt(values, row) && !Number.isNaN(times[row]) && isLater(times[row]!, row)) count++;
  return count;
}
