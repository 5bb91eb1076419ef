/**
 * Parameters of the BG/BB model: probabilities to buy at an opportunity are beta distributed over customers with `alpha` and `beta`,
 * probabilities to drop out before an opportunity with `gamma` and `delta`.
 */
export type BgBbParameter = "alpha" | "beta" | "gamma" | "delta";

export const BG_BB_PARAMETERS = ["alpha", "beta", "gamma", "delta"] as const;
