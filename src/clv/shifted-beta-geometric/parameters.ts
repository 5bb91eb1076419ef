/**
 * Parameters of the shifted-beta-geometric model: probabilities to leave at the end of a period are beta distributed over customers
 * with `alpha` and `beta`.
 */
export type ShiftedBetaGeometricParameter = "alpha" | "beta";

export const SHIFTED_BETA_GEOMETRIC_PARAMETERS = ["alpha", "beta"] as const;
