/** Customers with the same number of repeat purchases in the calibration: what they were expected to buy in the holdout, and what they did. */
export interface FrequencyBin {
  readonly frequencyFrom: number;
  /** The last frequency of the bin; null for all from `frequencyFrom` on. */
  readonly frequencyTo: number | null;
  readonly customerCount: number;
  /** Mean purchases in the holdout. */
  readonly actual: number;
  /** Of that mean, over customers: sd / √n. NaN for a single customer. */
  readonly standardError: number;
  readonly predicted: number;
}

/** Bins of one frequency each, the last for all from `lastBin` on; empty ones are left out. */
export function binByFrequency(frequency: Float64Array, actual: Float64Array, predicted: Float64Array, lastBin: number): FrequencyBin[] {
  const bins = Array.from({ length: lastBin + 1 }, () => ({ count: 0, actual: 0, squares: 0, predicted: 0 }));
  for (let i = 0; i < frequency.length; i++) {
    const bin = bins[Math.min(frequency[i]!, lastBin)]!;
    bin.count++;
    bin.actual += actual[i]!;
    bin.squares += actual[i]! * actual[i]!;
    bin.predicted += predicted[i]!;
  }
  return bins.flatMap((bin, at) => {
    if (bin.count === 0) return [];
    const mean = bin.actual / bin.count;
    // Purchases are whole numbers, so the sums are exact.
    const variance = (bin.squares - bin.count * mean * mean) / (bin.count - 1);
    return [
      {
        frequencyFrom: at,
        frequencyTo: at === lastBin ? null : at,
        customerCount: bin.count,
        actual: mean,
        standardError: bin.count > 1 ? Math.sqrt(Math.max(0, variance) / bin.count) : NaN,
        predicted: bin.predicted / bin.count,
      },
    ];
  });
}
