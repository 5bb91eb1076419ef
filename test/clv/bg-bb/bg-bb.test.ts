import fc from "fast-check";
import { bgBbFromSpec, fitBgBb } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { HistoryTerms } from "../../../src/clv/bg-bb/likelihood";
import { bgBbKernel } from "../../../src/clv/bg-bb/predict";
import { donations, points } from "../../reference/bg-bb/expected.json";
import { expectRefusal } from "../../support/errors";
import { readDonors } from "./donors";

const donors = readDonors();
const model = fitBgBb(donors);
const one = (frequency: number, recency: number, age: number) => ({ frequency: [frequency], recency: [recency], age: [age] });
const kernelAt = (parameters: readonly number[]) => {
  const [alpha, beta, gamma, delta] = parameters as [number, number, number, number];
  return bgBbKernel({ alpha, beta, gamma, delta });
};
const modelAt = (alpha: number, beta: number, gamma: number, delta: number) =>
  bgBbFromSpec({
    kind: "bgBb", version: 1, parameters: { alpha, beta, gamma, delta }, logLikelihood: 0, status: "iterationLimit", unidentified: [], covariance: null,
    customerCount: 1, penalty: 0, iterations: 1, gradientNorm: 1,
  });

function expectDigits(found: number, wanted: string, tolerance: number, tag: unknown): void {
  expect(Math.abs(found / Number(wanted) - 1), JSON.stringify(tag)).toBeLessThan(tolerance);
}

describe("the donors of Fader, Hardie and Shang, beside mpmath", () => {
  test("parameters, standard errors and covariance to 9 digits, the likelihood to 13", () => {
    expect(model.status).toBe("converged");
    expect(model.customerCount).toBe(11_104);
    Object.values(model.parameters).forEach((value, j) => expectDigits(value, donations.parameters[j]!, 1e-9, j));
    Object.values(model.standardErrors!).forEach((value, j) => expectDigits(value, donations.standardErrors[j]!, 1e-8, j));
    model.covariance!.flatMap((row, j) => row.slice(j)).forEach((value, at) => expectDigits(value, donations.logCovariance[at]!, 1e-8, at));
    expectDigits(model.logLikelihood, donations.logLikelihood, 1e-13, "likelihood");
  });

  test("what is expected of each history", () => {
    const alive = model.predictAlive(donors);
    const next5 = model.predictPurchases(donors, 5);
    const next10 = model.predictPurchases(donors, 10);
    const discounted = model.predictDiscountedPurchases(donors, { horizon: Infinity, discountRate: 0.1 });
    donations.rows.forEach((row, i) => {
      expect(row.row).toEqual([donors.frequency[i], donors.recency[i], donors.age[i]]);
      expectDigits(alive[i]!, row.alive, 1e-8, row);
      expectDigits(next5[i]!, row.next5, 1e-8, row);
      expectDigits(next10[i]!, row.next10, 1e-8, row);
      expectDigits(discounted[i]!, row.discounted, 1e-8, row);
    });
    donations.newDonor.forEach((mean, i) => expectDigits(model.predictPurchases(one(0, 0, 0), i + 1)[0]!, mean, 1e-8, i));
  });

  test("customers one by one are the same as counted", () => {
    const listed = (column: readonly number[]): number[] => column.flatMap((value, i) => Array.from({ length: donors.weights[i]! }, () => value));
    const single = fitBgBb({ frequency: listed(donors.frequency), recency: listed(donors.recency), age: listed(donors.age) });
    expect(single.parameters.delta / model.parameters.delta).toBeCloseTo(1, 9);
  });
});

describe("what others print", () => {
  test("the paper: parameters, P(alive), expected donations of all", () => {
    expect(Object.values(model.parameters).map((value) => Number(value.toFixed(2)))).toEqual([1.2, 0.75, 0.66, 2.78]);
    expect(model.logLikelihood).toBeCloseTo(-33225.6, 1);
    const alive = model.predictAlive({ frequency: [0, 2, 6], recency: [0, 4, 6], age: [6, 6, 6] });
    expect(Array.from(alive, (p) => Number(p.toFixed(2)))).toEqual([0.11, 0.59, 0.93]);
    const next5 = model.predictPurchases(donors, 5);
    expect(next5.reduce((total, value, i) => total + value * donors.weights[i]!, 0)).toBeCloseTo(12884.2, 0);
    const newDonor = [0.4985, 0.9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603, 3.1798, 3.3887];
    newDonor.forEach((mean, i) => expect(model.predictPurchases(one(0, 0, 0), i + 1)[0]).toBeCloseTo(mean, 3));
    // Within the sample: nobody came back, all six times.
    expect(11_104 * model.predictCountProbability(one(0, 0, 0), 0, 6)[0]!).toBeCloseTo(3454.9, 0);
    expect(11_104 * model.predictCountProbability(one(0, 0, 0), 6, 6)[0]!).toBeCloseTo(1253.1, 0);
  });

  test("BTYD 2.4.3 at (1.20, .75, .66, 2.78)", () => {
    const printed = modelAt(1.2, 0.75, 0.66, 2.78);
    const three = one(3, 4, 6);
    expect(printed.predictAlive(three)[0]).toBeCloseTo(0.4383438546, 9);
    expect(printed.predictPurchases(three, 10)[0]).toBeCloseTo(1.840812702, 8);
    [0.2315778854, 0.4485157896, 0.6529380455, 0.8465147476, 1.0305854509].forEach((mean, i) => expect(printed.predictPurchases(three, i + 1)[0]).toBeCloseTo(mean, 9));
    const options = { horizon: Infinity, discountRate: 0.1 };
    expect(printed.predictDiscountedPurchases(three, options)[0]).toBeCloseTo(1.621379186, 8);
    const dert = [1.8020448, 2.6211561, 3.4402673, 4.2593786, 5.0784899, 5.8976012];
    dert.forEach((value, i) => expect(printed.predictDiscountedPurchases(one(i + 1, 6, 6), options)[0]).toBeCloseTo(value, 6));
    const pmf = [0.31268346144, 0.17039548988, 0.12143022089, 0.10004715121, 0.09132439723, 0.09202134852, 0.11209793084];
    pmf.forEach((probability, x) => expect(printed.predictCountProbability(one(0, 0, 0), x, 6)[0]).toBeCloseTo(probability, 10));
    expect(new HistoryTerms(1.2, 0.75, 0.66, 2.78).fill(3, 4, 6)).toBeCloseTo(-5.060868175, 9);
  });

  test("expected donations of the next five years, by frequency", () => {
    const next5 = model.predictPurchases(donors, 5);
    const bins = Array.from({ length: 7 }, () => [0, 0] as [number, number]);
    donors.frequency.forEach((x, i) => {
      bins[x]![0] += next5[i]! * donors.weights[i]!;
      bins[x]![1] += donors.weights[i]!;
    });
    [0.072863, 0.324884, 0.708942, 1.333666, 2.031203, 2.784482, 3.7525].forEach((printed, x) => expect(bins[x]![0] / bins[x]![1]).toBeCloseTo(printed, 4));
  });

  test("expected donations of all by year, 1996 to 2006", () => {
    const yearly = [5535.833, 4717.059, 4147.621, 3724.665, 3395.888, 3131.647, 2913.778, 2730.482, 2573.731, 2437.854, 2318.727];
    yearly.forEach((printed, i) => expect(Math.abs((11_104 * model.predictPurchases(one(0, 0, 0), { from: i, to: i + 1 })[0]!) / printed - 1)).toBeLessThan(1e-4));
  });
});

test("42 histories at six sets of parameters, beside mpmath", () => {
  for (const each of points) {
    const [x, tx, n] = each.row as [number, number, number];
    const kernel = kernelAt(each.parameters);
    const alive = kernel.alive(x, tx, n);
    const logLikelihood = new HistoryTerms(...(each.parameters as [number, number, number, number])).fill(x, tx, n);
    expect(Math.abs(logLikelihood - Number(each.logLikelihood))).toBeLessThanOrEqual(1e-13 * Math.abs(logLikelihood));
    expectDigits(alive, each.alive, 1e-12, each);
    for (const [t, wanted] of Object.entries(each.purchases)) expectDigits(alive * kernel.purchases(x, n, Number(t)), wanted, 1e-12, each);
    for (const [rate, wanted] of Object.entries(each.discounted)) expectDigits(alive * kernel.discounted(x, n, Infinity, Math.log1p(Number(rate))), wanted, 1e-12, each);
    for (const [t, wanted] of Object.entries(each.any)) expectDigits(alive * kernel.anyPurchase(x, n, t === "inf" ? Infinity : Number(t)), wanted, 1e-12, each);
    for (const { t, k, probability } of each.counts) expectDigits(alive * kernel.count(x, n, t, k) + (k === 0 ? 1 - alive : 0), probability, 1e-12, each);
  }
});

const positive = (low: number, high: number) => fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const history = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })).map(([n, a, b]) => {
  const tx = Math.floor(a * n);
  return [tx === 0 ? 0 : 1 + Math.floor(b * (tx - 1)), tx, n] as [number, number, number];
});

test("random parameters and histories of up to 5,000 opportunities: all finite, all within bounds", () => {
  fc.assert(
    fc.property(fc.tuple(positive(1e-4, 1e4), positive(1e-4, 1e4), positive(1e-4, 1e4), positive(1e-4, 1e4)), history, fc.integer({ min: 0, max: 300 }), (parameters, [x, tx, n], t) => {
      const terms = new HistoryTerms(...parameters);
      expect(Number.isFinite(terms.fill(x, tx, n))).toBe(true);
      expect([...terms.gradient, ...terms.hessian].every(Number.isFinite)).toBe(true);
      const kernel = kernelAt(parameters);
      for (const probability of [kernel.alive(x, tx, n), kernel.survival(x, n, t), kernel.anyPurchase(x, n, t), kernel.count(x, n, t, 3)]) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }
      const expected = kernel.purchases(x, n, t);
      expect(expected).toBeLessThanOrEqual(t);
      expect(kernel.discounted(x, n, t, 0.01)).toBeLessThanOrEqual(expected * (1 + 1e-12));
    }),
    { numRuns: 2000 },
  );
}, 60_000);

test("the counts are a distribution with the expected mean; none is the complement of some", () => {
  for (const parameters of [[1.2, 0.75, 0.66, 2.78], [0.1, 3, 2, 5], [40, 20, 0.1, 0.1]]) {
    const kernel = kernelAt(parameters);
    const t = 25;
    const counts = Array.from({ length: t + 1 }, (_, k) => kernel.count(3, 7, t, k));
    expect(counts.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(counts.reduce((sum, p, k) => sum + k * p, 0) / kernel.purchases(3, 7, t)).toBeCloseTo(1, 11);
    expect(kernel.anyPurchase(3, 7, t) + counts[0]!).toBeCloseTo(1, 12);
  }
});

test("the opportunity of the next purchase: the first at which the probability is reached, far out as well", () => {
  const kernel = kernelAt([0.05, 4, 0.02, 3]);
  for (const probability of [0.01, 0.1, 0.5]) {
    const time = kernel.waitingTime(0, 0, probability);
    if (Number.isNaN(time)) expect(kernel.anyPurchase(0, 0, Infinity)).toBeLessThanOrEqual(probability);
    else {
      expect(kernel.anyPurchase(0, 0, time)).toBeGreaterThanOrEqual(probability);
      expect(kernel.anyPurchase(0, 0, time - 1)).toBeLessThan(probability);
    }
  }
  // Beyond what is counted one by one.
  const slow = kernelAt([0.05, 4, 1e-4, 1e4]);
  const far = slow.waitingTime(0, 0, 0.36);
  expect(far).toBeGreaterThan(20_000);
  expect(slow.anyPurchase(0, 0, far)).toBeGreaterThanOrEqual(0.36);
  expect(slow.anyPurchase(0, 0, far - 1)).toBeLessThan(0.36);
});

test("the sum beyond the counted terms goes on without a step", () => {
  const kernel = kernelAt([0.05, 4, 0.02, 3]);
  const term = (j: number) => kernel.anyPurchase(0, 0, j) - kernel.anyPurchase(0, 0, j - 1);
  for (const j of [20_001, 20_002, 30_000]) expect(term(j) / term(20_000)).toBeCloseTo((j / 20_000) ** -1.07, 3);
});

describe("refused", () => {
  test.each([
    [one(1, 1.5, 3), "recency must hold whole numbers"],
    [one(1, 1, 3.5), "age must hold whole numbers"],
    [one(3, 2, 6), "frequency must hold no number above recency"],
    [one(0, 2, 6), "0 where frequency is 0"],
    [one(1, 7, 6), "no number above the age"],
  ])("%j", (histories, message) => {
    expectRefusal(() => fitBgBb(histories), "invalidInput", "fitBgBb", message);
    expectRefusal(() => model.predictAlive(histories), "invalidInput", "BgBbModel.predictAlive", message);
  });
});

test("durations that would be gone through for ever are refused; fractions reach to the opportunity before", () => {
  expectRefusal(() => model.predictPurchases(one(1, 1, 2), 1e12), "invalidOption", "interval must be a number from 0 to 1000000");
  expectRefusal(() => model.predictPurchases(one(1, 1, 2), { from: 0, to: 1e12 }), "invalidOption", "interval.to must be a number from 0 to 1000000");
  expectRefusal(() => model.predictAlive(one(1, 1, 2), 1e7), "invalidOption", "after");
  expectRefusal(() => model.predictCountProbability(one(1, 1, 2), 3, 1e7), "invalidOption", "duration");
  expect(model.predictPurchases(one(1, 1, 2), 1e6)[0]).toBeGreaterThan(1);
  expect(model.predictPurchases(one(1, 1, 2), 3.7)).toEqual(model.predictPurchases(one(1, 1, 2), 3));
  expect(model.predictPurchaseProbability(one(1, 1, 2), Infinity)[0]).toBeLessThan(1);
});

describe("what the data do not tell is named", () => {
  test("everyone gives alike, nobody stops", () => {
    const same = fitBgBb({ frequency: [4, 4, 4], recency: [8, 7, 8], age: [8, 8, 8], weights: [100, 100, 100] });
    expect(same.status).toBe("unidentified");
    expect(same.unidentified.length).toBeGreaterThan(0);
    expect(same.advice).toContain("penalty");
  });

  test("a penalty gives an estimate", () => {
    const same = fitBgBb({ frequency: [4, 4, 4], recency: [8, 7, 8], age: [8, 8, 8] }, { penalty: 1 });
    expect(same.status).toBe("converged");
  });
});
