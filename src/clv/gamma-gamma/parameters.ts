/**
 * Parameters of the Gamma-Gamma spend model: the value of a purchase is gamma distributed with shape `p` and a rate of the customer's own,
 * which is gamma distributed over customers with shape `q` and rate `gamma` (money; v in some texts).
 */
export type GammaGammaParameter = "p" | "q" | "gamma";

export const GAMMA_GAMMA_PARAMETERS = ["p", "q", "gamma"] as const;
