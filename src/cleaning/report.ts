import type { ColumnType } from "../data/column";
import type { RowId } from "../data/table";
import type { CleaningRule } from "./cleaning-rule";
import { isReading } from "./cleaning-rule";
import type { ColumnChanges } from "./column-changes";
import type { FailurePolicy } from "./convert/plan";
import type { FillSummary } from "./impute/summary";
import type { OutlierSummary } from "./outliers/summary";
import type { RuleSummary } from "./rules/quality-gate";
import type { QuarantineReasons } from "./working-table";

/** Rows that were taken out because another row has the same key: row `rowIds[i]` went into row `into[i]`. */
export interface MergedRows {
  readonly rowIds: readonly RowId[];
  readonly into: readonly RowId[];
}

/**
 * What a conversion did, over all rows of the input. Unless the column was of the type already,
 * `converted + missingTexts + failed` and the cells that were missing before make up the rows.
 */
export interface ConversionSummary {
  readonly column: string;
  /** The type of the column in the input. Equal to `to` where there was nothing to convert. */
  readonly from: ColumnType;
  readonly to: ColumnType;
  /** Cells that were written anew with the same meaning, as "29.85" to 29.85. */
  readonly converted: number;
  /** Cells whose text the plan declares missing. */
  readonly missingTexts: number;
  /** Cells that could not be converted. */
  readonly failed: number;
  /** What was done with rows of such cells; null for a conversion that cannot fail. */
  readonly onFailure: FailurePolicy | null;
}

/** Rows that are equal to an earlier one in every column; missing equals missing. In a log without a key they may well be right. */
export interface RepeatedRows {
  /** Undefined where nobody looked for them. */
  readonly count: number | undefined;
  /** Positions in the input, ascending. */
  readonly rows: Int32Array;
  readonly outcome: "kept" | "removed";
}

/** How often a rule applied to a column. */
export interface RuleCount {
  readonly column: string;
  readonly rule: CleaningRule;
  /** `"read"`: written anew with the same meaning. */
  readonly outcome: "read" | "changed" | "quarantined";
  readonly cells: number;
}

/**
 * What cleaning did to a table. `rowsIn = rowsOut + rowsQuarantined + rowsMerged`, always.
 *
 * `changes` holds every cell of the cleaned table that is not as it was in the input, step by step and column by column; with the rows that
 * were set aside and merged, which are kept as they came in, it is all that {@link undoCleaning} needs. `listChanges` gives it as flat lists,
 * `explainRow` row by row. It holds what customers wrote: the report is as confidential as the table. `counts` and the summaries are not.
 */
export interface CleaningReport {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly rowsQuarantined: number;
  readonly rowsMerged: number;
  /** The ids of the rows of the input: `rowIds[position]`. */
  readonly rowIds: ArrayLike<RowId>;
  /** Columns that the input does not have: marks, keys and derived columns. */
  readonly addedColumns: readonly string[];
  /** One entry for each conversion of the plan, in its order. */
  readonly conversions: readonly ConversionSummary[];
  /** One entry for each rule of the plan, in its order: how many rows break it, and whether that is too many. */
  readonly rules: readonly RuleSummary[];
  /** The worst status of the rules. */
  readonly gate: "passed" | "warned" | "stopped";
  readonly repeatedRows: RepeatedRows;
  /** One entry for each outlier rule of the plan, in its order. */
  readonly outliers: readonly OutlierSummary[];
  /** One entry for each fill of the plan, in its order. */
  readonly fills: readonly FillSummary[];
  /** In the order of the steps, then of the plan. */
  readonly changes: readonly ColumnChanges[];
  /** In the order of the steps, then of the plan, then of the rows. */
  readonly quarantined: QuarantineReasons;
  /** In the order of the rows. */
  readonly merged: MergedRows;
  /** The cells of `changes` and `quarantined`, counted by column and rule. */
  readonly counts: readonly RuleCount[];
}

/** Counts changed cells and reasons by column and rule, in the order of their first appearance: reasons first. */
export function countRules(reasons: QuarantineReasons, changes: readonly ColumnChanges[]): RuleCount[] {
  const counts = new Counter();
  reasons.columns.forEach((column, i) => counts.add(column, reasons.rules[i]!, "quarantined", 1));
  for (const { column, rules, ruleCodes } of changes) {
    const cells = new Float64Array(rules.length);
    for (let i = 0; i < ruleCodes.length; i++) cells[ruleCodes[i]!] = cells[ruleCodes[i]!]! + 1;
    rules.forEach((rule, code) => {
      if (cells[code]! > 0) counts.add(column, rule, isReading(rule) ? "read" : "changed", cells[code]!);
    });
  }
  return counts.all();
}

class Counter {
  readonly #counts = new Map<string, Map<string, RuleCount & { cells: number }>>();

  add(column: string, rule: CleaningRule, outcome: RuleCount["outcome"], cells: number): void {
    const ofColumn = this.#counts.get(column) ?? new Map<string, RuleCount & { cells: number }>();
    this.#counts.set(column, ofColumn);
    const key = `${outcome} ${rule}`;
    const count = ofColumn.get(key);
    if (count === undefined) ofColumn.set(key, { column, rule, outcome, cells });
    else count.cells += cells;
  }

  all(): RuleCount[] {
    return [...this.#counts.values()].flatMap((ofColumn) => [...ofColumn.values()]);
  }
}
