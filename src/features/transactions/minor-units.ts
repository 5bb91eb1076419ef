/** Decimals of money: none (yen), cents, thousandths (dinar), and the four of unit prices. */
const FACTORS = [1, 100, 1000, 10_000];

/** Sums of whole numbers are exact up to 2⁵³; half of that leaves room for a sum of sizes that is rounded. */
const MAX_UNITS = 2 ** 52;

/** What a look at amounts has found so far: the position of the factor, and the sum of their sizes. */
export interface MinorUnits {
  chosen: number;
  size: number;
}

/** Looks at the amounts from `start` to before `end`. NaN (a missing amount) fits any factor. */
export function includeAmounts(found: MinorUnits, amounts: Float64Array, start: number, end: number): void {
  let { chosen, size } = found;
  let factor = FACTORS[chosen];
  for (let i = start; i < end && factor !== undefined; i++) {
    const amount = amounts[i]!;
    if (amount !== amount) continue;
    size += Math.abs(amount);
    // A double is the decimal that it was written as when rounding to so many decimals gives it back.
    while (factor !== undefined && Math.round(amount * factor) / factor !== amount) factor = FACTORS[++chosen];
  }
  found.chosen = chosen;
  found.size = size;
}

/**
 * The smallest factor that turns all amounts into whole numbers, so that sums of them are exact, in whatever order;
 * undefined when none of 1, 100, 1000 and 10,000 does, or when sums could be too large to be exact.
 */
export function unitsPerValueOf({ chosen, size }: MinorUnits): number | undefined {
  const factor = FACTORS[chosen];
  return factor !== undefined && size * factor <= MAX_UNITS ? factor : undefined;
}

/** {@link unitsPerValueOf} of lists of amounts. */
export function findMinorUnits(lists: readonly Float64Array[]): number | undefined {
  const found = { chosen: 0, size: 0 };
  for (const amounts of lists) includeAmounts(found, amounts, 0, amounts.length);
  return unitsPerValueOf(found);
}
