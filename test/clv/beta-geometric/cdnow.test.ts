import { computeParameterIntervals, fitBgNbd, fitMbgNbd } from "clientele/clv";
import { describe, expect, test } from "vitest";
import expected from "../../reference/beta-geometric/expected.json";
import { cdnowOfLifetimes, cdnowSplit, inWeeks } from "../cdnow";

const { calibration, holdout } = cdnowSplit();
const histories = inWeeks(calibration);
const bg = fitBgNbd(histories);
const mbg = fitMbgNbd(histories);
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe.each([["BG/NBD", bg, expected.cdnow.bg], ["MBG/NBD", mbg, expected.cdnow.mbg]] as const)("%s on CDNOW, beside mpmath", (_, model, reference) => {
  test("parameters, standard errors and covariance to 9 digits, the likelihood to 13", () => {
    expect(model.status).toBe("converged");
    expect(model.customerCount).toBe(expected.cdnow.customers);
    const parameters = Object.values(model.parameters);
    const errors = Object.values(model.standardErrors!);
    reference.parameters.forEach((value, j) => expect(Math.abs(parameters[j]! / value - 1), `parameter ${j}`).toBeLessThan(1e-9));
    reference.standardErrors.forEach((value, j) => expect(Math.abs(errors[j]! / value - 1), `standard error ${j}`).toBeLessThan(1e-8));
    reference.covariance.forEach((row, j) => row.forEach((value, k) => expect(Math.abs(model.covariance![j]![k]! / value - 1), `covariance ${j}, ${k}`).toBeLessThan(1e-8)));
    expect(Math.abs(model.logLikelihood / reference.logLikelihood - 1)).toBeLessThan(1e-13);
    expect(model.gradientNorm).toBeLessThan(1e-7);
  });

  test("the information criteria follow", () => {
    expect(model.aic).toBeCloseTo(8 - 2 * reference.logLikelihood, 8);
    expect(model.bic).toBeCloseTo(4 * Math.log(2357) - 2 * reference.logLikelihood, 8);
  });

  test("the same with weights, in days, or from the different histories alone", () => {
    const half = (model === bg ? fitBgNbd : fitMbgNbd)({ ...histories, weights: new Float64Array(2357).fill(0.5) });
    expect(half.parameters.a / model.parameters.a).toBeCloseTo(1, 10);
    expect(half.logLikelihood / model.logLikelihood).toBeCloseTo(0.5, 12);
    expect(half.standardErrors!.b / model.standardErrors!.b).toBeCloseTo(Math.SQRT2, 8);
    const inDays = (model === bg ? fitBgNbd : fitMbgNbd)(calibration);
    expect(inDays.parameters.alpha / model.parameters.alpha).toBeCloseTo(7, 9);
    expect(inDays.parameters.r / model.parameters.r).toBeCloseTo(1, 10);
    // A density in days is a seventh of one in weeks, for each of the repeat purchases.
    expect(inDays.logLikelihood - model.logLikelihood).toBeCloseTo(-expected.cdnow.repeats * Math.log(7), 7);
    const reversed = (model === bg ? fitBgNbd : fitMbgNbd)({ frequency: histories.frequency.slice().reverse(), recency: histories.recency.slice().reverse(), age: histories.age.slice().reverse() });
    expect(reversed.parameters.b / model.parameters.b).toBeCloseTo(1, 10);
  });
});

describe("what others print", () => {
  test("CLVTools: parameters and standard errors of BG/NBD", () => {
    expect(Object.values(bg.parameters).map((value) => Number(value.toPrecision(4)))).toEqual([0.2426, 4.414, 0.7929, 2.426]);
    const printed = [0.012557, 0.378224, 0.185733, 0.705407];
    Object.values(bg.standardErrors!).forEach((value, j) => expect(Math.abs(value / printed[j]! - 1)).toBeLessThan(2e-3));
  });

  test("lifetimes, on its own table: parameters and likelihoods", () => {
    const ofLifetimes = cdnowOfLifetimes();
    const printed = { r: 0.24259291, alpha: 4.41353156, a: 0.79288615, b: 2.42575344 };
    const model = fitBgNbd(ofLifetimes);
    for (const name of ["r", "alpha", "a", "b"] as const) expect(Math.abs(model.parameters[name] / printed[name] - 1), name).toBeLessThan(2e-6);
    expect(model.logLikelihood).toBeCloseTo(-9582.42556057, 6);
    expect(fitMbgNbd(ofLifetimes).logLikelihood).toBeCloseTo(-9582.1326849, 5);
  });

  test("the walkthrough of BTYD: a new customer, customer 1516, and the increasing frequency paradox", () => {
    const predict = (x: number, tx: number, T: number, t: number): number => bg.predictPurchases({ frequency: [x], recency: [tx], age: [T] }, t)[0]!;
    expect(predict(0, 0, 0, 52)).toBeCloseTo(1.444004, 4);
    // Printed from parameters that are good to four digits.
    expect(Math.abs(predict(26, 30.857142857142858, 31, 52) / 25.75659 - 1)).toBeLessThan(5e-5);
    expect(bg.predictAlive({ frequency: [26], recency: [30.857142857142858], age: [31] })[0]).toBeCloseTo(0.96885, 5);
    for (const [x, printed] of [[10, 0.3474606], [15, 0.04283391], [20, 0.004158973], [25, 0.0003583685]] as const) {
      expect(Math.abs(predict(x, 20, 39, 52) / printed - 1), `x = ${x}`).toBeLessThan(1e-4);
    }
  });

  test("Hardie's sheet: sums over the customers in the 39 weeks of the holdout, beside what happened", () => {
    expect(sum(holdout.frequency)).toBe(1882);
    expect(sum(bg.predictPurchases(histories, 39))).toBeCloseTo(1653.408, 2);
    expect(sum(bg.predictAlive(histories))).toBeCloseTo(1917.28, 1);
    expect(sum(mbg.predictAlive(histories))).toBeCloseTo(1057.64, 1);
  });

  test("BTYD: expected purchases of the holdout by frequency", () => {
    const predicted = bg.predictPurchases(histories, 39);
    const printed = [0.2250893, 0.5231364, 1.044126, 1.520256, 2.163824, 2.653789, 3.503957, 6.157036];
    printed.forEach((value, bin) => {
      const inBin = predicted.filter((_, i) => Math.min(7, histories.frequency[i]!) === bin);
      expect(Math.abs(sum(inBin) / inBin.length / value - 1), `bin ${bin}`).toBeLessThan(1e-4);
    });
  });
});

test("a penalty draws the logarithms towards 0, and the covariance with them", () => {
  const penalised = fitBgNbd(histories, { penalty: 50 });
  const distance = ({ parameters: { r, a, b } }: typeof bg): number => Math.hypot(Math.log(r), Math.log(a), Math.log(b));
  expect(penalised.status).toBe("converged");
  expect(distance(penalised)).toBeLessThan(distance(bg));
  expect(penalised.logLikelihood).toBeLessThan(bg.logLikelihood);
  expect(penalised.standardErrors!.a / penalised.parameters.a).toBeLessThan(bg.standardErrors!.a / bg.parameters.a);
});

test("Wald's intervals are symmetric about the logarithm", () => {
  const { alpha } = computeParameterIntervals(bg, { confidence: 0.9 });
  expect(Math.sqrt(alpha[0] * alpha[1])).toBeCloseTo(bg.parameters.alpha, 12);
  expect(Math.log(alpha[1] / alpha[0])).toBeCloseTo(2 * 1.6448536269514722 * (bg.standardErrors!.alpha / bg.parameters.alpha), 12);
});
