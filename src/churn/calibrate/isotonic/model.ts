import { checkScale, type ScoreScale } from "../score-scale";
import { interpolatePoints } from "./predict";
import { readIsotonicSpec, type IsotonicSpec } from "./spec";

/**
 * A fitted isotonic calibration: a rising broken line from scores to probabilities, level outside the scores of the fit.
 *
 * Made by `fitIsotonic` or, from its saved form, by `isotonicFromSpec`.
 */
export class IsotonicModel {
  /** What {@link IsotonicModel.apply} takes. */
  readonly scale: ScoreScale;
  /** Where the line bends, ascending: the first and last score of each level step. */
  readonly scores: readonly number[];
  /** The calibrated probability at each of `scores`. */
  readonly probabilities: readonly number[];
  /** Rows of the fit. */
  readonly rowCount: number;
  /** The points once more, for the kernel. */
  readonly #scores: Float64Array;
  readonly #probabilities: Float64Array;

  constructor({ scale, scores, probabilities, rowCount }: IsotonicSpec) {
    this.scale = scale;
    this.scores = [...scores];
    this.probabilities = [...probabilities];
    this.rowCount = rowCount;
    this.#scores = Float64Array.from(scores);
    this.#probabilities = Float64Array.from(probabilities);
  }

  /**
   * The calibrated probability of 1 for each score.
   *
   * @throws ClienteleError `nonFinite`, and `invalidInput` for scores outside 0 … 1 where the scale is `probability`.
   */
  apply(scores: ArrayLike<number>): Float64Array {
    checkScale("IsotonicModel.apply", scores, this.scale);
    const calibrated = new Float64Array(scores.length);
    interpolatePoints(this.#scores, this.#probabilities, scores, calibrated);
    return calibrated;
  }

  /** The saved form. */
  toJSON(): IsotonicSpec {
    return { kind: "isotonic", version: 1, scale: this.scale, scores: [...this.scores], probabilities: [...this.probabilities], rowCount: this.rowCount };
  }
}

/**
 * Gives a saved calibration back its class.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved isotonic calibration.
 * @example
 * ```ts
 * import { fitIsotonic, isotonicFromSpec } from "clientele/churn";
 *
 * const text = JSON.stringify(fitIsotonic([0.1, 0.3, 0.4, 0.6], [0, 1, 0, 1]));
 * console.log(isotonicFromSpec(JSON.parse(text)).apply([0.35, 0.5])); // Float64Array [0.5, 0.75]
 * ```
 */
export function isotonicFromSpec(value: unknown): IsotonicModel {
  return new IsotonicModel(readIsotonicSpec("isotonicFromSpec", value));
}
