import { checkFinite, checkList, checkRowCount, checkSameLength } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

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

const ONE_CLASS_ADVICE = "AUC and average precision compare the two; log-loss, Brier score and accuracy do not";

/** Refuses labels of one class, which no ranking can tell apart. */
export function checkBothClasses(caller: string, { values, positiveCount }: BinaryLabels, where = "labels", advice = ONE_CLASS_ADVICE): void {
  if (positiveCount > 0 && positiveCount < values.length) return;
  const only = positiveCount === 0 ? 0 : 1;
  throw new ClienteleError("constantLabels", `${where} must hold both classes; all ${values.length} are ${only} (${advice})`, {
    caller,
    parameter: "labels",
    rule: "both classes",
  });
}

/** Refuses scores that are not finite or not one for each label. */
export function checkScores(caller: string, scores: ArrayLike<number>, rowCount: number): void {
  checkList(caller, "scores", scores);
  checkSameLength(caller, "scores", scores.length, rowCount, "labels");
  checkFinite(caller, "scores", scores);
}

/** Refuses probabilities outside 0 … 1 or not one for each label. */
export function checkProbabilities(caller: string, parameter: string, probabilities: ArrayLike<number>, rowCount: number): void {
  checkList(caller, parameter, probabilities);
  checkSameLength(caller, parameter, probabilities.length, rowCount, "labels");
  checkFinite(caller, parameter, probabilities);
  for (let row = 0; row < rowCount; row++) {
    const probability = probabilities[row]!;
    if (probability >= 0 && probability <= 1) continue;
    throw new ClienteleError("invalidInput", `${parameter} must be from 0 to 1; got ${probability} at row ${row}`, {
      caller,
      parameter,
      row,
      rule: "from 0 to 1",
      value: probability,
    });
  }
}
