import { checkFinite, checkList, checkSameLength } from "../../errors/check";
import { ClienteleError } from "../../errors/error";

/** What a refusal of one class advises where a ranking is asked for. */
export const RANKING_ADVICE = "AUC and average precision compare the two; log-loss, Brier score and accuracy do not";

/** The confidence of an interval. */
export const LEVEL = { kind: "number", min: 0, max: 1, open: "both", default: 0.95 } as const;

/** Refuses scores that are not finite or not one for each label. */
export function checkScores(caller: string, scores: ArrayLike<number>, rowCount: number, parameter = "scores"): void {
  checkList(caller, parameter, scores);
  checkSameLength(caller, parameter, scores.length, rowCount, "labels");
  checkFinite(caller, parameter, scores);
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
