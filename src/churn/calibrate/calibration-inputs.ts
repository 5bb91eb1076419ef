import { checkBothClasses, readBinaryLabels, type BinaryLabels } from "../../data/binary-labels";
import { checkSameLength } from "../../errors/check";
import { checkScale, SCALES, type ScoreScale } from "./score-scale";

/** Options of {@link fitPlatt}, {@link fitIsotonic} and {@link fitTemperature}. */
export interface CalibrationOptions {
  /** Whether the scores are probabilities, or any numbers. @defaultValue "probability" */
  readonly scale?: ScoreScale | undefined;
}

export const CALIBRATION_OPTIONS = { scale: { kind: "oneOf", values: SCALES, default: "probability" } } as const;

/** Checks the scores of a fit and the labels they belong to, both classes present. */
export function readCalibrationInputs(caller: string, scores: ArrayLike<number>, labels: ArrayLike<number>, scale: ScoreScale): BinaryLabels {
  checkScale(caller, scores, scale);
  const checked = readBinaryLabels(caller, labels);
  checkSameLength(caller, "labels", labels.length, scores.length, "scores");
  checkBothClasses(caller, checked);
  return checked;
}
