/**
 * Parameters of the beta-geometric models: purchase rates are gamma distributed over customers with shape `r` and rate `alpha` (a time),
 * probabilities to drop out after a purchase beta distributed with `a` and `b`.
 */
export type BetaGeometricParameter = "r" | "alpha" | "a" | "b";

export const BETA_GEOMETRIC_PARAMETERS = ["r", "alpha", "a", "b"] as const;
