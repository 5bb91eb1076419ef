/** What helps where a fit was stopped. */
export const ITERATION_ADVICE = "the fit was stopped before it reached a maximum: allow more iterations, or give a penalty of 0.01 or more";

/** What helps where parameters of a transaction model are not identified. */
export const PENALTY_ADVICE = "give a penalty (0.01 to 1) to get a finite estimate, or fit more customers over a longer time";
