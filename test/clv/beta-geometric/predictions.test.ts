import { bgNbdFromSpec, mbgNbdFromSpec, type PurchasePredictor } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { betaGeometricLikelihood } from "../../../src/clv/beta-geometric/likelihood";
import { runToEnd } from "../../../src/steps/steps";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import anchors from "../../reference/beta-geometric/expected.json";

type Model = "bg" | "mbg";

function modelAt(model: Model, [r, alpha, a, b]: readonly number[]): PurchasePredictor {
  const spec = { version: 1, parameters: { r, alpha, a, b }, logLikelihood: -1, status: "iterationLimit", unidentified: [], covariance: null, customerCount: 1, penalty: 0, iterations: 1, gradientNorm: 0 };
  return model === "bg" ? bgNbdFromSpec({ ...spec, kind: "bgNbd" }) : mbgNbdFromSpec({ ...spec, kind: "mbgNbd" });
}

const one = (x: number, tx: number, T: number) => ({ frequency: [x], recency: [tx], age: [T] });

function logLikelihoodOf(model: Model, parameters: readonly number[], x: number, tx: number, T: number): number {
  const column = (value: number): Float64Array => Float64Array.of(value);
  const likelihood = betaGeometricLikelihood(
    { frequency: column(x), recency: column(tx), age: column(T), weights: column(1), timeUnit: 1, customerCount: 1, purchaseCount: x },
    model === "bg" ? 0 : 1,
  );
  return runToEnd(likelihood.derivatives(Float64Array.from(parameters, Math.log), new Float64Array(4), new Float64Array(16)));
}

/** Where a double is smaller than 1e-290, its digits are not all there. */
const near = (found: number, wanted: number, tolerance: number, what: string): void => {
  expect(Math.abs(found - wanted), `${what}: ${found} for ${wanted}`).toBeLessThanOrEqual(tolerance * Math.abs(wanted) + 1e-290);
};

describe("equals mpmath", () => {
  test.each(anchors.customers)("$model $parameters, x = $x, tx = $tx, T = $T, t = $t", ({ model: kind, parameters, x, tx, T, t, ...wanted }) => {
    const name = kind as Model;
    const model = modelAt(name, parameters);
    const logLikelihood = logLikelihoodOf(name, parameters, x, tx, T);
    // It passes through 0, where only the absolute error counts.
    expect(Math.abs(logLikelihood - wanted.logLikelihood)).toBeLessThanOrEqual(2e-12 * Math.abs(wanted.logLikelihood) + 1e-14);
    near(model.predictAlive(one(x, tx, T))[0]!, wanted.alive, 2e-12, "alive");
    // A survival below 1e-30 is not resolved, and nobody's question.
    expect(Math.abs(model.predictAlive(one(x, tx, T), t)[0]! - wanted.aliveAfter)).toBeLessThanOrEqual(2e-12 * wanted.aliveAfter + 1e-30);
    near(model.predictPurchases(one(x, tx, T), t)[0]!, wanted.purchases, 2e-12, "purchases");
    if (!("counts" in wanted)) return;
    [0, 1, 2, 7, 30].forEach((count, i) => near(model.predictCountProbability(one(x, tx, T), count, t)[0]!, wanted.counts![i]!, 1e-11, `P(${count})`));
    near(model.predictDiscountedPurchases(one(x, tx, T), { horizon: t, discountRate: 0.0027 })[0]!, wanted.discounted!, 1e-11, "discounted");
    near(model.predictDiscountedPurchases(one(x, tx, T), { horizon: Infinity, discountRate: 0.0027 })[0]!, wanted.discountedForEver!, 1e-10, "discounted for ever");
  });
});

describe("the parts agree with each other", () => {
  const model = modelAt("bg", [0.243, 4.414, 0.793, 2.426]);
  const histories = { frequency: [0, 0, 1, 4, 26], recency: [0, 0, 1.71, 25, 30.86], age: [0, 38.86, 38.86, 39, 31] };

  test("probabilities of all counts sum to 1, and their mean is the expectation", () => {
    const total = new Float64Array(5);
    const mean = new Float64Array(5);
    for (let count = 0; count <= 400; count++) {
      model.predictCountProbability(histories, count, 26).forEach((probability, i) => {
        total[i] = total[i]! + probability;
        mean[i] = mean[i]! + count * probability;
      });
    }
    model.predictPurchases(histories, 26).forEach((purchases, i) => {
      expect(total[i]).toBeCloseTo(1, 12);
      expect(Math.abs(mean[i]! / purchases - 1)).toBeLessThan(1e-10);
    });
  });

  test("intervals add up", () => {
    const whole = model.predictPurchases(histories, 40);
    const first = model.predictPurchases(histories, { from: 0, to: 15 });
    const second = model.predictPurchases(histories, { from: 15, to: 40 });
    whole.forEach((value, i) => expect(first[i]! + second[i]!).toBeCloseTo(value, 12));
    expect(Array.from(model.predictPurchases(histories, { from: 3, to: 3 }))).toEqual([0, 0, 0, 0, 0]);
  });

  test("the time by which a purchase has a probability is the inverse of the probability by a time", () => {
    for (const probability of [0.01, 0.5, 0.8, 0.95]) {
      const alive = model.predictAlive(histories);
      model.predictTimeToPurchase(histories, probability).forEach((time, i) => {
        if (alive[i]! <= probability) expect(time).toBeNaN();
        else expect(model.predictPurchaseProbability(histories, time)[i]).toBeCloseTo(probability, 12);
      });
    }
    expect(Array.from(model.predictPurchaseProbability(histories, Infinity))).toEqual(Array.from(model.predictAlive(histories)));
  });

  test("a wait may be longer than any double, and is finite nevertheless", () => {
    expect(modelAt("bg", [1e-4, 1, 1, 1]).predictTimeToPurchase(one(0, 0, 1), 0.99)[0]).toBe(Number.MAX_VALUE);
  });

  test("without a discount, discounted purchases are the purchases; with one they are fewer, and least for ever at a high rate", () => {
    const plain = model.predictPurchases(histories, 52);
    const none = model.predictDiscountedPurchases(histories, { horizon: 52, discountRate: 0 });
    const some = model.predictDiscountedPurchases(histories, { horizon: 52, discountRate: 0.002 });
    const high = model.predictDiscountedPurchases(histories, { horizon: Infinity, discountRate: 1 });
    const growth = model.predictDiscountedPurchases(histories, { horizon: 52, discountRate: -0.002 });
    plain.forEach((value, i) => {
      expect(none[i]).toBeCloseTo(value, 12);
      expect(some[i]!).toBeLessThan(value);
      expect(some[i]!).toBeGreaterThan(value * 1.002 ** -52);
      expect(high[i]!).toBeLessThan(some[i]!);
      expect(growth[i]!).toBeGreaterThan(value);
    });
    expect(() => model.predictDiscountedPurchases(histories, { horizon: Infinity, discountRate: 0 })).toThrow("finite where nothing is discounted");
  });

  test("one-time buyers are alive for BG, not for MBG", () => {
    const buyers = { frequency: [0, 0], recency: [0, 0], age: [10, 1000] };
    expect(Array.from(model.predictAlive(buyers))).toEqual([1, 1]);
    const [young, old] = modelAt("mbg", [0.525, 6.183, 0.891, 1.614]).predictAlive(buyers);
    expect(old!).toBeLessThan(young!);
    expect(young!).toBeLessThan(1);
  });
});

test("10,000 random parameters and customers: everything finite and in its bounds", () => {
  const random = new RandomStream(11);
  const between = (low: number, high: number): number => 10 ** (low + (high - low) * random.nextFloat());
  const failures: string[] = [];
  for (let i = 0; i < 10_000; i++) {
    const name: Model = i % 2 === 0 ? "bg" : "mbg";
    const parameters = [between(-3, 2), between(-3, 4), between(-3, 4.5), between(-3, 4.5)];
    const x = random.nextInteger(5) === 0 ? 0 : Math.floor(between(0, 3.7));
    const T = between(-2, 4);
    const history = one(x, x === 0 ? 0 : T * random.nextFloat(), T);
    const t = between(-6, 4);
    const model = modelAt(name, parameters);
    const alive = model.predictAlive(history)[0]!;
    const later = model.predictAlive(history, t)[0]!;
    const purchases = model.predictPurchases(history, t)[0]!;
    const some = model.predictPurchaseProbability(history, t)[0]!;
    const single = model.predictCountProbability(history, 1, t)[0]!;
    const discounted = i % 10 === 0 ? model.predictDiscountedPurchases(history, { horizon: Infinity, discountRate: 0.003 })[0]! : 0;
    const value = logLikelihoodOf(name, parameters, history.frequency[0]!, history.recency[0]!, T);
    const isRight =
      alive >= 0 && alive <= 1 && later >= 0 && later <= alive * (1 + 1e-12) && purchases >= some * (1 - 1e-9) && Number.isFinite(purchases) && some >= 0 && some <= alive * (1 + 1e-12) &&
      single >= 0 && single <= some * (1 + 1e-9) + 1e-300 && discounted >= 0 && Number.isFinite(discounted) && Number.isFinite(value);
    if (!isRight) failures.push(JSON.stringify({ name, parameters, history, t, alive, later, purchases, some, single, discounted, value }));
  }
  expect(failures).toEqual([]);
});
