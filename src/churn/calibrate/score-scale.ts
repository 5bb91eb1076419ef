import { checkFinite, checkList } from "../../errors/check";
import { ClienteleError } from "../../errors/error";

/**
 * What a calibrator takes.
 *
 * - `probability`: numbers from 0 to 1, as `predictProbability` gives them
 * - `score`: any finite numbers, higher for "more likely 1", such as log-odds
 */
export type ScoreScale = "probability" | "score";

export const SCALES = ["probability", "score"] as const;

/** Refuses scores that are not finite or, as probabilities, not from 0 to 1. */
export function checkScale(caller: string, scores: ArrayLike<number>, scale: ScoreScale): void {
  checkList(caller, "scores", scores);
  checkFinite(caller, "scores", scores);
  if (scale === "score") return;
  for (let row = 0; row < scores.length; row++) {
    const value = scores[row]!;
    if (value >= 0 && value <= 1) continue;
    const rule = 'from 0 to 1 (for others, fit with scale: "score")';
    throw new ClienteleError("invalidInput", `scores must be ${rule}; got ${value} at row ${row}`, { caller, parameter: "scores", row, rule, value });
  }
}
