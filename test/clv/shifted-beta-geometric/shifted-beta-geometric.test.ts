import fc from "fast-check";
import { computeDeltaIntervals, computeKaplanMeier, computeLifetimeValue, fitShiftedBetaGeometric, shiftedBetaGeometricFromSpec, type Lifetimes } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { discountedLifetime, residualLifetime, survivalCurve } from "../../../src/clv/shifted-beta-geometric/predict";
import { fits, points } from "../../reference/shifted-beta-geometric/expected.json";
import { expectRefusal } from "../../support/errors";

const REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241];
const HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491];

function expectDigits(found: number, wanted: string, tolerance: number, tag: unknown): void {
  expect(Math.abs(found / Number(wanted) - 1), JSON.stringify(tag)).toBeLessThanOrEqual(tolerance);
}

describe.each(fits)("$name, beside mpmath", (wanted) => {
  const model = fitShiftedBetaGeometric({ survivors: wanted.survivors });

  test("parameters, standard errors and covariance to 10 digits, the likelihood to 13", () => {
    expect(model.status).toBe("converged");
    expectDigits(model.parameters.alpha, wanted.alpha, 1e-10, "alpha");
    expectDigits(model.parameters.beta, wanted.beta, 1e-10, "beta");
    Object.values(model.standardErrors!).forEach((value, j) => expectDigits(value, wanted.standardErrors[j]!, 1e-9, j));
    model.covariance!.flat().forEach((value, at) => expectDigits(value, wanted.logCovariance[at]!, 1e-9, at));
    expectDigits(model.logLikelihood, wanted.logLikelihood, 1e-13, "likelihood");
    expect(model.aic).toBeCloseTo(4 - 2 * model.logLikelihood, 10);
    expect(model.bic).toBeCloseTo(2 * Math.log(model.customerCount) - 2 * model.logLikelihood, 10);
  });

  test("survival, retention, discounted lifetimes", () => {
    model.survivalCurve(12).forEach((value, t) => expectDigits(value, wanted.survival[t]!, 1e-9, t));
    model.retentionCurve(12).forEach((value, t) => expectDigits(value, wanted.retention[t]!, 1e-9, t));
    expectDigits(model.expectedLifetime({ discountRate: 0.1 }), wanted.lifetime, 1e-9, "lifetime");
    model.predictResidualLifetime([0, 1, 2, 3, 4], { discountRate: 0.1 }).forEach((value, i) => expectDigits(value, wanted.residual[i]!, 1e-9, i));
  });
});

describe("what the papers print (Fader and Hardie 2007, 2010)", () => {
  test.each([
    ["Regular", REGULAR, [0.704, 1.182, -1680.3], [0.627, 0.474, 0.388, 0.332, 0.292], [0.627, 0.756, 0.819, 0.856, 0.88]],
    ["High End", HIGH_END, [0.668, 3.806, -1611.2], [0.851, 0.747, 0.67, 0.61, 0.562], [0.851, 0.878, 0.897, 0.911, 0.921]],
  ] as const)("%s", (_, survivors, [alpha, beta, logLikelihood], survival, retention) => {
    const model = fitShiftedBetaGeometric({ survivors });
    expect(model.parameters.alpha).toBeCloseTo(alpha, 3);
    expect(model.parameters.beta).toBeCloseTo(beta, 3);
    expect(model.logLikelihood).toBeCloseTo(logLikelihood, 1);
    survival.forEach((share, i) => expect(model.survivalCurve(5)[i + 1]).toBeCloseTo(share, 3));
    retention.forEach((share, i) => expect(model.retentionCurve(5)[i]).toBeCloseTo(share, 3));
  });

  test("lifetimes at 10 %", () => {
    expect(fitShiftedBetaGeometric({ survivors: HIGH_END }).expectedLifetime({ discountRate: 0.1 })).toBeCloseTo(5.92225, 5);
    expect(fitShiftedBetaGeometric({ survivors: REGULAR }).expectedLifetime({ discountRate: 0.1 })).toBeCloseTo(3.69491, 5);
  });
});

test("hard parameters and rates, beside mpmath", () => {
  for (const { alpha, beta, n, d, survival, lifetime, residual } of points) {
    const [a, b, rate] = [Number(alpha), Number(beta), Number(d)];
    // 1 / (1 + d) has lost d's digits below 1e-16.
    const tolerance = 1e-12 + (rate === 0 ? 0 : 3e-16 / rate);
    expectDigits(survivalCurve(a, b, n)[n]!, survival, 1e-13, { alpha, beta, n });
    expectDigits(discountedLifetime(a, b, rate, Infinity), lifetime, tolerance, { alpha, beta, d });
    expectDigits(residualLifetime(a, b, n, rate, Infinity), residual, tolerance, { alpha, beta, n, d });
  }
});

const model = fitShiftedBetaGeometric({ survivors: HIGH_END });

describe("one answer follows from another", () => {
  test("customers one by one, with weights and in any order, are the same as counts", () => {
    const durations = [...HIGH_END.slice(1).map((_, i) => i + 1), 7];
    const weights = [...HIGH_END.slice(1).map((count, i) => HIGH_END[i]! - count), 491];
    const churned = [1, 1, 1, 1, 1, 1, 1, 0];
    for (const order of [[0, 1, 2, 3, 4, 5, 6, 7], [7, 3, 1, 5, 0, 2, 6, 4]]) {
      const same = fitShiftedBetaGeometric({ durations: order.map((i) => durations[i]!), churned: order.map((i) => churned[i]!), weights: order.map((i) => weights[i]!) });
      expect(same.toJSON()).toEqual(model.toJSON());
    }
  });

  test("the probability to stay is a quotient of survival", () => {
    const curve = model.survivalCurve(40);
    expect(model.predictSurvival([0, 3, 20], 12)).toHaveLength(3);
    [0, 3, 20].forEach((age) => expect(model.predictSurvival([age], 12)[0]).toBeCloseTo(curve[age + 12]! / curve[age]!, 13));
    expect([...model.predictSurvival([0, 9], 0)]).toEqual([1, 1]);
  });

  test("a finite horizon is the sum of that many payments, and tends to the infinite one", () => {
    const curve = model.survivalCurve(24);
    expect(model.expectedLifetime({ payments: 24, discountRate: 0.1 })).toBeCloseTo(curve.subarray(0, 24).reduce((sum, share, t) => sum + share / 1.1 ** t, 0), 12);
    expect(model.expectedLifetime({ payments: 2000, discountRate: 0.1 })).toBeCloseTo(model.expectedLifetime({ discountRate: 0.1 }), 12);
    expect(model.expectedLifetime({ payments: 1 })).toBe(1);
    const [residual] = model.predictResidualLifetime([0], { payments: 23, discountRate: 0.1 });
    expect(1 + residual! / 1.1).toBeCloseTo(model.expectedLifetime({ payments: 24, discountRate: 0.1 }), 12);
  });

  test("an annual rate is that of the period it comes to", () => {
    const monthly = 1.1 ** (1 / 12) - 1;
    expect(model.expectedLifetime({ annualDiscountRate: 0.1, period: "month" })).toBeCloseTo(model.expectedLifetime({ discountRate: monthly }), 9);
  });

  test("the value formula agrees where it is given the curve", () => {
    const curve = Array.from(model.survivalCurve(60)).slice(1);
    const value = computeLifetimeValue({ survival: curve, averageRevenue: 20, margin: 0.5, payment: "start", discountRate: 0.02 });
    if (value.kind !== "money") throw new Error("not money");
    expect(value.lifetimeValue).toBeCloseTo(10 * model.expectedLifetime({ payments: 60, discountRate: 0.02 }), 9);
  });

  test("delta-method intervals: survival of the seen years lies within them, but for the first, which the model misses by 2 %", () => {
    const { low, high } = computeDeltaIntervals(model, (predictor) => predictor.survivalCurve(7).slice(2), { scale: "logit" });
    HIGH_END.slice(2).forEach((count, i) => {
      expect(low[i]).toBeLessThan(count / 1000);
      expect(high[i]).toBeGreaterThan(count / 1000);
      expect(high[i]! - low[i]!).toBeLessThan(0.08);
    });
  });

  test("beside Kaplan and Meier, who say the same of the years that were seen", () => {
    const { survival } = computeKaplanMeier({ survivors: [REGULAR, HIGH_END] });
    const both = fitShiftedBetaGeometric({ survivors: [REGULAR, HIGH_END] });
    both.survivalCurve(7).slice(1).forEach((share, i) => expect(Math.abs(share - survival[i]!)).toBeLessThan(0.02));
  });

  test("the saved form", () => {
    const text = JSON.stringify(model);
    expect(text.length).toBeLessThan(450);
    expect(shiftedBetaGeometricFromSpec(JSON.parse(text)).expectedLifetime({ discountRate: 0.1 })).toBe(model.expectedLifetime({ discountRate: 0.1 }));
  });
});

test("the expected counts of the model give its parameters back", () => {
  const shares = fc.tuple(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.double({ min: 0.5, max: 8, noNaN: true }));
  fc.assert(
    fc.property(shares, ([alpha, beta]) => {
      const survivors = Array.from(survivalCurve(alpha, beta, 9), (share) => 10_000 * share);
      const found = fitShiftedBetaGeometric({ survivors: [survivors, survivors.slice(0, 4).map((count) => count / 3)] });
      expect(found.parameters.alpha / alpha).toBeCloseTo(1, 7);
      expect(found.parameters.beta / beta).toBeCloseTo(1, 7);
    }),
    { numRuns: 50 },
  );
});

describe("what the data do not tell is named", () => {
  test.each<[string, number[], string, (model: ReturnType<typeof fitShiftedBetaGeometric>) => number, number]>([
    ["customers are alike", [1000, 500, 250, 125], "no difference between customers", (each) => each.survivalCurve(4)[4]!, 0.0625],
    ["retention falls", [1000, 900, 700, 400], "no difference between customers", (each) => each.retentionCurve(1)[0]!, 2000 / 2600],
    ["nobody leaves", [1000, 1000, 1000], "no customer who leaves", (each) => each.survivalCurve(4)[4]!, 1],
    ["nobody stays", [1000, 0, 0], "no customer who stays", (each) => each.survivalCurve(1)[1]!, 0],
    ["at once or never", [1000, 500, 500, 500], "at once or never", (each) => each.survivalCurve(9)[9]!, 0.5],
  ])("%s", (_, survivors, advice, ask, limit) => {
    const found = fitShiftedBetaGeometric({ survivors });
    expect(found.status).toBe("unidentified");
    expect(found.advice).toContain(advice);
    expect(found.standardErrors).toBeUndefined();
    // Predictions are those of the limit all the same.
    expect(ask(found)).toBeCloseTo(limit, 3);
    expect(fitShiftedBetaGeometric({ survivors }, { penalty: 1 }).status).toBe("converged");
  });
});

describe("refused", () => {
  test.each<[Lifetimes, "invalidInput" | "tooFewRows", string]>([
    [{ durations: [1.5, 2], churned: [1, 0] }, "invalidInput", "whole numbers of periods"],
    [{ durations: [0, 2], churned: [1, 0] }, "invalidInput", "from 1 for customers who left; got 0"],
    [{ durations: [200_000], churned: [1] }, "invalidInput", "up to 100000"],
    [{ survivors: [1000, 500] }, "tooFewRows", "a second period"],
    [{ durations: [1, 1, 1], churned: [1, 0, 1] }, "tooFewRows", "a second period"],
  ])("%j", (lifetimes, code, message) => {
    expectRefusal(() => fitShiftedBetaGeometric(lifetimes), code, "fitShiftedBetaGeometric", message);
  });

  test("ages, periods, and a lifetime that is infinite", () => {
    expectRefusal(() => model.predictSurvival([1, -1], 3), "invalidInput", "ages must hold whole numbers of at least 0; got -1 at position 1");
    expectRefusal(() => model.predictSurvival([1, 0.5], 3), "invalidInput", "got 0.5 at position 1");
    expectRefusal(() => model.survivalCurve(-1), "invalidOption", "periods must be an integer from 0");
    expectRefusal(() => model.expectedLifetime(), "invalidOption", "where alpha is at most 1 the mean lifetime is infinite");
    expectRefusal(() => model.expectedLifetime({ payments: 0 }), "invalidOption", "payments must be an integer from 1");
    expectRefusal(() => model.predictResidualLifetime([1], { annualDiscountRate: 0.1 }), "invalidOption", "period is required");
    expect(model.at({ alpha: 3, beta: 2 }).expectedLifetime()).toBe(2);
  });
});
