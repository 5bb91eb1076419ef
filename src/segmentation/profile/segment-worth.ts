import { MISSING_BOOLEAN, type NumberColumn } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { sumOf } from "../../numeric/statistics/compensated-sum";
import { computeMoments } from "../../numeric/statistics/moments";
import { meanInterval, shareInterval, type Confidence, type ConfidenceInterval } from "./interval";
import { gather } from "./number-profile";

/** What a segment is worth. */
export interface SegmentValue {
  /** Sum of the present values. */
  readonly total: number;
  /** Mean of the present values; `null` where every value is missing. */
  readonly mean: number | null;
  /** Student's t interval of the mean; `null` of fewer than two values. */
  readonly meanInterval: ConfidenceInterval | null;
  readonly missing: number;
  /** Mean of the whole table. */
  readonly overallMean: number | null;
  /** Share of the whole table's total; `null` where that total is not above 0. */
  readonly share: number | null;
}

/** How many of a segment left. */
export interface SegmentChurn {
  /** Rows that left. */
  readonly left: number;
  /** Rows of which it is not known. */
  readonly missing: number;
  /** left ÷ rows of which it is known; `null` where it is known of none. */
  readonly rate: number | null;
  /** Wilson's interval of the rate. */
  readonly interval: ConfidenceInterval | null;
  /** Rate of the whole table. */
  readonly overallRate: number | null;
}

/** What each segment is worth. */
export function profileValue({ values }: NumberColumn, segments: readonly Int32Array[], confidence: Confidence): SegmentValue[] {
  const overall = totalOf(values);
  const overallMean = overall.present === 0 ? null : overall.total / overall.present;
  return segments.map((rows) => {
    const part = gather(values, rows);
    const { total, present } = totalOf(part);
    return {
      total,
      mean: present === 0 ? null : total / present,
      meanInterval: meanInterval(computeMoments(part), confidence),
      missing: rows.length - present,
      overallMean,
      share: overall.total > 0 ? total / overall.total : null,
    };
  });
}

function totalOf(values: Float64Array): { total: number; present: number } {
  const present = values.filter((value) => !Number.isNaN(value));
  return { total: sumOf(present), present: present.length };
}

/** A column that says who left: 1, 0 or NaN for each row. */
export function readChurn(caller: string, table: Table, name: string): Float64Array {
  const column = columnOf(caller, table, name, "churn");
  const rule = "a boolean column, or a number column of 0 and 1";
  const refuse = (found: string, row?: number): ClienteleError =>
    new ClienteleError("invalidInput", `churn must name ${rule}; ${JSON.stringify(name)} ${found}`, { caller, parameter: "churn", column: name, row, rule });
  if (column.type === "boolean") return Float64Array.from(column.values, (value) => (value === MISSING_BOOLEAN ? NaN : value));
  if (column.type !== "number") throw refuse(`is of type ${column.type}`);
  const wrong = column.values.findIndex((value) => !(value === 0 || value === 1 || Number.isNaN(value)));
  if (wrong >= 0) throw refuse(`is ${column.values[wrong]!} in row ${wrong}`, wrong);
  return column.values;
}

/** How many of each segment left. */
export function profileChurn(hasLeft: Float64Array, segments: readonly Int32Array[], confidence: Confidence): SegmentChurn[] {
  const parts = segments.map((rows) => totalOf(gather(hasLeft, rows)));
  const overall = parts.reduce((sum, part) => ({ total: sum.total + part.total, present: sum.present + part.present }), { total: 0, present: 0 });
  return parts.map(({ total: left, present }, i) => ({
    left,
    missing: segments[i]!.length - present,
    rate: present === 0 ? null : left / present,
    interval: shareInterval(left, present, confidence),
    overallRate: overall.present === 0 ? null : overall.total / overall.present,
  }));
}
