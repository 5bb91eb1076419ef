import { MISSING_BOOLEAN, type BooleanColumn, type Column, type NumberColumn, type TimestampColumn } from "../../data/column";
import { checkTable, type Table } from "../../data/table";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { dependenciesSteps } from "./dependencies";
import { keysSteps, repeatedRowsSteps } from "./keys";
import { findDayPlaceholders, findNumberPlaceholders } from "./number-placeholders";
import { Pace } from "./pace";
import { profileTextsSteps } from "./profile-texts";
import { summarizeNumbersSteps } from "./summarize-numbers";
import type { BooleanColumnProfile, ColumnProfile, NumberColumnProfile, TableProfile, TimestampColumnProfile } from "./table-profile";
import { TopValues } from "./top-values";
import { valueRunsSteps, type ValueRuns } from "./value-runs";

export type { Placeholder, PlaceholderReason } from "./placeholder";
export type { NumberNotation } from "./number-notation";
export type { DateOrder } from "./date-notation";
export type { NumberSummary } from "./summarize-numbers";
export type {
  BooleanColumnProfile,
  BooleanForm,
  CategoryColumnProfile,
  ColumnProfile,
  DateForm,
  DependencyCandidate,
  NumberColumnProfile,
  NumberForm,
  SpellingVariants,
  TableProfile,
  TimestampColumnProfile,
  ValueCount,
} from "./table-profile";

/** Options of {@link profileTable}. */
export interface ProfileOptions {
  /** How many of the most frequent values to list for each column, from 0 to 1000; they may be personal data. @defaultValue 0 */
  readonly topValues?: number | undefined;
  /**
   * Look for columns that determine another one. Every pair of columns with repeated values is tried, at most 50 columns,
   * first on 10,000 rows and then, if it may hold, on all. @defaultValue false
   */
  readonly dependencies?: boolean | undefined;
}

const PROFILE_OPTIONS = {
  topValues: { kind: "integer", min: 0, max: 1000, default: 0 },
  dependencies: { kind: "boolean", default: false },
} as const;

/**
 * Tells what each column of a table holds: how much is missing and how many different values there are; place, spread and shape of
 * numbers; what texts look like (numbers, amounts, percentages, days, yes and no, addresses) and what is wrong with them; and which
 * values look like stand-ins for "not known". And of the table, which columns may identify a row, and how many rows are repeated.
 *
 * No value of a customer's is in it but the extremes and quantiles of numbers and times and the words for yes and no, unless `topValues`
 * asks for them: the stand-ins come from a list of well-known ones. Each different text is looked at once. Near linear; numbers of a
 * wide range are sorted by their bits. With `dependencies` it is quadratic in the number of columns.
 *
 * If no column alone is a candidate key, pairs of the 30 columns with the most different values are tried.
 *
 * @throws ClienteleError `invalidInput` for what is no table, `invalidOption` for a wrong option.
 * @example
 * ```ts
 * import { profileTable } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const profile = profileTable(tableFromColumns({ id: ["a", "b", "c"], age: [25, null, 40], charges: ["29.85", "?", "70"] }));
 * const [, age, charges] = profile.columns;
 * console.log(profile.keys, profile.repeatedRowCount); // [["id"]] 0
 * console.log(age?.type === "number" && age.median); // 32.5
 * console.log(charges?.type === "category" && [charges.numberCount, charges.numbers?.max]); // [2, 70]
 * console.log(charges?.placeholders); // [{ value: "?", count: 1, reason: "mark" }]
 * ```
 */
export function profileTable(table: Table, options?: ProfileOptions): TableProfile {
  return runToEnd(profileTableSteps(table, options));
}

/** {@link profileTable} in slices, for `runCooperatively`: the same result. */
export function* profileTableSteps(table: Table, options?: ProfileOptions): Steps<TableProfile> {
  const caller = "profileTable";
  checkTable(caller, "table", table);
  const { topValues, dependencies } = readOptions(caller, options, PROFILE_OPTIONS);
  const pace = new Pace("profile columns", table.columns.size);
  const columns: ColumnProfile[] = [];
  for (const [name, column] of table.columns) {
    columns.push(yield* profileColumnSteps(name, column, topValues, pace));
    pace.done++;
    if (pace.spend(1000)) yield pace.progress;
  }
  const keys = yield* keysSteps(table, columns);
  const isFreeOfRepetition = keys.length > 0 || columns.some(({ distinctCount }) => distinctCount === table.rowCount);
  return {
    rowCount: table.rowCount,
    columns,
    keys,
    repeatedRowCount: isFreeOfRepetition ? 0 : yield* repeatedRowsSteps(table),
    dependencies: dependencies ? yield* dependenciesSteps(table, columns) : null,
  };
}

function* profileColumnSteps(name: string, column: Column, topCount: number, pace: Pace): Steps<ColumnProfile> {
  switch (column.type) {
    case "number":
      return yield* profileNumbersSteps(name, column, topCount, pace);
    case "timestamp":
      return yield* profileTimestampsSteps(name, column, topCount, pace);
    case "category":
      return yield* profileTextsSteps(name, column, topCount, pace);
    case "boolean":
      if (pace.spend(column.values.length)) yield pace.progress;
      return profileBooleans(name, column, topCount);
  }
}

function* profileNumbersSteps(name: string, { values }: NumberColumn, topCount: number, pace: Pace): Steps<NumberColumnProfile> {
  const runs = yield* valueRunsSteps(values, pace);
  return {
    name,
    type: "number",
    missingCount: values.length - runs.total,
    distinctCount: runs.values.length,
    topValues: mostFrequent(runs, topCount),
    placeholders: findNumberPlaceholders(runs),
    ...(yield* summarizeNumbersSteps(runs, pace)),
  };
}

const DAY = 86_400_000;

function* profileTimestampsSteps(name: string, { values }: TimestampColumn, topCount: number, pace: Pace): Steps<TimestampColumnProfile> {
  const runs = yield* valueRunsSteps(values, pace);
  let midnightCount = 0;
  for (let i = 0; i < runs.values.length; i++) if (runs.values[i]! % DAY === 0) midnightCount += runs.counts[i]!;
  if (pace.spend(10 * runs.values.length)) yield pace.progress;
  return {
    name,
    type: "timestamp",
    missingCount: values.length - runs.total,
    distinctCount: runs.values.length,
    topValues: mostFrequent(runs, topCount),
    placeholders: findDayPlaceholders(runs),
    min: runs.values[0] ?? null,
    max: runs.values.at(-1) ?? null,
    midnightCount,
  };
}

function profileBooleans(name: string, { values }: BooleanColumn, topCount: number): BooleanColumnProfile {
  let trueCount = 0;
  let missingCount = 0;
  for (const value of values) {
    if (value === 1) trueCount++;
    else if (value === MISSING_BOOLEAN) missingCount++;
  }
  const falseCount = values.length - missingCount - trueCount;
  const top = new TopValues(topCount);
  if (falseCount > 0) top.offer(false, falseCount);
  if (trueCount > 0) top.offer(true, trueCount);
  const distinctCount = (falseCount > 0 ? 1 : 0) + (trueCount > 0 ? 1 : 0);
  return { name, type: "boolean", missingCount, distinctCount, topValues: top.list, placeholders: [], trueCount };
}

function mostFrequent({ values, counts }: ValueRuns, topCount: number): TopValues["list"] {
  const top = new TopValues(topCount);
  if (topCount > 0) for (let i = 0; i < values.length; i++) top.offer(values[i]!, counts[i]!);
  return top.list;
}
