import { checkList } from "../errors/check";
import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";

/** Whole-number labels as codes 0 … k − 1, in ascending order of the labels. */
export interface CodedLabels {
  /** The code of each row. */
  readonly codes: Int32Array;
  /** The label of each code. */
  readonly values: readonly number[];
  /** The number of rows of each code. */
  readonly counts: Int32Array;
}

/** Refuses anything but whole numbers from 0: −1 is the code of a missing category and of noise, which are no class. */
export function codeLabels(caller: string, parameter: string, labels: ArrayLike<number>): CodedLabels {
  checkList(caller, parameter, labels);
  const present = new Set<number>();
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (!Number.isSafeInteger(label) || label < 0) throw refuseLabel(caller, parameter, row, label);
    present.add(label);
  }
  const values = [...present].sort((a, b) => a - b);
  const codeOf = new Map(values.map((value, code) => [value, code]));
  const codes = new Int32Array(labels.length);
  const counts = new Int32Array(values.length);
  for (let row = 0; row < labels.length; row++) {
    const code = codeOf.get(labels[row]!)!;
    codes[row] = code;
    counts[code]!++;
  }
  return { codes, values, counts };
}

/** The rows of each code, ascending. */
export function rowsByCode({ codes, counts }: CodedLabels): Int32Array[] {
  const rows = Array.from(counts, (count) => new Int32Array(count));
  const filled = new Int32Array(counts.length);
  codes.forEach((code, row) => (rows[code]![filled[code]!++] = row));
  return rows;
}

function refuseLabel(caller: string, parameter: string, row: number, label: unknown): ClienteleError {
  return new ClienteleError("invalidInput", `${parameter} must be whole numbers from 0; got ${describeValue(label)} at row ${row}`, {
    caller,
    parameter,
    row,
    rule: "whole numbers from 0",
  });
}
