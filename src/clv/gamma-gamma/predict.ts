import type { GammaGammaParameter } from "./parameters";
import type { SpendColumns } from "./spend";

/** E(M | p, q, γ) = pγ / (q − 1); undefined where q ≤ 1 and it does not exist. */
export function populationMean({ p, q, gamma }: Readonly<Record<GammaGammaParameter, number>>): number | undefined {
  return q > 1 ? (p * gamma) / (q - 1) : undefined;
}

/**
 * The expected value of a purchase of each customer: p (γ + xz) / (px + q − 1), between the mean of the population and the customer's own
 * (Fader and Hardie 2013, eq. 5); NaN where px + q ≤ 1 and it does not exist.
 */
export function expectedValues({ p, q, gamma }: Readonly<Record<GammaGammaParameter, number>>, { frequency, meanValue }: SpendColumns): Float64Array {
  return Float64Array.from(frequency, (x, i) => {
    const shape = p * x + q - 1;
    const spent = x === 0 ? 0 : x * meanValue[i]!;
    return shape > 0 ? (p * (gamma + spent)) / shape : NaN;
  });
}
