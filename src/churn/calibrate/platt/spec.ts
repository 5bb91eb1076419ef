import { SpecReader } from "../../../errors/spec";
import { SCALES, type ScoreScale } from "../score-scale";

/**
 * How a fit of Platt's calibration ended.
 *
 * - `converged`: the maximum of the likelihood, with a slope above 0
 * - `reversed`: the maximum, with a slope below 0: lower scores go with label 1, and calibrated probabilities turn the order round
 * - `constantScores`: all scores are equal; slope 0, every row gets the (smoothed) base rate
 * - `iterationLimit`: rounding allowed no exact maximum; the numbers are the best that were found
 */
export type PlattStatus = "converged" | "reversed" | "constantScores" | "iterationLimit";

/** The saved form of a `PlattModel`: probability = 1 / (1 + exp(−(intercept + slope · x))), x the score or, of a probability, its log-odds. */
export interface PlattSpec {
  readonly kind: "platt";
  readonly version: 1;
  readonly scale: ScoreScale;
  readonly slope: number;
  readonly intercept: number;
  readonly status: PlattStatus;
  readonly rowCount: number;
  readonly positiveCount: number;
}

/** Reads a saved calibration out of untrusted JSON. */
export function readPlattSpec(caller: string, value: unknown): PlattSpec {
  const reader = SpecReader.open(caller, value, "platt", 1);
  const rowCount = reader.count("rowCount");
  const positiveCount = reader.count("positiveCount");
  if (positiveCount > rowCount) throw reader.refuse("positiveCount", "at most rowCount");
  return {
    kind: "platt",
    version: 1,
    scale: reader.oneOf("scale", SCALES),
    slope: reader.number("slope"),
    intercept: reader.number("intercept"),
    status: reader.oneOf("status", ["converged", "reversed", "constantScores", "iterationLimit"]),
    rowCount,
    positiveCount,
  };
}
