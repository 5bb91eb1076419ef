/** Fills `out` with intercept + Σ coefficientⱼ · xᵢⱼ for every row. */
export function fillLogits(values: Float64Array, coefficients: Float64Array, intercept: number, out: Float64Array): void {
  const columnCount = coefficients.length;
  for (let i = 0; i < out.length; i++) {
    let logit = intercept;
    const start = i * columnCount;
    for (let j = 0; j < columnCount; j++) logit += coefficients[j]! * values[start + j]!;
    out[i] = logit;
  }
}

/** Turns log-odds into probabilities, in place. */
export function toProbabilities(logits: Float64Array): void {
  for (let i = 0; i < logits.length; i++) logits[i] = logisticOf(logits[i]!);
}

/** 1 / (1 + exp(−logit)) with full relative precision at both ends. */
function logisticOf(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit));
  const odds = Math.exp(logit);
  return odds / (1 + odds);
}
