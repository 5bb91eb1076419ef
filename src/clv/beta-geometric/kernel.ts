import { gaussLegendre } from "../../numeric/quadrature/gauss-legendre";
import { incompleteBeta } from "../../numeric/special/incomplete-beta";
import { logRising } from "../../numeric/special/rising-factorial";
import { DISCOUNT_NODES, discountedPurchases } from "../transaction-model/discounted-purchases";
import type { PurchaseKernel } from "../transaction-model/purchase-kernel";
import { dropoutMean } from "./dropout-mean";
import type { BetaGeometricParameter } from "./parameters";

/**
 * BG/NBD (`occasionsBefore` 0: dropout is possible after each repeat purchase) and MBG/NBD (1: after the first purchase, too).
 *
 * Of a customer who is alive at age T after x repeat purchases, the purchase rate is gamma distributed with shape r + x and rate α + T, and the
 * dropout probability, independently, beta distributed with a and b + k, where k = x + occasionsBefore.
 */
export function betaGeometricKernel({ r, alpha, a, b }: Readonly<Record<BetaGeometricParameter, number>>, occasionsBefore: 0 | 1): PurchaseKernel {
  const stayed = (frequency: number): number => b + frequency + occasionsBefore;
  const purchases = (frequency: number, age: number, duration: number): number =>
    dropoutMean("purchases", a, stayed(frequency), r + frequency, duration / (alpha + age));
  return {
    time: "continuous",
    isAliveCostly: false,
    alive(frequency, recency, age) {
      if (frequency + occasionsBefore === 0) return 1;
      const odds = Math.log(a / (stayed(frequency) - 1)) + (r + frequency) * Math.log1p((age - recency) / (alpha + recency));
      return 1 / (1 + Math.exp(odds));
    },
    purchases,
    survival: (frequency, age, duration) => dropoutMean("survival", a, stayed(frequency), r + frequency, duration / (alpha + age)),
    // n purchases: n of the gamma mixture and no dropout before the last, or more than n and dropout at the last.
    count(frequency, age, duration, count) {
      const shape = r + frequency;
      const tau = duration / (alpha + age);
      const z = tau / (1 + tau);
      if (count === 0) return Math.exp(-shape * Math.log1p(tau));
      if (tau === 0) return 0;
      const sum = a + stayed(frequency);
      const stayedUntilLast = Math.exp(logRising(stayed(frequency), count - 1) - logRising(sum, count - 1));
      const exactly = Math.exp(logRising(shape, count) - logRising(1, count) + count * Math.log(z) - shape * Math.log1p(tau));
      return stayedUntilLast * (exactly + (incompleteBeta(z, count + 1, shape) * a) / (sum + count - 1));
    },
    anyPurchase: (frequency, age, duration) => -Math.expm1(-(r + frequency) * Math.log1p(duration / (alpha + age))),
    waitingTime: (frequency, age, probability) => (alpha + age) * Math.expm1(-Math.log1p(-probability) / (r + frequency)),
    discounted: (frequency, age, horizon, force) =>
      discountedPurchases(gaussLegendre(DISCOUNT_NODES), (duration) => purchases(frequency, age, duration), horizon, force, alpha + age),
  };
}
