import { computeDeltaIntervals, fitGammaGamma, gammaGammaFromSpec, measureSpendCorrelation } from "clientele/clv";
import { describe, expect, test } from "vitest";
import { gammaGammaLikelihood } from "../../../src/clv/gamma-gamma/likelihood";
import { fillNormals } from "../../../src/numeric/random/normal";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { runToEnd } from "../../../src/steps/steps";
import expected from "../../reference/gamma-gamma/expected.json";
import { expectRefusal } from "../../support/errors";
import { cdnowSplit } from "../cdnow";

const { calibration } = cdnowSplit();
const model = fitGammaGamma(calibration);

function saved(p: number, q: number, gamma: number, status = q > 1 ? "converged" : "infiniteMean") {
  return gammaGammaFromSpec({
    kind: "gammaGamma", version: 1, parameters: { p, q, gamma }, logLikelihood: -1, status, unidentified: [], covariance: [1, 0, 0, 1, 0, 1],
    customerCount: 1, penalty: 0, iterations: 1, gradientNorm: 0, leftOutCount: 0,
  });
}

test("likelihoods equal mpmath", () => {
  for (const { parameters: [p, q, gamma], x, z, logLikelihood } of expected.points) {
    const likelihood = gammaGammaLikelihood({ frequency: Float64Array.of(x), meanValue: Float64Array.of(z), weights: Float64Array.of(1) });
    // Money is in units of the mean value, here z.
    const value = runToEnd(likelihood.derivatives(Float64Array.of(Math.log(p!), Math.log(q!), Math.log(gamma! / z)), new Float64Array(3), new Float64Array(9))) + likelihood.unitTerm;
    expect(Math.abs(value / logLikelihood - 1), `${p}, ${q}, ${gamma}, x = ${x}, z = ${z}`).toBeLessThan(1e-11);
  }
});

describe("CDNOW", () => {
  test("parameters, standard errors and likelihood equal mpmath", () => {
    expect(model.status).toBe("converged");
    expect(model.customerCount).toBe(expected.cdnow.customers);
    expect(model.leftOutCount).toBe(2357 - expected.cdnow.customers);
    expected.cdnow.parameters.forEach((value, j) => expect(Math.abs(Object.values(model.parameters)[j]! / value - 1), `parameter ${j}`).toBeLessThan(1e-9));
    expected.cdnow.standardErrors.forEach((value, j) => expect(Math.abs(Object.values(model.standardErrors!)[j]! / value - 1)).toBeLessThan(1e-8));
    expected.cdnow.covariance.forEach((row, j) => row.forEach((value, k) => expect(Math.abs(model.covariance![j]![k]! / value - 1)).toBeLessThan(1e-8)));
    expect(Math.abs(model.logLikelihood / expected.cdnow.logLikelihood - 1)).toBeLessThan(1e-13);
  });

  test("the paper: parameters, the mean of the population, customers 1 to 10", () => {
    const { p, q, gamma } = model.parameters;
    expect([p, q, gamma].map((value) => Number(value.toFixed(2)))).toEqual([6.25, 3.74, 15.44]);
    expect(model.populationMean).toBeCloseTo(35.17, 1);
    const printed = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    model.predictMeanValue(calibration).slice(0, 10).forEach((value, i) => expect(Math.abs(value - printed[i]!), `customer ${i + 1}`).toBeLessThan(0.1));
  });

  test("customers with a mean that is not above 0 are refused by position unless they are to be left out", () => {
    const { frequency, meanValue } = calibration;
    const buyers = Array.from(frequency.keys()).filter((i) => frequency[i]! > 0);
    const refunded = meanValue.slice();
    refunded[buyers[3]!] = -12;
    refunded[buyers[5]!] = 0;
    const { details } = expectRefusal(() => fitGammaGamma({ frequency, meanValue: refunded }), "invalidInput", "leaveOut");
    expect(details).toMatchObject({ parameter: "meanValue", row: buyers[3] });
    const without = fitGammaGamma({ frequency, meanValue: refunded }, { nonPositive: "leaveOut" });
    const kept = buyers.filter((_, i) => i !== 3 && i !== 5);
    const alone = fitGammaGamma({ frequency: kept.map((i) => frequency[i]!), meanValue: kept.map((i) => meanValue[i]!) });
    expect(without.parameters.q / alone.parameters.q).toBeCloseTo(1, 10);
    expect(without.leftOutCount).toBe(model.leftOutCount + 2);
  });

  test("the correlation with frequency is small, as the paper says", () => {
    const found = measureSpendCorrelation(calibration);
    expect(found.customerCount).toBe(946);
    expect(found.correlation).toBeCloseTo(0.114, 3);
    expect(found.verdict).toBe("negligible");
  });
});

test("BTYD: expected value of a customer with three purchases of 35 on average", () => {
  expect(saved(6, 4, 16).predictMeanValue({ frequency: [3], meanValue: [35] })[0]).toBeCloseTo(34.57142857, 8);
});

describe("where the mean does not exist", () => {
  test("the status says so, and the values that exist are predicted", () => {
    // Pareto-like values with an index below 1: (1 − u)^(−1.6).
    const random = new RandomStream(4);
    const frequency = Array.from({ length: 600 }, () => 1 + random.nextInteger(4));
    const meanValue = frequency.map((x) => {
      const level = (1 - random.nextFloat()) ** -1.6;
      return (level * Array.from({ length: x }, () => -Math.log(1 - random.nextFloat())).reduce((sum, value) => sum + value, 0)) / x;
    });
    const heavy = fitGammaGamma({ frequency, meanValue });
    expect(heavy.status).toBe("infiniteMean");
    expect(heavy.parameters.q).toBeLessThan(1);
    expect(heavy.advice).toContain("does not exist");
    expect(heavy.populationMean).toBeUndefined();
    const [none, some] = heavy.predictMeanValue({ frequency: [0, 3], meanValue: [NaN, 10] });
    expect(none).toBeNaN();
    expect(some).toBeGreaterThan(0);
    expect(heavy.standardErrors!.q).toBeGreaterThan(0);
  });

  test("no prediction is negative", () => {
    // lifetimes answers −… here.
    expect(Array.from(saved(0.3, 0.5, 20).predictMeanValue({ frequency: [0, 1, 2], meanValue: [0, 5, 5] }))).toEqual([NaN, NaN, expect.any(Number)]);
    expect(saved(0.3, 0.5, 20).predictMeanValue({ frequency: [2], meanValue: [5] })[0]).toBeCloseTo((0.3 * 30) / 0.1, 10);
  });
});

test("values that do not differ between customers leave q and gamma open", () => {
  const random = new RandomStream(6);
  const frequency = Array.from({ length: 300 }, () => 1 + random.nextInteger(6));
  const noise = new Float64Array(300);
  fillNormals(random, noise);
  const same = fitGammaGamma({ frequency, meanValue: frequency.map((x, i) => 50 + noise[i]! / Math.sqrt(x)) });
  expect(same.status).toBe("unidentified");
  expect(same.unidentified).toEqual(expect.arrayContaining(["q", "gamma"]));
  expect(same.predictMeanValue({ frequency: [0, 3], meanValue: [NaN, 51] })[0]).toBeCloseTo(50, 0);
  expect(same.covariance).toBeUndefined();
  expectRefusal(() => computeDeltaIntervals(same, (at) => at.predictMeanValue({ frequency: [0], meanValue: [NaN] })), "unsupported", "unidentified");
});

describe("the correlation is judged by its size", () => {
  const random = new RandomStream(9);
  const noise = new Float64Array(5000);
  fillNormals(random, noise);
  const columns = (count: number, slope: number) => {
    const frequency = Array.from({ length: count }, (_, i) => 1 + (i % 12));
    return { frequency, meanValue: frequency.map((x, i) => 30 * x ** slope * Math.exp(0.8 * noise[i]!)) };
  };

  test("substantial, negligible though significant, uncertain for few customers", () => {
    expect(measureSpendCorrelation(columns(5000, 0.5)).verdict).toBe("substantial");
    const slight = measureSpendCorrelation(columns(5000, 0.1));
    expect(slight.low).toBeGreaterThan(0);
    expect(slight.verdict).toBe("negligible");
    expect(measureSpendCorrelation(columns(24, 0.07)).verdict).toBe("uncertain");
  });

  test("Fisher's interval", () => {
    const { correlation, low, high } = measureSpendCorrelation(columns(103, 0.3));
    expect(Math.atanh(high) - Math.atanh(correlation)).toBeCloseTo(1.959963984540054 / 10, 12);
    expect(Math.atanh(correlation) - Math.atanh(low)).toBeCloseTo(1.959963984540054 / 10, 12);
  });

  test("a constant column has none", () => {
    expect(measureSpendCorrelation({ frequency: [1, 2, 3, 4], meanValue: [5, 5, 5, 5] })).toMatchObject({ correlation: NaN, verdict: "uncertain" });
  });
});
