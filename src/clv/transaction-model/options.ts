/** Options of the fits of transaction and spend models. */
export interface TransactionFitOptions {
  /**
   * Strength of a pull of every parameter towards 1 (times towards the mean age, money towards the mean value): the likelihood is maximised
   * less penalty/2 · Σ (log parameter)². As a prior: each logarithm is normal about 0 with variance 1 / penalty.
   * It makes an estimate of what the data leave open, and costs little where they are many. @defaultValue 0 (maximum likelihood)
   */
  readonly penalty?: number | undefined;
  /** Most steps from each start. @defaultValue 200 */
  readonly maxIterations?: number | undefined;
}

export const FIT_OPTIONS = {
  penalty: { kind: "number", min: 0, default: 0 },
  maxIterations: { kind: "integer", min: 1, default: 200 },
} as const;

/** {@link TransactionFitOptions} after checking. */
export interface FitSettings {
  readonly penalty: number;
  readonly maxIterations: number;
}
