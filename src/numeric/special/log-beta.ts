import { logGamma, stirlingCorrection, STIRLING_FROM } from "./log-gamma";

/** ½ log(2π) */
const HALF_LOG_TWO_PI = 0.9189385332046727;

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b) for a, b > 0, without the cancellation of that sum where an argument is large:
 * the Stirling parts are subtracted in closed form (as in TOMS 708, Didonato and Morris 1992). To about 1e-15 of max(1, |log B|).
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const sum = small + large;
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(sum);
  const correction = stirlingCorrection(large) - stirlingCorrection(sum);
  // (large − ½) log(large / sum)
  const largePart = (large - 0.5) * Math.log1p(-small / sum);
  if (small < STIRLING_FROM) return logGamma(small) + correction + largePart + small - small * Math.log(sum);
  return HALF_LOG_TWO_PI - 0.5 * Math.log(small) + stirlingCorrection(small) + correction + largePart + small * Math.log(small / sum);
}
