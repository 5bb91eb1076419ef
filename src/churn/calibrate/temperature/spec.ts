import { SpecReader } from "../../../errors/spec";
import { SCALES, type ScoreScale } from "../score-scale";

/**
 * How a fit of a temperature ended.
 *
 * - `converged`: the maximum of the likelihood
 * - `uninformative`: the scores order the classes no better than chance, so the likelihood is greatest for an infinite temperature:
 *   slope 0, every row gets one half
 * - `separated`: every row lies on its own side of one half, so the likelihood grows as the temperature falls to 0 and has no maximum; the
 *   temperature stays 1, the scores as they are
 * - `constantScores`: every score is one half, which no temperature changes; the temperature stays 1
 * - `iterationLimit`: rounding allowed no exact maximum; the number is the best that was found
 */
export type TemperatureStatus = "converged" | "uninformative" | "separated" | "constantScores" | "iterationLimit";

/** The saved form of a `TemperatureModel`: probability = 1 / (1 + exp(−slope · x)), x the log-odds. */
export interface TemperatureSpec {
  readonly kind: "temperature";
  readonly version: 1;
  readonly scale: ScoreScale;
  /** 1 / temperature, which is finite where the temperature is not. */
  readonly slope: number;
  readonly status: TemperatureStatus;
  readonly rowCount: number;
}

/** Reads a saved calibration out of untrusted JSON. */
export function readTemperatureSpec(caller: string, value: unknown): TemperatureSpec {
  const reader = SpecReader.open(caller, value, "temperature", 1);
  return {
    kind: "temperature",
    version: 1,
    scale: reader.oneOf("scale", SCALES),
    slope: reader.atLeast("slope", 0),
    status: reader.oneOf("status", ["converged", "uninformative", "separated", "constantScores", "iterationLimit"]),
    rowCount: reader.count("rowCount"),
  };
}
