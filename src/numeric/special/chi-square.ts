import { logUpperGamma } from "./incomplete-gamma";

/**
 * The logarithm of the probability that a chi-square variable with `degrees` of freedom exceeds `x`: finite however far out `x` lies.
 * With 0 degrees the variable is 0.
 */
export function logChiSquareTail(x: number, degrees: number): number {
  if (degrees === 0) return x > 0 ? -Infinity : 0;
  return logUpperGamma(degrees / 2, x / 2);
}

/** The logarithm of the probability that a standard normal variable lies farther from 0 than `z`, on either side. */
export function logTwoSidedTail(z: number): number {
  return logChiSquareTail(z * z, 1);
}
