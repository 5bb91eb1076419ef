import type { CheckedConversion } from "../cleaning/convert/plan";
import type { CleaningParameters } from "../cleaning/model";
import { conversionTarget } from "../cleaning/plan-columns";
import type { ColumnType } from "../data/column";

/** The part of a cleaning that makes some columns, and what it reads for that. */
export interface CleaningScope extends CleaningParameters {
  /** The columns in question and all that they are made from. */
  readonly columns: ReadonlySet<string>;
  /** The columns that a table must have, with the type of their cells; undefined where a conversion reads texts as well as values. */
  readonly inputs: ReadonlyMap<string, ColumnType | undefined>;
}

/** A column that a step of a cleaning makes, or fills, from others. */
export interface ColumnSource {
  readonly column: string;
  readonly reads: readonly (readonly [column: string, type: ColumnType])[];
  /** The step makes the column: a table need not have it. */
  readonly isMade: boolean;
}

/** What marks are made from, and fills that differ by group. */
export function sourcesOf({ plan, fills }: CleaningParameters): ColumnSource[] {
  const flags = plan.outliers.flatMap(({ column, flag }): ColumnSource[] => (flag === undefined ? [] : [{ column: flag, reads: [[column, "number"]], isMade: true }]));
  const filled = plan.missing.flatMap(({ column, indicator, by }, i): ColumnSource[] => {
    const { type, keyTypes } = fills[i]!;
    const groups: ColumnSource = { column, reads: by.map((name, j) => [name, keyTypes[j]!]), isMade: false };
    return indicator === undefined ? [groups] : [groups, { column: indicator, reads: [[column, type]], isMade: true }];
  });
  return [...flags, ...filled];
}

/**
 * Leaves of a cleaning what a scorer needs for `columns`. Rows are answered each for itself, so duplicates stay; everything about other columns
 * is passed over, because a customer to be scored has no label and may have no id. Rules and derived columns are left out here.
 */
export function scopeOf({ plan, limits, fills }: CleaningParameters, columns: ReadonlyMap<string, ColumnType>, sources: readonly ColumnSource[]): CleaningScope {
  const needed = new Map<string, ColumnType | undefined>(columns);
  const made = new Set<string>();
  for (let size = -1; size < needed.size; ) {
    size = needed.size;
    for (const { column, reads, isMade } of sources) {
      if (!needed.has(column)) continue;
      if (isMade) made.add(column);
      for (const [name, type] of reads) if (!needed.has(name)) needed.set(name, type);
    }
  }

  const isNeeded = ({ column }: { readonly column: string }): boolean => needed.has(column);
  const convert = plan.convert.filter((conversion: CheckedConversion) => needed.has(conversionTarget(conversion)));
  const converted = new Set(convert.map(({ column }) => column));
  const outlierPlaces = positionsWhere(plan.outliers, ({ column, flag }) => needed.has(flag ?? column));
  const fillPlaces = positionsWhere(plan.missing, isNeeded);
  return {
    plan: {
      convert,
      placeholders: plan.placeholders.filter(isNeeded),
      rules: [],
      duplicates: undefined,
      repeatedRows: "ignore",
      outliers: outlierPlaces.map((i) => plan.outliers[i]!),
      missing: fillPlaces.map((i) => plan.missing[i]!),
      derive: [],
    },
    rules: [],
    limits: outlierPlaces.map((i) => limits[i]!),
    fills: fillPlaces.map((i) => fills[i]!),
    columns: new Set(needed.keys()),
    inputs: new Map([...needed].flatMap(([name, type]) => (made.has(name) ? [] : [[name, converted.has(name) ? undefined : type] as const]))),
  };
}

function positionsWhere<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): number[] {
  return items.flatMap((item, i) => (isWanted(item) ? [i] : []));
}
