import { digammaRise, logRising, trigammaRise } from "../../numeric/special/rising-factorial";
import type { Steps } from "../../steps/steps";
import type { CountedHistories } from "../transaction-model/counted-histories";
import type { LogLikelihood } from "../transaction-model/maximize";
import type { BetaGeometricParameter } from "./parameters";
import { indexValues, type IndexedValues } from "./indexed-values";

/** Rows between two yields: about two milliseconds. */
const ROWS_PER_SLICE = 25_000;

/**
 * The log-likelihood of BG/NBD (Fader, Hardie and Lee 2005, eq. 6) and MBG/NBD (Batislam, Denizel and Filiztekin 2007), which differ
 * in the number k of occasions on which a customer with x repeat purchases did not drop out: x of BG, x + 1 of MBG. For one customer
 *
 *     log (r)ₓ + r log α − (r + x) log(α + T) + log (b)ₖ − log (a + b)ₖ + log(1 + eᵘ),
 *     u = log a − log(b + k − 1) + (r + x) log((α + T) / (α + tₓ)),
 *
 * the last term only where k > 0. Everything but eᵘ depends on x alone or on T alone, and is computed once for each of their values.
 * Gradient and Hessian are exact.
 */
export function betaGeometricLikelihood(histories: CountedHistories, occasionsBefore: 0 | 1): LogLikelihood<BetaGeometricParameter> {
  const { frequency, recency, age, weights, timeUnit, customerCount, purchaseCount } = histories;
  const counts = indexValues(frequency, weights);
  const ages = indexValues(age, weights);
  const recencies = indexValues(recency, weights);
  const purchasesByAge = new Float64Array(ages.values.length);
  for (let i = 0; i < weights.length; i++) purchasesByAge[ages.index[i]!] = purchasesByAge[ages.index[i]!]! + weights[i]! * frequency[i]!;

  const tables: Tables = {
    logOdds: new Float64Array(counts.values.length),
    slopeB: new Float64Array(counts.values.length),
    curveB: new Float64Array(counts.values.length),
    byAge: timeTable(ages.values.length),
    byRecency: timeTable(recencies.values.length),
  };
  const rows: Rows = { frequency, weights, count: counts.index, age: ages.index, recency: recencies.index };
  const sums = new Float64Array(SUMS);

  return {
    names: ["r", "alpha", "a", "b"],
    units: [1, timeUnit, 1, 1],
    unitTerm: -purchaseCount * Math.log(timeUnit),
    customerCount,
    starts: startsFor(purchaseCount / customerCount),
    *derivatives(logParameters, gradient, hessian): Steps<number> {
      const [r, alpha, a, b] = logParameters.map(Math.exp) as unknown as [number, number, number, number];
      sums.fill(0);
      addCounts(counts, r, a, b, occasionsBefore, tables, sums);
      fillTimes(ages.values, alpha, tables.byAge);
      fillTimes(recencies.values, alpha, tables.byRecency);
      addAges(ages, purchasesByAge, r, alpha, tables.byAge, sums);
      for (let start = 0; start < weights.length; start += ROWS_PER_SLICE) {
        if (start > 0) yield { phase: "maximising the likelihood", done: start, total: weights.length };
        addRows(rows, start, Math.min(start + ROWS_PER_SLICE, weights.length), r, occasionsBefore, tables, sums);
      }
      const [value, gR, gAlpha, gA, gB, rr, rAlpha, rA, rB, alphaAlpha, alphaA, alphaB, aa, ab, bb] = sums as unknown as number[];
      gradient.set([gR!, gAlpha!, gA!, gB!]);
      hessian.set([rr!, rAlpha!, rA!, rB!, 0, alphaAlpha!, alphaA!, alphaB!, 0, 0, aa!, ab!, 0, 0, 0, bb!]);
      return value!;
    },
  };
}

/** The value, 4 components of the gradient and 10 of the Hessian. */
const SUMS = 15;

interface Rows {
  readonly frequency: Float64Array;
  readonly weights: Float64Array;
  /** Positions in the tables. */
  readonly count: Int32Array;
  readonly age: Int32Array;
  readonly recency: Int32Array;
}

/** By a time t: log(α + t), its derivative α / (α + t) by log α, and the derivative of that. */
interface TimeTable {
  readonly log: Float64Array;
  readonly share: Float64Array;
  readonly slope: Float64Array;
}

interface Tables {
  /** By x: log a − log(b + k − 1), and its first and second derivative by log b. */
  readonly logOdds: Float64Array;
  readonly slopeB: Float64Array;
  readonly curveB: Float64Array;
  readonly byAge: TimeTable;
  readonly byRecency: TimeTable;
}

function timeTable(size: number): TimeTable {
  return { log: new Float64Array(size), share: new Float64Array(size), slope: new Float64Array(size) };
}

/** The terms of x alone. */
function addCounts({ values, weights }: IndexedValues, r: number, a: number, b: number, occasionsBefore: number, { logOdds, slopeB, curveB }: Tables, sums: Float64Array): void {
  let value = 0, gR = 0, gA = 0, gB = 0, rr = 0, aa = 0, ab = 0, bb = 0;
  for (let c = 0; c < values.length; c++) {
    const w = weights[c]!;
    const x = values[c]!;
    const k = x + occasionsBefore;
    const riseR = digammaRise(r, x);
    const riseB = digammaRise(b, k);
    const riseSum = digammaRise(a + b, k);
    const curveSum = trigammaRise(a + b, k);
    value += w * (logRising(r, x) + logRising(b, k) - logRising(a + b, k));
    gR += w * r * riseR;
    gA -= w * a * riseSum;
    gB += w * b * (riseB - riseSum);
    rr += w * r * (riseR + r * trigammaRise(r, x));
    aa -= w * a * (riseSum + a * curveSum);
    ab -= w * a * b * curveSum;
    bb += w * b * (riseB - riseSum + b * (trigammaRise(b, k) - curveSum));
    const odds = b + k - 1;
    logOdds[c] = Math.log(a / odds);
    slopeB[c] = -b / odds;
    curveB[c] = (-b / odds) * ((k - 1) / odds);
  }
  addTo(sums, [value, gR, 0, gA, gB, rr, 0, 0, 0, 0, 0, 0, aa, ab, bb]);
}

/** The terms of T alone: r log α − (r + x) log(α + T). */
function addAges({ values, weights }: IndexedValues, purchases: Float64Array, r: number, alpha: number, { log, share, slope }: TimeTable, sums: Float64Array): void {
  let value = 0, gR = 0, gAlpha = 0, rAlpha = 0, alphaAlpha = 0;
  for (let t = 0; t < values.length; t++) {
    const n = r * weights[t]!;
    const x = purchases[t]!;
    const ofR = n * Math.log1p(values[t]! / alpha);
    value -= ofR + x * log[t]!;
    gR -= ofR;
    gAlpha += n * (1 - share[t]!) - x * share[t]!;
    rAlpha += n * (1 - share[t]!);
    alphaAlpha -= (n + x) * slope[t]!;
  }
  addTo(sums, [value, gR, gAlpha, 0, 0, gR, rAlpha, 0, 0, alphaAlpha, 0, 0, 0, 0, 0]);
}

/** The terms log(1 + eᵘ) of the rows from `start` to before `end`. */
function addRows(rows: Rows, start: number, end: number, r: number, occasionsBefore: number, tables: Tables, sums: Float64Array): void {
  const { frequency, weights, count, age, recency } = rows;
  const { logOdds, slopeB, curveB, byAge, byRecency } = tables;
  let value = 0, gR = 0, gAlpha = 0, gA = 0, gB = 0;
  let rr = 0, rAlpha = 0, rA = 0, rB = 0, alphaAlpha = 0, alphaA = 0, alphaB = 0, aa = 0, ab = 0, bb = 0;
  for (let i = start; i < end; i++) {
    const x = frequency[i]!;
    if (x + occasionsBefore === 0) continue;
    const c = count[i]!;
    const t = age[i]!;
    const s = recency[i]!;
    const shape = r + x;
    // Derivatives of u by log r, log α and log b; that by log a is 1.
    const distance = byAge.log[t]! - byRecency.log[s]!;
    const share = byAge.share[t]! - byRecency.share[s]!;
    const uR = r * distance;
    const uAlpha = shape * share;
    const uB = slopeB[c]!;
    const u = logOdds[c]! + shape * distance;
    const small = Math.exp(-Math.abs(u));
    const w = weights[i]!;
    value += w * (Math.log1p(small) + (u > 0 ? u : 0));
    const gone = (w * (u > 0 ? 1 : small)) / (1 + small);
    const spread = (gone * (u > 0 ? small : 1)) / (1 + small);
    gR += gone * uR;
    gAlpha += gone * uAlpha;
    gA += gone;
    gB += gone * uB;
    const sR = spread * uR;
    const sAlpha = spread * uAlpha;
    rr += sR * uR + gone * uR;
    rAlpha += sR * uAlpha + gone * r * share;
    rA += sR;
    rB += sR * uB;
    alphaAlpha += sAlpha * uAlpha + gone * shape * (byAge.slope[t]! - byRecency.slope[s]!);
    alphaA += sAlpha;
    alphaB += sAlpha * uB;
    aa += spread;
    ab += spread * uB;
    bb += spread * uB * uB + gone * curveB[c]!;
  }
  addTo(sums, [value, gR, gAlpha, gA, gB, rr, rAlpha, rA, rB, alphaAlpha, alphaA, alphaB, aa, ab, bb]);
}

function addTo(sums: Float64Array, terms: readonly number[]): void {
  for (let j = 0; j < sums.length; j++) sums[j] = sums[j]! + terms[j]!;
}

function fillTimes(times: Float64Array, alpha: number, { log, share, slope }: TimeTable): void {
  for (let t = 0; t < times.length; t++) {
    const sum = alpha + times[t]!;
    const part = alpha / sum;
    log[t] = Math.log(sum);
    share[t] = part;
    slope[t] = (part * times[t]!) / sum;
  }
}

/** Rates of purchase that agree with the mean frequency at three degrees of heterogeneity; dropout rare, even and common. */
function startsFor(meanFrequency: number): number[][] {
  const logsOf = (r: number, a: number, b: number): number[] => [Math.log(r), Math.log(r / meanFrequency), Math.log(a), Math.log(b)];
  return [logsOf(0.5, 0.8, 2), logsOf(1.5, 1, 5), logsOf(0.2, 3, 3), logsOf(5, 0.3, 1)];
}
