import type { LimitStatus } from "./fitted-limits";
import type { OutlierAction, OutlierMethod } from "./plan";

/** What an outlier rule did, over the rows that were in the table when it was applied. */
export interface OutlierSummary {
  readonly column: string;
  readonly method: OutlierMethod;
  readonly action: OutlierAction;
  /** Of the fit. */
  readonly status: LimitStatus;
  /** The limits of the fit; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly belowLow: number;
  readonly aboveHigh: number;
  /** Cells with a value: `belowLow`, `aboveHigh` and the usual ones. */
  readonly judged: number;
}
