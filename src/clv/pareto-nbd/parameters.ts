/**
 * Parameters of the Pareto/NBD model: purchase rates are gamma distributed over customers with shape `r` and rate `alpha` (a time),
 * death rates with shape `s` and rate `beta` (a time).
 */
export type ParetoNbdParameter = "r" | "alpha" | "s" | "beta";

export const PARETO_NBD_PARAMETERS = ["r", "alpha", "s", "beta"] as const;
