import {
  computeDeltaIntervals, computeParameterIntervals, fitBgBb, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, fitShiftedBetaGeometric,
  type EstimatedModel, type PurchaseHistories, type PurchasePredictor,
} from "clientele/clv";
import { nextGamma } from "../src/numeric/random/gamma";
import { RandomStream } from "../src/numeric/random/random-stream";
import { heading } from "./measure";

/** Fixed before anything was run: the seeds are 1 to 2000. */
const DATA_SETS = 2000;
/** As in CDNOW. */
const CUSTOMERS = 2357;
/** So many times the customers, in so many times fewer data sets: undercoverage that is one of small samples goes with their size. */
const MANY = 10;
const FEWER = 5;

type Truth = Readonly<Record<string, number>>;
type Fitted<Predictor> = EstimatedModel<string, Predictor> & { readonly standardErrors: Truth | undefined };

/** Something a model predicts, with what is true: the same function of the true parameters. */
interface Prediction<Predictor> {
  readonly words: string;
  readonly scale: "log" | "logit";
  readonly of: (at: Predictor) => number;
}

/**
 * How often Wald's 95 % intervals of the logarithms hold the truth, over 2,000 data sets simulated at the parameters that CDNOW (or another published set) leads to.
 * One standard error of such a share is 0.5 % (1.1 % with the many customers).
 *
 * It takes an hour, so it is asked for by the number of data sets: `CLV_COVERAGE=2000`, or fewer for a first look.
 */
export function benchClvCoverage(): void {
  const all = Number(process.env["CLV_COVERAGE"] ?? 0);
  if (!(all > 0)) {
    heading("Coverage of 95 % intervals of the lifetime value models");
    console.log(`skipped: it takes an hour; set CLV_COVERAGE=${DATA_SETS}`);
    return;
  }
  for (const [customers, dataSets] of [[CUSTOMERS, all], [MANY * CUSTOMERS, Math.ceil(all / FEWER)]] as const) {
    heading(`Coverage of 95 % intervals: ${dataSets} data sets of ${customers} customers`);
    const bg = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
    const mbg = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
    const pareto = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
    const spend = { p: 6.25, q: 3.74, gamma: 15.44 };
    report("BG/NBD", dataSets, bg, (seed) => fitBgNbd(buyers(seed, customers, bg, dropout(bg, 0))), buyerPredictions());
    report("MBG/NBD", dataSets, mbg, (seed) => fitMbgNbd(buyers(seed, customers, mbg, dropout(mbg, 1))), buyerPredictions());
    report("Pareto/NBD", dataSets, pareto, (seed) => fitParetoNbd(buyers(seed, customers, pareto, death(pareto))), buyerPredictions());
    report("Gamma-Gamma", dataSets, spend, (seed) => fitGammaGamma(spenders(seed, Math.round(customers * 0.4), spend)), [
      { words: "mean value of a purchase", scale: "log", of: (at) => at.predictMeanValue({ frequency: [0], meanValue: [NaN] })[0]! },
      { words: "of a customer, 2 × 22.35", scale: "log", of: (at) => at.predictMeanValue({ frequency: [2], meanValue: [22.35] })[0]! },
    ]);
  }
  heading(`Coverage of 95 % intervals: ${all} data sets of 11104 donors, and of two cohorts of 1000 subscribers`);
  const donors = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.784 };
  report("BG/BB", all, donors, (seed) => fitBgBb(giving(seed, donors)), [
    { words: "gifts of (3, 5, 6) in 5 years", scale: "log", of: (at) => at.predictPurchases({ frequency: [3], recency: [5], age: [6] }, 5)[0]! },
    { words: "P(alive) of (3, 5, 6)", scale: "logit", of: (at) => at.predictAlive({ frequency: [3], recency: [5], age: [6] })[0]! },
  ]);
  for (const [words, truth] of [["sBG high end", { alpha: 0.668, beta: 3.806 }], ["sBG regular", { alpha: 0.704, beta: 1.182 }]] as const) {
    report(words, all, truth, (seed) => fitShiftedBetaGeometric({ survivors: survivors(seed, truth) }), [{ words: "S(12)", scale: "logit", of: (at) => at.survivalCurve(12)[12]! }]);
  }
}

function report<Predictor>(name: string, dataSets: number, truth: Truth, fit: (seed: number) => Fitted<Predictor>, predictions: readonly Prediction<Predictor>[]): void {
  const start = performance.now();
  const parameters = Object.keys(truth);
  const names = [...parameters, ...predictions.map(({ words }) => words)];
  const covered = new Map(names.map((each) => [each, 0]));
  const logs = new Map<string, number[]>(parameters.map((each) => [each, []]));
  const squaredErrors = new Map(parameters.map((each) => [each, 0]));
  const statuses = new Map<string, number>();
  let used = 0;
  let wanted: readonly number[] | undefined;
  for (let seed = 1; seed <= dataSets; seed++) {
    const model = fit(seed);
    statuses.set(model.status, (statuses.get(model.status) ?? 0) + 1);
    if (model.covariance === undefined) continue;
    used++;
    const count = (what: string, low: number, value: number, high: number): void => {
      if (low <= value && value <= high) covered.set(what, covered.get(what)! + 1);
    };
    for (const [parameter, [low, high]] of Object.entries(computeParameterIntervals(model))) {
      count(parameter, low, truth[parameter]!, high);
      logs.get(parameter)!.push(Math.log(model.parameters[parameter]! / truth[parameter]!));
      squaredErrors.set(parameter, squaredErrors.get(parameter)! + (model.standardErrors![parameter]! / model.parameters[parameter]!) ** 2);
    }
    wanted ??= predictions.map(({ of }) => of(model.at(truth)));
    predictions.forEach(({ words, scale, of }, k) => {
      const { low, high } = computeDeltaIntervals(model, (at: Predictor) => [of(at)], { scale });
      count(words, low[0]!, wanted![k]!, high[0]!);
    });
  }
  const states = [...statuses].map(([status, count]) => `${status} ${count}`).join(", ");
  console.log(`${name} (${states}; ${((performance.now() - start) / 1000).toFixed(0)} s)`);
  for (const each of names) {
    const share = `${((100 * covered.get(each)!) / used).toFixed(1)} %`.padStart(7);
    const errors = logs.get(each);
    console.log(`  ${each.padEnd(34)} ${share}${errors === undefined ? "" : `   log estimate: off by ${signed(meanOf(errors))} in the mean, sd ${deviationOf(errors).toFixed(3)}, mean standard error ${Math.sqrt(squaredErrors.get(each)! / used).toFixed(3)}`}`);
  }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviationOf = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / (values.length - 1));
const signed = (value: number): string => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;

/** A customer of the literature, one who has gone quiet, one who has come once, and a new one. */
function buyerPredictions(): Prediction<PurchasePredictor>[] {
  const quiet: PurchaseHistories = { frequency: [4], recency: [14], age: [38.86] };
  const once: PurchaseHistories = { frequency: [0], recency: [0], age: [38.86] };
  return [
    { words: "purchases in 39 weeks, (2, 30.43)", scale: "log", of: (at) => at.predictPurchases({ frequency: [2], recency: [30.43], age: [38.86] }, 39)[0]! },
    { words: "purchases in 39 weeks, (4, 14)", scale: "log", of: (at) => at.predictPurchases(quiet, 39)[0]! },
    { words: "purchases in 39 weeks, (0, 0)", scale: "log", of: (at) => at.predictPurchases(once, 39)[0]! },
    { words: "purchases in 39 weeks, new", scale: "log", of: (at) => at.predictPurchases({ frequency: [0], recency: [0], age: [0] }, 39)[0]! },
    { words: "P(alive), (4, 14)", scale: "logit", of: (at) => at.predictAlive(quiet)[0]! },
  ];
}

/** When a customer is lost for good: told at the first purchase, and at each after it. */
type Loss = (random: RandomStream) => { readonly untilFirst: number; readonly after: (time: number) => number };

/** BG/NBD (no dropout at the first purchase) and MBG/NBD (1). */
function dropout({ a, b }: { readonly a: number; readonly b: number }, occasionsBefore: 0 | 1): Loss {
  return (random) => {
    const stops = nextGamma(random, a);
    const probability = stops / (stops + nextGamma(random, b));
    return { untilFirst: occasionsBefore === 1 && random.nextFloat() < probability ? 0 : Infinity, after: (time) => (random.nextFloat() < probability ? time : Infinity) };
  };
}

/** Pareto/NBD. */
function death({ s, beta }: { readonly s: number; readonly beta: number }): Loss {
  return (random) => {
    const lifetime = (-Math.log(1 - random.nextFloat()) / nextGamma(random, s)) * beta;
    return { untilFirst: lifetime, after: () => lifetime };
  };
}

/** Customers who came in the first twelve of 39 weeks. */
function buyers(seed: number, customers: number, { r, alpha }: { readonly r: number; readonly alpha: number }, loss: Loss): Record<"frequency" | "recency" | "age", Float64Array> {
  const random = new RandomStream(seed);
  const frequency = new Float64Array(customers);
  const recency = new Float64Array(customers);
  const age = Float64Array.from({ length: customers }, () => 27 + 12 * random.nextFloat());
  for (let i = 0; i < customers; i++) {
    const rate = nextGamma(random, r) / alpha;
    const { untilFirst, after } = loss(random);
    let time = 0;
    let end = untilFirst;
    for (;;) {
      time += -Math.log(1 - random.nextFloat()) / rate;
      if (!(time <= age[i]! && time <= end)) break;
      frequency[i] = frequency[i]! + 1;
      recency[i] = time;
      end = after(time);
    }
  }
  return { frequency, recency, age };
}

/** Repeat buyers, as in CDNOW most of them with one or two purchases. */
function spenders(seed: number, customers: number, { p, q, gamma }: { readonly p: number; readonly q: number; readonly gamma: number }): Record<"frequency" | "meanValue", Float64Array> {
  const random = new RandomStream(seed);
  const frequency = Float64Array.from({ length: customers }, () => Math.min(29, 1 + Math.floor(-1.6 * Math.log(1 - random.nextFloat()))));
  const meanValue = frequency.map((x) => nextGamma(random, p * x) / (x * (nextGamma(random, q) / gamma)));
  return { frequency, meanValue };
}

/** Donors over six yearly appeals, counted by history. */
function giving(seed: number, { alpha, beta, gamma, delta }: Readonly<Record<"alpha" | "beta" | "gamma" | "delta", number>>): Record<"frequency" | "recency" | "age" | "weights", number[]> {
  const random = new RandomStream(seed);
  const share = (a: number, b: number): number => {
    const part = nextGamma(random, a);
    return part / (part + nextGamma(random, b));
  };
  const counts = new Map<string, number>();
  for (let i = 0; i < 11_104; i++) {
    const [gives, stops] = [share(alpha, beta), share(gamma, delta)];
    let [frequency, recency] = [0, 0];
    for (let year = 1; year <= 6 && random.nextFloat() >= stops; year++) {
      if (random.nextFloat() >= gives) continue;
      frequency++;
      recency = year;
    }
    const key = `${frequency} ${recency}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const rows = [...counts].map(([key, weight]) => [...key.split(" ").map(Number), weight]);
  return { frequency: rows.map(([x]) => x!), recency: rows.map(([, tx]) => tx!), age: rows.map(() => 6), weights: rows.map(([, , weight]) => weight!) };
}

/** Of 1,000 subscribers, after each of seven years. */
function survivors(seed: number, { alpha, beta }: { readonly alpha: number; readonly beta: number }): number[] {
  const random = new RandomStream(seed);
  const left = [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000];
  for (let i = 0; i < 1000; i++) {
    const stops = nextGamma(random, alpha);
    const probability = stops / (stops + nextGamma(random, beta));
    let lost = false;
    for (let year = 1; year <= 7; year++) {
      lost ||= random.nextFloat() < probability;
      if (lost) left[year] = left[year]! - 1;
    }
  }
  return left;
}
