import { computeParameterIntervals, fitParetoNbd, paretoNbdFromSpec } from "clientele/clv";
import { describe, expect, test } from "vitest";
import expected from "../../reference/pareto-nbd/cdnow.json";
import { cdnowOfLifetimes, cdnowSplit, inWeeks } from "../cdnow";
import { HistoryTerms } from "../../../src/clv/pareto-nbd/likelihood";
import { RandomStream } from "../../../src/numeric/random/random-stream";

const { calibration } = cdnowSplit();
const histories = inWeeks(calibration);
const model = fitParetoNbd(histories);
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
const one = (frequency: number, recency: number, age: number) => ({ frequency: [frequency], recency: [recency], age: [age] });

describe("beside the maximum in 40 digits", () => {
  test("parameters and standard errors to 9 digits, the likelihood to 13", () => {
    expect(model.status).toBe("converged");
    expect(model.customerCount).toBe(expected.customers);
    Object.values(model.parameters).forEach((value, j) => expect(Math.abs(value / Number(expected.parameters[j]) - 1), `parameter ${j}`).toBeLessThan(1e-9));
    Object.values(model.standardErrors!).forEach((value, j) => expect(Math.abs(value / Number(expected.standardErrors[j]) - 1), `standard error ${j}`).toBeLessThan(1e-8));
    model.covariance!.flatMap((row, j) => row.slice(j)).forEach((value, at) => expect(Math.abs(value / Number(expected.logCovariance[at]) - 1), `covariance ${at}`).toBeLessThan(1e-8));
    expect(Math.abs(model.logLikelihood / Number(expected.logLikelihood) - 1)).toBeLessThan(1e-13);
    expect(model.gradientNorm).toBeLessThan(1e-7);
  });

  test("the same from weights, in days, in another order", () => {
    const half = fitParetoNbd({ ...histories, weights: new Float64Array(2357).fill(0.5) });
    expect(half.parameters.beta / model.parameters.beta).toBeCloseTo(1, 9);
    expect(half.standardErrors!.s / model.standardErrors!.s).toBeCloseTo(Math.SQRT2, 8);
    const inDays = fitParetoNbd(calibration);
    expect(inDays.parameters.beta / model.parameters.beta).toBeCloseTo(7, 8);
    expect(inDays.logLikelihood - model.logLikelihood).toBeCloseTo(-2457 * Math.log(7), 7);
    const reversed = fitParetoNbd({ frequency: histories.frequency.slice().reverse(), recency: histories.recency.slice().reverse(), age: histories.age.slice().reverse() });
    expect(reversed.parameters.beta / model.parameters.beta).toBeCloseTo(1, 9);
  });

  test("a saved form of a few hundred bytes says the same", () => {
    const text = JSON.stringify(model);
    expect(text.length).toBeLessThan(700);
    expect(sum(paretoNbdFromSpec(JSON.parse(text)).predictPurchases(histories, 39))).toBe(sum(model.predictPurchases(histories, 39)));
  });
});

describe("what others print", () => {
  test("Fader, Hardie and Lee (2005), and CLVTools 0.12.1 with AIC and BIC", () => {
    expect(Object.values(model.parameters).map((value) => Number(value.toFixed(3)))).toEqual([0.553, 10.578, 0.606, 11.669]);
    expect(model.logLikelihood).toBeCloseTo(-9594.976, 3);
    const printed = [0.0476264, 0.8427222, 0.1872594, 6.2105448];
    Object.values(model.standardErrors!).forEach((value, j) => expect(Math.abs(value / printed[j]! - 1)).toBeLessThan(2e-4));
    expect(model.aic).toBeCloseTo(19197.952, 3);
    expect(model.bic).toBeCloseTo(19221.013, 3);
  });

  test("lifetimes on its own table of two decimals", () => {
    const ofLifetimes = fitParetoNbd(cdnowOfLifetimes());
    const printed = { r: 0.5532755, alpha: 10.5776125, s: 0.6062135, beta: 11.6679104 };
    for (const name of ["r", "alpha", "s", "beta"] as const) expect(Math.abs(ofLifetimes.parameters[name] / printed[name] - 1), name).toBeLessThan(2e-5);
    expect(ofLifetimes.logLikelihood).toBeCloseTo(-9594.97392983, 6);
  });

  test("BTYD 2.4.3: the likelihood elsewhere", () => {
    const terms = new HistoryTerms(0.5, 1, 0.5, 1);
    const total = histories.frequency.reduce((value, x, i) => value + terms.fill(x, histories.recency[i]!, histories.age[i]!), 0);
    expect(total).toBeCloseTo(-10531.59204, 4);
  });

  test("the BTYD walkthrough: customers of the sample", () => {
    expect(model.predictPurchases(one(0, 0, 0), 52)[0]).toBeCloseTo(1.473434, 3);
    const best = one(26, 216 / 7, 31);
    expect(model.predictPurchases(best, 52)[0]).toBeCloseTo(25.45647, 2);
    expect(model.predictAlive(best)[0]).toBeCloseTo(0.997874, 5);
    const rows = { frequency: [10, 15, 20, 25], recency: [20, 20, 20, 20], age: [39, 39, 39, 39] };
    const printed = [0.7062289, 0.1442396, 0.02250658, 0.00309267];
    model.predictPurchases(rows, 52).forEach((value, i) => expect(Math.abs(value / printed[i]! - 1)).toBeLessThan(1e-3));
  });

  test("expected purchases of the 39 weeks after, by frequency before", () => {
    const predicted = model.predictPurchases(histories, 39);
    const bins = Array.from({ length: 8 }, () => ({ total: 0, count: 0 }));
    histories.frequency.forEach((x, i) => {
      const bin = bins[Math.min(x, 7)]!;
      bin.total += predicted[i]!;
      bin.count++;
    });
    expect(bins.map(({ count }) => count)).toEqual([1411, 439, 214, 100, 62, 38, 29, 64]);
    const printed = [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403];
    bins.forEach(({ total, count }, i) => expect(Math.abs(total / count - printed[i]!)).toBeLessThan(0.0011));
  });
});

test("intervals of the parameters do not reach 0", () => {
  for (const [low, high] of Object.values(computeParameterIntervals(model))) {
    expect(low).toBeGreaterThan(0);
    expect(high / low).toBeLessThan(10);
  }
});

describe("what the data do not tell is named", () => {
  const rowsOf = (rows: readonly (readonly [number, number, number])[], weights?: readonly number[]) => ({
    frequency: rows.map(([x]) => x), recency: rows.map(([, tx]) => tx), age: rows.map(([, , T]) => T), weights,
  });

  test("no difference in death rates: s and beta run away on a ridge of one mean", () => {
    // Everyone buys about alike and stops about alike.
    const rows = Array.from({ length: 30 }, (_, i) => [2 + (i % 3), 20 + (i % 10), 52] as const);
    const ridge = fitParetoNbd(rowsOf(rows));
    expect(ridge.status).toBe("unidentified");
    expect(ridge.unidentified).toEqual(expect.arrayContaining(["s", "beta"]));
    expect(ridge.advice).toContain("penalty");
    expect(ridge.standardErrors).toBeUndefined();
    expect(ridge.predictPurchases(one(3, 25, 52), 26)[0]).toBeGreaterThan(0);
  });

  test("no deaths: s runs to 0", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [4 + (i % 9), 51 - (i % 2), 52] as const);
    const alive = fitParetoNbd(rowsOf(rows));
    expect(alive.status).toBe("unidentified");
    expect(alive.predictAlive(one(5, 51, 52))[0]).toBeGreaterThan(0.99);
  });

  test("a penalty gives an estimate", () => {
    const rows = Array.from({ length: 30 }, (_, i) => [2 + (i % 3), 20 + (i % 10), 52] as const);
    const penalised = fitParetoNbd(rowsOf(rows), { penalty: 1 });
    expect(penalised.status).toBe("converged");
    expect(penalised.standardErrors!.s).toBeGreaterThan(0);
  });

  test("simulated data give their parameters back within four standard errors", () => {
    const random = new RandomStream(5);
    const exponential = (rate: number): number => -Math.log(1 - random.nextFloat()) / rate;
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const rate = exponential(1) * 0.12;
      const T = 30 + (i % 23);
      const end = Math.min(T, exponential(exponential(1) * 0.05));
      let x = 0;
      let tx = 0;
      for (let time = exponential(rate); time <= end; time += exponential(rate)) {
        x++;
        tx = time;
      }
      return [x, tx, T] as const;
    });
    const fitted = fitParetoNbd(rowsOf(rows));
    expect(fitted.status).toBe("converged");
    const { r, alpha, s, beta } = fitted.standardErrors!;
    expect(Math.abs(fitted.parameters.r - 1)).toBeLessThan(4 * r);
    expect(Math.abs(fitted.parameters.alpha - 1 / 0.12)).toBeLessThan(4 * alpha);
    expect(Math.abs(fitted.parameters.s - 1)).toBeLessThan(4 * s);
    expect(Math.abs(fitted.parameters.beta - 20)).toBeLessThan(4 * beta);
  });
});
