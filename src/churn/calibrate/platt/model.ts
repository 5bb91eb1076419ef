import { calibrateLogOdds, fillLogOdds } from "../log-odds";
import { checkScale, type ScoreScale } from "../score-scale";
import { readPlattSpec, type PlattSpec, type PlattStatus } from "./spec";

/**
 * A fitted calibration of Platt's: the probability is 1 / (1 + exp(−(intercept + slope · x))), x the score or, of a probability, its log-odds.
 *
 * Made by `fitPlatt` or, from its saved form, by `plattFromSpec`.
 */
export class PlattModel {
  /** What {@link PlattModel.apply} takes. */
  readonly scale: ScoreScale;
  /** Below 1 (on log-odds) the scores were too confident, above 1 too timid. */
  readonly slope: number;
  readonly intercept: number;
  readonly status: PlattStatus;
  /** Rows of the fit. */
  readonly rowCount: number;
  /** Rows of the fit with label 1. */
  readonly positiveCount: number;

  constructor({ scale, slope, intercept, status, rowCount, positiveCount }: PlattSpec) {
    this.scale = scale;
    this.slope = slope;
    this.intercept = intercept;
    this.status = status;
    this.rowCount = rowCount;
    this.positiveCount = positiveCount;
  }

  /**
   * The calibrated probability of 1 for each score.
   *
   * @throws ClienteleError `nonFinite`, and `invalidInput` for scores outside 0 … 1 where the scale is `probability`.
   */
  apply(scores: ArrayLike<number>): Float64Array {
    checkScale("PlattModel.apply", scores, this.scale);
    const calibrated = new Float64Array(scores.length);
    fillLogOdds(scores, this.scale, calibrated);
    calibrateLogOdds(calibrated, this.slope, this.intercept);
    return calibrated;
  }

  /** The saved form. */
  toJSON(): PlattSpec {
    const { scale, slope, intercept, status, rowCount, positiveCount } = this;
    return { kind: "platt", version: 1, scale, slope, intercept, status, rowCount, positiveCount };
  }
}

/**
 * Gives a saved calibration back its class.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved calibration of Platt's.
 * @example
 * ```ts
 * import { fitPlatt, plattFromSpec } from "clientele/churn";
 *
 * const text = JSON.stringify(fitPlatt([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 1, 0, 1, 0, 1]));
 * console.log(plattFromSpec(JSON.parse(text)).apply([0.9])[0]?.toFixed(3)); // "0.701"
 * ```
 */
export function plattFromSpec(value: unknown): PlattModel {
  return new PlattModel(readPlattSpec("plattFromSpec", value));
}
