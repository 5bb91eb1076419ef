import { paretoNbdFromSpec, type PurchaseHistories } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { paretoNbdKernel } from "../../../src/clv/pareto-nbd/predict";
import { counts, firsts, named, points } from "../../reference/pareto-nbd/points.json";
import { expectRefusal } from "../../support/errors";

const kernelAt = (parameters: readonly number[]) => {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  return paretoNbdKernel({ r, alpha, s, beta });
};

const modelAt = (r: number, alpha: number, s: number, beta: number) =>
  paretoNbdFromSpec({
    kind: "paretoNbd", version: 1, parameters: { r, alpha, s, beta }, logLikelihood: 0, status: "iterationLimit", unidentified: [], covariance: null,
    customerCount: 1, penalty: 0, iterations: 1, gradientNorm: 1,
  });

/** Below this a double has fewer digits, and then none. */
const SMALLEST = 1e-290;

function expectDigits(found: number, wanted: string | number, tolerance: number, tag: unknown): void {
  const value = Number(wanted);
  if (value < SMALLEST) expect(found).toBeLessThan(2 * SMALLEST);
  else expect(Math.abs(found / value - 1), JSON.stringify(tag)).toBeLessThan(tolerance);
}

describe("mpmath", () => {
  test.each([["600 random points", points, 1e-12], ["the literature's and those on which other programs fail", named, 1e-12]] as const)("%s", (_, cases, tolerance) => {
    for (const each of cases) {
      const [x, tx, T] = each.row as [number, number, number];
      const kernel = kernelAt(each.parameters);
      const alive = kernel.alive(x, tx, T);
      expectDigits(alive, each.alive, tolerance, each);
      expectDigits(alive * kernel.purchases(x, T, each.t), each.expected, tolerance, each);
      expectDigits(alive * kernel.discounted(x, T, Infinity, each.rate), each.discounted, tolerance, each);
    }
  });

  test("P(n purchases) of new customers", () => {
    for (const each of counts) expectDigits(kernelAt(each.parameters).count(0, 0, each.t, each.n), each.probability, 1e-12, each);
  });

  test("P(a purchase) by a time, and ever", () => {
    for (const each of firsts) expectDigits(kernelAt(each.parameters).anyPurchase(0, 0, each.t === "inf" ? Infinity : Number(each.t)), each.probability, 1e-12, each);
  });
});

describe("what others print", () => {
  const histories = (frequency: number[], recency: number, age: number): PurchaseHistories => ({ frequency, recency: frequency.map(() => recency), age: frequency.map(() => age) });

  test("BTYD 2.4.3 at (.55, 10.56, .61, 11.64)", () => {
    const model = modelAt(0.55, 10.56, 0.61, 11.64);
    const fresh = histories([0], 0, 0);
    const means = [0.05077820617, 0.09916088423, 0.14542506520, 0.18979929925, 0.23247465821, 0.27361273683, 0.31335159373, 0.35181024364, 0.38909210946, 0.42528771320];
    means.forEach((mean, i) => expect(model.predictPurchases(fresh, i + 1)[0]).toBeCloseTo(mean, 10));
    expect(model.predictPurchases(histories([10], 35, 39), 2)[0]).toBeCloseTo(0.3884117232, 9);
    expect(model.predictCountProbability(fresh, 0, 39)[0]).toBeCloseTo(0.5959380696, 9);
    expect(model.predictCountProbability(fresh, 10, 2)[0]! / 1.893707596e-9).toBeCloseTo(1, 8);
    expect(model.predictCountProbability(fresh, 11, 30)[0]! / 1.889941473e-3).toBeCloseTo(1, 8);
    expect(model.predictAlive(histories([0], 0, 39))[0]).toBeCloseTo(0.2924031011, 9);
  });

  test("Fader, Hardie and Lee (2005): discounted transactions on iso-value curves, which fall again where the last purchase was long ago", () => {
    const model = modelAt(0.5629966, 12.5590370, 0.4081095, 10.5148048);
    const options = { horizon: Infinity, discountRate: Math.expm1(0.0027) };
    expect(model.predictDiscountedPurchases(histories([7], 35, 77.86), options)[0]).toBeCloseTo(1.864183328, 8);
    const dert = model.predictDiscountedPurchases(histories([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 30, 77.86), options);
    const printed = [2.1991554497, 2.8435344061, 2.8671283912, 2.4454100786, 1.8405019245, 1.2624164717, 0.8096181195, 0.4948036194, 0.2920247016, 0.1679275086];
    printed.forEach((value, i) => expect(dert[i]).toBeCloseTo(value, 7));
  });
});

describe("one prediction follows from another", () => {
  const model = modelAt(0.553, 10.578, 0.606, 11.669);
  const customers = { frequency: [0, 2, 10, 26], recency: [0, 30.43, 20, 30.86], age: [38.86, 38.86, 39, 31] };

  test("the counts are a distribution with the expected mean", () => {
    const total = new Float64Array(4);
    const mean = new Float64Array(4);
    for (let n = 0; n < 160; n++) {
      model.predictCountProbability(customers, n, 39).forEach((probability, i) => {
        total[i] = total[i]! + probability;
        mean[i] = mean[i]! + n * probability;
      });
    }
    const expected = model.predictPurchases(customers, 39);
    expected.forEach((purchases, i) => {
      expect(total[i]).toBeCloseTo(1, 12);
      expect(mean[i]! / purchases).toBeCloseTo(1, 10);
    });
  });

  test("no purchase is the count 0", () => {
    const kernel = kernelAt([0.553, 10.578, 0.606, 11.669]);
    for (const t of [1e-3, 1, 39, 1000]) expect(kernel.anyPurchase(2, 38.86, t) + kernel.count(2, 38.86, t, 0)).toBeCloseTo(1, 13);
  });

  test("the time to a purchase is the inverse of its probability, and is missing where it never comes", () => {
    for (const probability of [0.01, 0.2, 0.3]) {
      model.predictTimeToPurchase(customers, probability).forEach((time, i) => {
        const one = { frequency: [customers.frequency[i]!], recency: [customers.recency[i]!], age: [customers.age[i]!] };
        const ever = model.predictPurchaseProbability(one, Infinity)[0]!;
        if (ever <= probability) expect(time).toBeNaN();
        else expect(model.predictPurchaseProbability(one, time)[0]).toBeCloseTo(probability, 11);
      });
    }
    expect(model.predictTimeToPurchase(customers, 0.95)[0]).toBeNaN();
    expect(model.predictTimeToPurchase(customers, 0.95)[3]).toBeGreaterThan(1);
  });

  test("discounting: by parts, to a horizon, and with growth", () => {
    const kernel = kernelAt([0.553, 10.578, 0.606, 11.669]);
    // ∫ e^(−δt) dm(t) by the trapezoid rule with 200,000 steps.
    const direct = (horizon: number, force: number): number => {
      const steps = 200_000;
      let sum = 0;
      for (let i = 0; i < steps; i++) {
        const from = (horizon * i) / steps;
        const to = (horizon * (i + 1)) / steps;
        sum += (kernel.purchases(2, 38.86, to) - kernel.purchases(2, 38.86, from)) * Math.exp((-force * (from + to)) / 2);
      }
      return sum;
    };
    for (const [horizon, force] of [[52, 0.0027], [52, 0.5], [520, 0.01], [52, -0.02]] as const) {
      expect(kernel.discounted(2, 38.86, horizon, force) / direct(horizon, force)).toBeCloseTo(1, 8);
    }
    expect(kernel.discounted(2, 38.86, 52, 0)).toBe(kernel.purchases(2, 38.86, 52));
    expect(kernel.discounted(2, 38.86, 5200, -0.1) / kernel.purchases(2, 38.86, 5200)).toBeGreaterThan(1e200);
  });

  test("one-time buyers may have died, unlike under BG/NBD", () => {
    expect(model.predictAlive({ frequency: [0], recency: [0], age: [38.86] })[0]).toBeCloseTo(0.2952866, 7);
  });
});

test("an infinite sum is refused by name", () => {
  const customers = { frequency: [1], recency: [1], age: [2] };
  expectRefusal(() => modelAt(1, 1, 1, 1).predictDiscountedPurchases(customers, { horizon: Infinity, discountRate: 0 }), "invalidOption", "horizon must be finite");
});
