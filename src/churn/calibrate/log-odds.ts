import type { ScoreScale } from "./score-scale";

/**
 * Fills `out` with what the logistic calibrations are linear in: the log-odds of probabilities, other scores as they are.
 * Probabilities are clipped to [ε, 1 − ε], ε = 2⁻⁵², so that 0 and 1 have log-odds of ∓36.04.
 */
export function fillLogOdds(scores: ArrayLike<number>, scale: ScoreScale, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const score = scores[i]!;
    if (scale === "score") {
      out[i] = score;
      continue;
    }
    const clipped = Math.min(Math.max(score, Number.EPSILON), 1 - Number.EPSILON);
    out[i] = Math.log(clipped) - Math.log1p(-clipped);
  }
}

/** Turns log-odds into 1 / (1 + exp(−(intercept + slope · log-odds))), in place. */
export function calibrateLogOdds(logOdds: Float64Array, slope: number, intercept: number): void {
  for (let i = 0; i < logOdds.length; i++) {
    const calibrated = intercept + slope * logOdds[i]!;
    const odds = Math.exp(-Math.abs(calibrated));
    logOdds[i] = calibrated >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
  }
}
