/** Decimals of money: none (yen), cents, thousandths (dinar), and the four of unit prices. */
const FACTORS = [1, 100, 1000, 10_000];

/**
 * The smallest factor that turns every amount into a whole number, so that sums of them are exact; undefined when
 * none of 1, 100, 1000 and 10,000 does. NaN (a missing amount) fits any.
 *
 * A double is the decimal that it was written as when rounding to so many decimals gives it back.
 */
export function findMinorUnits(amounts: Float64Array): number | undefined {
  let chosen = 0;
  for (const amount of amounts) {
    if (Number.isNaN(amount)) continue;
    while (!isMultiple(amount, FACTORS[chosen]!)) {
      chosen++;
      if (chosen === FACTORS.length) return undefined;
    }
  }
  return FACTORS[chosen];
}

function isMultiple(amount: number, factor: number): boolean {
  const units = Math.round(amount * factor);
  return Number.isSafeInteger(units) && units / factor === amount;
}
