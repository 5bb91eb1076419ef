import type { CellValue } from "../../data/column";
import type { FittedFill } from "./fitted-fill";
import type { FillMethod } from "./plan";

/** What a fill did, over the rows that were in the table when it was applied. */
export interface FillSummary {
  readonly column: string;
  readonly method: FillMethod;
  /** The value of the fit for rows without a group; null when the column had none to compute it from, and for the method `"quarantine"`. */
  readonly value: CellValue;
  readonly status: FittedFill["status"];
  readonly filled: number;
  /** Missing cells that stay in the table: more than 0 only with the status `"allMissing"`. */
  readonly stillMissing: number;
  /** Groups with a value of their own. */
  readonly groupCount: number;
  /** Rows that the method `"quarantine"` sets aside. */
  readonly quarantined: number;
}
