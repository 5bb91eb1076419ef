import type { Table } from "../data/table";
import type { CleaningReport } from "./report";
import type { QuarantineReasons } from "./working-table";

/** A table after cleaning, what was set aside, and what was done. */
export interface CleaningResult {
  /** The cleaned rows, in the order of the input and with their ids. */
  readonly table: Table;
  readonly quarantined: {
    /** The rows that were set aside, as they came in: nothing in them is converted or filled. */
    readonly table: Table;
    /** Their positions in the input, ascending. */
    readonly rows: Int32Array;
    readonly reasons: QuarantineReasons;
  };
  readonly merged: {
    /** The rows that were merged into others, as they came in. */
    readonly table: Table;
    /** Their positions in the input, ascending. */
    readonly rows: Int32Array;
    /** The position of the row that stays for each of them. */
    readonly into: Int32Array;
  };
  readonly report: CleaningReport;
}
