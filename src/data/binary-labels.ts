import { checkList, checkRowCount } from "../errors/check";
import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";

/** Checked labels: 1 is the positive class (the customer left), 0 the other. */
export interface BinaryLabels {
  readonly values: Uint8Array;
  readonly positiveCount: number;
}

/** Reads labels, all 0 or 1, at least one. */
export function readBinaryLabels(caller: string, labels: ArrayLike<number>): BinaryLabels {
  checkList(caller, "labels", labels);
  checkRowCount(caller, "labels", labels.length, 1);
  const values = new Uint8Array(labels.length);
  let positiveCount = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label !== 0 && label !== 1) {
      throw new ClienteleError("invalidInput", `labels must be 0 or 1; got ${describeValue(label)} at row ${row}`, {
        caller,
        parameter: "labels",
        row,
        rule: "0 or 1",
      });
    }
    values[row] = label;
    positiveCount += label;
  }
  return { values, positiveCount };
}

/** Refuses labels of one class only. */
export function checkBothClasses(caller: string, { values, positiveCount }: BinaryLabels, where = "labels", advice?: string): void {
  if (positiveCount > 0 && positiveCount < values.length) return;
  const only = positiveCount === 0 ? 0 : 1;
  const hint = advice === undefined ? "" : ` (${advice})`;
  throw new ClienteleError("constantLabels", `${where} must hold both classes; all ${values.length} are ${only}${hint}`, {
    caller,
    parameter: "labels",
    rule: "both classes",
  });
}
