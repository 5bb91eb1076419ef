import { calibrateLogOdds, fillLogOdds } from "../log-odds";
import { checkScale, type ScoreScale } from "../score-scale";
import { readTemperatureSpec, type TemperatureSpec, type TemperatureStatus } from "./spec";

/**
 * A fitted temperature: the log-odds are divided by it, so probabilities move towards one half (above 1) or away from it (below 1).
 *
 * Made by `fitTemperature` or, from its saved form, by `temperatureFromSpec`.
 */
export class TemperatureModel {
  /** What {@link TemperatureModel.apply} takes: probabilities, or log-odds (`"score"`). */
  readonly scale: ScoreScale;
  /** 1 / {@link TemperatureModel.temperature}. */
  readonly slope: number;
  readonly status: TemperatureStatus;
  /** Rows of the fit. */
  readonly rowCount: number;

  constructor({ scale, slope, status, rowCount }: TemperatureSpec) {
    this.scale = scale;
    this.slope = slope;
    this.status = status;
    this.rowCount = rowCount;
  }

  /** What the log-odds are divided by; Infinity where the scores are no better than chance. */
  get temperature(): number {
    return 1 / this.slope;
  }

  /**
   * The calibrated probability of 1 for each score.
   *
   * @throws ClienteleError `nonFinite`, and `invalidInput` for scores outside 0 … 1 where the scale is `probability`.
   */
  apply(scores: ArrayLike<number>): Float64Array {
    checkScale("TemperatureModel.apply", scores, this.scale);
    const calibrated = new Float64Array(scores.length);
    fillLogOdds(scores, this.scale, calibrated);
    calibrateLogOdds(calibrated, this.slope, 0);
    return calibrated;
  }

  /** The saved form. */
  toJSON(): TemperatureSpec {
    const { scale, slope, status, rowCount } = this;
    return { kind: "temperature", version: 1, scale, slope, status, rowCount };
  }
}

/**
 * Gives a saved calibration back its class.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved temperature.
 * @example
 * ```ts
 * import { fitTemperature, temperatureFromSpec } from "clientele/churn";
 *
 * const text = JSON.stringify(fitTemperature([0.1, 0.1, 0.1, 0.9, 0.9, 0.9], [0, 0, 1, 1, 1, 0]));
 * console.log(temperatureFromSpec(JSON.parse(text)).apply([0.9])[0]?.toFixed(3)); // "0.667"
 * ```
 */
export function temperatureFromSpec(value: unknown): TemperatureModel {
  return new TemperatureModel(readTemperatureSpec("temperatureFromSpec", value));
}
