import { checkRowCount } from "../../errors/check";
import { readOptions } from "../../errors/options";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { checkSpend, type SpendColumns } from "./spend";

/** Options of {@link measureSpendCorrelation}. */
export interface SpendCorrelationOptions {
  /** A correlation up to this size does no harm. @defaultValue 0.2 */
  readonly largest?: number | undefined;
  /** @defaultValue 0.95 */
  readonly confidence?: number | undefined;
}

const SPEND_CORRELATION_OPTIONS = {
  largest: { kind: "number", min: 0, max: 1, open: "both", default: 0.2 },
  confidence: { kind: "number", min: 0, max: 1, open: "both", default: 0.95 },
} as const;

/** How frequency and value go together. */
export interface SpendCorrelation {
  /** Customers with a repeat purchase. */
  readonly customerCount: number;
  /** Pearson's correlation of frequency and mean value, and its interval (Fisher 1921); NaN where one of them is constant. */
  readonly correlation: number;
  readonly low: number;
  readonly high: number;
  /**
   * The same of the logarithms, on which a few large customers weigh less. It is not judged: the logarithm of a mean of few purchases is too
   * small on average, so this correlation is above 0 even where value and frequency are independent.
   */
  readonly correlationOfLogs: number;
  /**
   * By the size that is likely, not by whether it differs from 0 (which with many customers it always does):
   * `negligible` if the whole interval is within ±`largest`, `substantial` if all of it is beyond, else `uncertain`.
   */
  readonly verdict: "negligible" | "uncertain" | "substantial";
}

/**
 * Whether frequency and value of purchases are independent enough for Gamma-Gamma, which takes that for granted: if frequent buyers spend more per
 * purchase, values are underestimated for the best customers.
 *
 * Customers without a repeat purchase or without a value above 0 are left out.
 *
 * @throws ClienteleError `tooFewRows` with fewer than 4 customers; as `fitGammaGamma` for columns that say no spend.
 * @example
 * ```ts
 * import { measureSpendCorrelation } from "clientele/clv";
 *
 * const frequency = Array.from({ length: 400 }, (_, i) => 1 + (i % 10));
 * const meanValue = Array.from({ length: 400 }, (_, i) => 20 + ((i * 7) % 31));
 * console.log(measureSpendCorrelation({ frequency, meanValue }).verdict); // "negligible"
 * ```
 */
export function measureSpendCorrelation(columns: SpendColumns, options?: SpendCorrelationOptions): SpendCorrelation {
  const caller = "measureSpendCorrelation";
  const { largest, confidence } = readOptions(caller, options, SPEND_CORRELATION_OPTIONS);
  checkSpend(caller, columns);
  const { frequency, meanValue } = columns;
  const used = Array.from(frequency, (_, i) => i).filter((i) => frequency[i]! > 0 && meanValue[i]! > 0);
  checkRowCount(caller, "columns", used.length, 4, "customers with a repeat purchase and a value above 0");
  const x = Float64Array.from(used, (i) => frequency[i]!);
  const z = Float64Array.from(used, (i) => meanValue[i]!);
  const correlation = pearson(x, z);
  const half = normalQuantile((1 + confidence) / 2) / Math.sqrt(used.length - 3);
  const low = Math.tanh(Math.atanh(correlation) - half);
  const high = Math.tanh(Math.atanh(correlation) + half);
  const isNegligible = low >= -largest && high <= largest;
  const isSubstantial = low > largest || high < -largest;
  return {
    customerCount: used.length,
    correlation,
    low,
    high,
    correlationOfLogs: pearson(x.map(Math.log), z.map(Math.log)),
    verdict: isNegligible ? "negligible" : isSubstantial ? "substantial" : "uncertain",
  };
}

/** From deviations in units of the largest, which neither overflow nor vanish. */
function pearson(x: Float64Array, y: Float64Array): number {
  const deviationsOf = (values: Float64Array): Float64Array => {
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    const deviations = values.map((value) => value - mean);
    const size = deviations.reduce((max, deviation) => Math.max(max, Math.abs(deviation)), 0);
    // A constant column: its deviations are rounding.
    return deviations.map((deviation) => (size > 1e-14 * Math.abs(mean) ? deviation / size : 0));
  };
  const dx = deviationsOf(x);
  const dy = deviationsOf(y);
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < dx.length; i++) {
    xx += dx[i]! * dx[i]!;
    xy += dx[i]! * dy[i]!;
    yy += dy[i]! * dy[i]!;
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}
