/** Decimals of money: none (yen), cents, thousandths (dinar), and the four of unit prices. */
const FACTORS = [1, 100, 1000, 10_000];

/**
 * The smallest factor that turns the first `count` amounts into whole numbers, so that sums of them are exact; undefined when
 * none of 1, 100, 1000 and 10,000 does. NaN (a missing amount) fits any.
 *
 * A double is the decimal that it was written as when rounding to so many decimals gives it back.
 */
export function findMinorUnits(amounts: Float64Array, count: number): number | undefined {
  let chosen = 0;
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const amount = amounts[i]!;
    if (Number.isNaN(amount)) continue;
    largest = Math.max(largest, Math.abs(amount));
    while (!isMultiple(amount, FACTORS[chosen]!)) {
      chosen++;
      if (chosen === FACTORS.length) return undefined;
    }
  }
  // An amount that was read before the factor grew may be too large for the new one.
  const factor = FACTORS[chosen]!;
  return isMultiple(largest, factor) ? factor : undefined;
}

function isMultiple(amount: number, factor: number): boolean {
  const units = Math.round(amount * factor);
  return Number.isSafeInteger(units) && units / factor === amount;
}
