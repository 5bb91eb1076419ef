import { computeBootstrapIntervals, computeDeltaIntervals, computeParameterIntervals, fitBgNbd, fitGammaGamma } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { expectRefusal } from "../../support/errors";
import { cdnowSplit, inWeeks } from "../cdnow";

const { calibration } = cdnowSplit();
const histories = inWeeks(calibration);
const model = fitBgNbd(histories);
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

describe("the delta method", () => {
  test("gives back Wald's intervals of the parameters' own functions", () => {
    // Of a new customer, P(no purchase within t) = (α / (α + t))^r: gradient by hand.
    const t = 20;
    const { r, alpha } = model.parameters;
    const found = computeDeltaIntervals(model, (at) => at.predictPurchaseProbability({ frequency: [0], recency: [0], age: [0] }, t).map((p) => -Math.log(1 - p)));
    const rate = r * Math.log1p(t / alpha);
    const slopes = [1, (-r * t) / (alpha + t) / rate, 0, 0];
    const variance = slopes.reduce((sum, s, j) => sum + slopes.reduce((inner, u, k) => inner + s * u * model.covariance![j]![k]!, 0), 0);
    expect(found.value[0]).toBeCloseTo(rate, 12);
    expect(Math.log(found.high[0]! / found.low[0]!) / (2 * 1.959963984540054)).toBeCloseTo(Math.sqrt(variance), 8);
  });

  test("per customer and for the portfolio, wider with more confidence", () => {
    const each = computeDeltaIntervals(model, (at) => at.predictPurchases(histories, 39));
    expect(each.value).toEqual(model.predictPurchases(histories, 39));
    each.value.forEach((value, i) => expect(each.low[i]! < value && value < each.high[i]!).toBe(true));
    const all = computeDeltaIntervals(model, (at) => [total(at.predictPurchases(histories, 39))]);
    expect(all.value[0]).toBeCloseTo(1653.408, 2);
    // Errors of customers are those of the same parameters: they add up, they do not average out.
    expect((all.high[0]! - all.low[0]!) / all.value[0]!).toBeGreaterThan(0.05);
    const wide = computeDeltaIntervals(model, (at) => [total(at.predictPurchases(histories, 39))], { confidence: 0.99 });
    expect(wide.high[0]!).toBeGreaterThan(all.high[0]!);
  });

  test("probabilities stay between 0 and 1, and one that is 1 by assumption has no width", () => {
    const { value, low, high } = computeDeltaIntervals(model, (at) => at.predictAlive(histories), { scale: "logit" });
    value.forEach((each, i) => expect(low[i]! >= 0 && low[i]! <= each && each <= high[i]! && high[i]! <= 1).toBe(true));
    const once = histories.frequency.findIndex((x) => x === 0);
    expect([low[once], high[once]]).toEqual([1, 1]);
  });
});

describe("the bootstrap", () => {
  const options = { fit: fitBgNbd, predict: (at: typeof model) => [total(at.predictPurchases(histories, 39)), at.parameters.alpha], replicates: 120 };

  test("agrees with the delta method on CDNOW", () => {
    const found = computeBootstrapIntervals(histories, options);
    const delta = computeDeltaIntervals(model, (at) => [total(at.predictPurchases(histories, 39))]);
    expect(found.value[0]).toBeCloseTo(delta.value[0]!, 6);
    const ratio = (found.high[0]! - found.low[0]!) / (delta.high[0]! - delta.low[0]!);
    // The model is not the truth about CDNOW, which the bootstrap notices and the delta method does not.
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.6);
    expect(found.low[1]!).toBeLessThan(model.parameters.alpha);
    expect(found.high[1]!).toBeGreaterThan(model.parameters.alpha);
  });

  test("depends on the seed, and on nothing else", () => {
    const few = { ...options, replicates: 5 };
    expect(computeBootstrapIntervals(histories, few)).toEqual(computeBootstrapIntervals(histories, few));
    expect(computeBootstrapIntervals(histories, { ...few, seed: 2 }).low).not.toEqual(computeBootstrapIntervals(histories, few).low);
  });

  test("takes weights, and columns that are missing where there is nothing", () => {
    const spend = { frequency: [0, 0, 1, 2, 3, 4, 5, 9], meanValue: [NaN, NaN, 10, 60, 25, 31, 12, 44], weights: [50, 60, 20, 20, 15, 10, 8, 5] };
    const { value, low, high } = computeBootstrapIntervals(spend, { fit: fitGammaGamma, predict: (at) => at.predictMeanValue({ frequency: [4], meanValue: [31] }), replicates: 60 });
    expect(low[0]! < value[0]! && value[0]! < high[0]!).toBe(true);
  });

  test("columns must be of one length", () => {
    expectRefusal(() => computeBootstrapIntervals({ ...histories, age: histories.age.subarray(1) }, options), "lengthMismatch", "age");
    expectRefusal(() => computeBootstrapIntervals({}, { fit: () => model, predict: () => [1] }), "tooFewRows", "columns");
  });
});

test("options out of bounds are refused by name", () => {
  const predict = (): number[] => [1];
  for (const confidence of [0, 1, 95, NaN]) {
    expectRefusal(() => computeParameterIntervals(model, { confidence }), "invalidOption", "confidence");
    expectRefusal(() => computeDeltaIntervals(model, predict, { confidence }), "invalidOption", "confidence");
    expectRefusal(() => computeBootstrapIntervals(histories, { fit: fitBgNbd, predict, confidence }), "invalidOption", "confidence");
  }
  expectRefusal(() => computeDeltaIntervals(model, predict, { scale: "cube" as never }), "invalidOption", "scale");
  expectRefusal(() => computeBootstrapIntervals(histories, { fit: fitBgNbd, predict, replicates: 1 }), "invalidOption", "replicates");
  expectRefusal(() => model.at({ ...model.parameters, r: 0 }), "invalidInput", "parameters.r");
});
