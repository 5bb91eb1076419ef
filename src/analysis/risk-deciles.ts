import { sumOf } from "../numeric/statistics/compensated-sum";

/** A tenth of the customers, by predicted probability. */
export interface RiskDecile {
  readonly customerCount: number;
  readonly meanProbability: number;
  /** Where the border of two groups runs through customers of equal probability, both get their mean. */
  readonly churnRate: number;
}

/** Ten groups of equal size (by one) in order of falling probability; customers of equal probability count by their mean. */
export function decilesOf(labels: Uint8Array, probabilities: Float64Array): RiskDecile[] {
  const order = Array.from(probabilities.keys()).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  const rates = new Float64Array(order.length);
  let start = 0;
  while (start < order.length) {
    let end = start;
    let left = 0;
    while (end < order.length && probabilities[order[end]!] === probabilities[order[start]!]) left += labels[order[end++]!]!;
    rates.fill(left / (end - start), start, end);
    start = end;
  }
  return Array.from({ length: 10 }, (_, i): RiskDecile => {
    const from = Math.round((i * order.length) / 10);
    const to = Math.round(((i + 1) * order.length) / 10);
    const customerCount = to - from;
    return {
      customerCount,
      meanProbability: sumOf(order.slice(from, to).map((row) => probabilities[row]!)) / customerCount,
      churnRate: sumOf(rates.subarray(from, to)) / customerCount,
    };
  });
}
