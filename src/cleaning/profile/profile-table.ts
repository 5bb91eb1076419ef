import { countMissing, type BooleanColumn, type CategoryColumn, type CellValue, type Column, type NumberColumn, type TimestampColumn } from "../../data/column";
import { checkTable, type Table } from "../../data/table";
import { readOptions } from "../../errors/options";
import { sortPresent } from "../../numeric/statistics/quantile";
import { createNumberParser } from "../convert/parse-number";
import { comesBefore, countValues, meanOf, medianOf } from "../impute/typical-values";

/** Options of {@link profileTable}. */
export interface ProfileOptions {
  /** How many of the most frequent values to list for each column, from 0 to 1000; they may be personal data. @defaultValue 0 */
  readonly topValues?: number | undefined;
}

const PROFILE_OPTIONS = { topValues: { kind: "integer", min: 0, max: 1000, default: 0 } } as const;

/** A value and the number of its rows. */
export interface ValueCount {
  readonly value: number | string | boolean;
  readonly count: number;
}

interface AnyColumnProfile {
  readonly name: string;
  readonly missingCount: number;
  /** Different values; missing is none. */
  readonly distinctCount: number;
  /** The most frequent values, most frequent first, equally frequent ones in their own order; empty unless asked for. */
  readonly topValues: readonly ValueCount[];
}

/** Numbers, null where every cell is missing. */
export interface NumberColumnProfile extends AnyColumnProfile {
  readonly type: "number";
  readonly min: number | null;
  readonly mean: number | null;
  /** Type 7 of Hyndman and Fan. */
  readonly median: number | null;
  readonly max: number | null;
}

/** Points in time as milliseconds, null where every cell is missing. */
export interface TimestampColumnProfile extends AnyColumnProfile {
  readonly type: "timestamp";
  readonly min: number | null;
  readonly max: number | null;
}

/** Texts, and what they look like; counts are numbers of rows. */
export interface CategoryColumnProfile extends AnyColumnProfile {
  readonly type: "category";
  /** Texts without a visible character. They are not missing until a plan declares them so. */
  readonly blankCount: number;
  /** Texts that are plain numbers with a decimal point, as a conversion with the default format reads them. */
  readonly numberCount: number;
  /** Those of `numberCount` that look like codes, such as postcodes and telephone numbers: a leading zero before a digit, or a plus sign. */
  readonly codeLikeCount: number;
}

/** True and false. */
export interface BooleanColumnProfile extends AnyColumnProfile {
  readonly type: "boolean";
  readonly trueCount: number;
}

/** What one column holds. */
export type ColumnProfile = NumberColumnProfile | TimestampColumnProfile | CategoryColumnProfile | BooleanColumnProfile;

/** What a table holds, column by column, as plain JSON. */
export interface TableProfile {
  readonly rowCount: number;
  /** In the order of the table. */
  readonly columns: readonly ColumnProfile[];
}

/**
 * Tells what each column of a table holds: how much is missing, how many different values there are, the range and middle
 * of numbers, and how many texts are blank or numbers in disguise.
 *
 * No value of a customer's is in it but the extremes of numbers, unless `topValues` asks for them. Sorting makes it n log n.
 *
 * @example
 * ```ts
 * import { profileTable } from "clientele/cleaning";
 * import { tableFromColumns } from "clientele/data";
 *
 * const profile = profileTable(tableFromColumns({ age: [25, null, 40], charges: ["29.85", " ", "70"] }));
 * const [age, charges] = profile.columns;
 * console.log(age?.type === "number" && age.median); // 32.5
 * console.log(charges?.type === "category" && [charges.blankCount, charges.numberCount]); // [1, 2]
 * ```
 */
export function profileTable(table: Table, options?: ProfileOptions): TableProfile {
  const caller = "profileTable";
  checkTable(caller, "table", table);
  const { topValues } = readOptions(caller, options, PROFILE_OPTIONS);
  return {
    rowCount: table.rowCount,
    columns: Array.from(table.columns, ([name, column]) => profileColumn(name, column, topValues)),
  };
}

function profileColumn(name: string, column: Column, topCount: number): ColumnProfile {
  const counts = countValues(column);
  const every = {
    name,
    missingCount: countMissing(column),
    distinctCount: counts.size,
    topValues: mostFrequent(counts, topCount),
  };
  switch (column.type) {
    case "number":
      return { ...every, ...profileNumbers(column) };
    case "timestamp":
      return { ...every, ...profileTimestamps(column) };
    case "category":
      return { ...every, ...profileTexts(column, counts) };
    case "boolean":
      return { ...every, ...profileBooleans(column) };
  }
}

function profileNumbers(column: NumberColumn): Omit<NumberColumnProfile, keyof AnyColumnProfile> {
  const sorted = sortPresent(column.values);
  if (sorted.length === 0) return { type: "number", min: null, mean: null, median: null, max: null };
  return { type: "number", min: sorted[0]!, mean: meanOf(sorted), median: medianOf(sorted), max: sorted[sorted.length - 1]! };
}

function profileTimestamps(column: TimestampColumn): Omit<TimestampColumnProfile, keyof AnyColumnProfile> {
  const sorted = sortPresent(column.values);
  return { type: "timestamp", min: sorted[0] ?? null, max: sorted[sorted.length - 1] ?? null };
}

function profileTexts(column: CategoryColumn, counts: ReadonlyMap<CellValue, number>): Omit<CategoryColumnProfile, keyof AnyColumnProfile> {
  const parse = createNumberParser({ decimal: ".", grouping: "none" });
  let blankCount = 0;
  let numberCount = 0;
  let codeLikeCount = 0;
  for (const text of column.categories) {
    const count = counts.get(text) ?? 0;
    const trimmed = text.trim();
    if (trimmed === "") blankCount += count;
    else if (typeof parse(trimmed) === "number") {
      numberCount += count;
      if (/^(?:\+|[-\u2212]?0\d)/.test(trimmed)) codeLikeCount += count;
    }
  }
  return { type: "category", blankCount, numberCount, codeLikeCount };
}

function profileBooleans(column: BooleanColumn): Omit<BooleanColumnProfile, keyof AnyColumnProfile> {
  let trueCount = 0;
  for (const value of column.values) if (value === 1) trueCount++;
  return { type: "boolean", trueCount };
}

function mostFrequent(counts: ReadonlyMap<CellValue, number>, topCount: number): ValueCount[] {
  if (topCount === 0) return [];
  const all = Array.from(counts).flatMap(([value, count]) => (value === null ? [] : [{ value, count }]));
  return all.sort((a, b) => b.count - a.count || (comesBefore(a.value, b.value) ? -1 : 1)).slice(0, topCount);
}
