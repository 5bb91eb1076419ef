import { SpecReader } from "../../../errors/spec";
import { SCALES, type ScoreScale } from "../score-scale";

/** The saved form of an `IsotonicModel`: straight lines between the points, level outside them. */
export interface IsotonicSpec {
  readonly kind: "isotonic";
  readonly version: 1;
  readonly scale: ScoreScale;
  /** Strictly ascending. */
  readonly scores: readonly number[];
  /** The calibrated probability at each score, never falling. */
  readonly probabilities: readonly number[];
  readonly rowCount: number;
}

/** Reads a saved calibration out of untrusted JSON. */
export function readIsotonicSpec(caller: string, value: unknown): IsotonicSpec {
  const reader = SpecReader.open(caller, value, "isotonic", 1);
  const scale = reader.oneOf("scale", SCALES);
  const scores = Array.from(reader.numbers("scores"));
  if (scores.length === 0) throw reader.refuse("scores", "at least one score");
  if (scores.some((score, i) => i > 0 && !(score > scores[i - 1]!))) throw reader.refuse("scores", "in ascending order");
  const probabilities = Array.from(reader.numbers("probabilities", scores.length));
  if (probabilities.some((probability, i) => probability < (probabilities[i - 1] ?? 0) || probability > 1)) {
    throw reader.refuse("probabilities", "from 0 to 1 and never falling");
  }
  return { kind: "isotonic", version: 1, scale, scores, probabilities, rowCount: reader.count("rowCount") };
}
