import { describe, expect, test } from "vitest";
import { bgBbFromSpec, bgNbdFromSpec, bgNbdSteps, compareTransactionModels, compareTransactionModelsSteps, estimateLifetimeValue, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, mbgNbdFromSpec, paretoNbdFromSpec, type TransactionFits } from "clientele/clv";
import { tableFromColumns, tableFromRecords, type Table } from "clientele/data";
import { splitTransactions, summarizeTransactions } from "clientele/features";
import { readCdnowTransactions } from "../../../examples/read-data";
import expected from "../../reference/transaction-comparison/expected.json";
import { expectRefusal } from "../../support/errors";

const cdnow = tableFromRecords(readCdnowTransactions());
const CUT = { calibrationEnd: "1997-09-30", asOf: "1998-06-30", unit: "week" } as const;
const SAVED = { version: 1, logLikelihood: -1, status: "converged", unidentified: [], customerCount: 100, penalty: 0, iterations: 9, gradientNorm: 0, covariance: [1, 0, 0, 0, 1, 0, 0, 1, 0, 1] };
const { bgNbd, mbgNbd, paretoNbd } = expected.models;
/** At the parameters of the reference. */
const given = {
  bgNbd: () => bgNbdFromSpec({ ...SAVED, kind: "bgNbd", parameters: bgNbd.parameters }),
  mbgNbd: () => mbgNbdFromSpec({ ...SAVED, kind: "mbgNbd", parameters: mbgNbd.parameters }),
  paretoNbd: () => paretoNbdFromSpec({ ...SAVED, kind: "paretoNbd", parameters: paretoNbd.parameters }),
};

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance = 1e-9): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const distance = Math.abs(found[i]! - wanted[i]!);
    expect(distance, `position ${i}: ${found[i]} for ${wanted[i]}`).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(wanted[i]!), 1e-3));
  }
}

describe("CDNOW, as integrals of the published models say", () => {
  const comparison = compareTransactionModels(cdnow, given, CUT);

  test("what there was to predict", () => {
    const { customerCount, calibrationPurchases, holdoutPurchases, duration, oneTimeCount } = comparison;
    expect({ customerCount, calibrationPurchases, holdoutPurchases, duration, oneTimeCount }).toEqual({ customerCount: 2357, calibrationPurchases: 2457, holdoutPurchases: 1882, duration: 39, oneTimeCount: 1411 });
    expectClose([comparison.holdoutPrecision, comparison.oneTimeReturnShare], [expected.holdoutPrecision, expected.oneTimeReturnShare]);
    expectClose([comparison.baselines.ownRate.meanAbsoluteError, comparison.baselines.ownRate.rootMeanSquaredError], Object.values(expected.ownRate));
    expectClose([comparison.baselines.sameForAll.meanAbsoluteError], [expected.sameForAll.meanAbsoluteError]);
  });

  test("purchases in each of 78 weeks, the 39th of which ends the calibration", () => {
    const { tracking } = comparison;
    expect([...tracking.purchases]).toEqual(expected.weeks);
    expect([tracking.end[0], tracking.end[38], tracking.end[77]]).toEqual(["1997-01-07", "1997-09-30", "1998-06-30"]);
    expect(tracking.calibrationLength).toBe(39);
    expect([tracking.cumulative[38], tracking.cumulative[77]]).toEqual([2457, 4339]);
  });

  test.each(["bgNbd", "mbgNbd", "paretoNbd"] as const)("%s: errors, probability of the holdout, bins, tracking", (kind) => {
    const found = comparison.models.find(({ name }) => name === kind)!;
    const wanted = expected.models[kind];
    for (const name of ["holdoutLogLikelihood", "meanAbsoluteError", "rootMeanSquaredError", "predictedTotal", "oneTimeAlive"] as const) expectClose([found[name]], [wanted[name]]);
    const { value, low, high } = found.difference;
    expectClose([value, low, high], wanted.difference, 1e-7);
    expect(found.bins.map(({ frequencyFrom }) => frequencyFrom)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(found.bins.at(-1)?.frequencyTo).toBeNull();
    expectClose(found.bins.map(({ predicted }) => predicted), wanted.bins);
    for (const name of ["customerCount", "actual", "standardError"] as const) expectClose(found.bins.map((bin) => bin[name]), expected.bins.map((bin) => bin[name]));
    expectClose(found.tracking.cumulative, wanted.cumulative);
    expectClose([found.tracking.purchases.reduce((sum, each) => sum + each, 0)], [wanted.cumulative.at(-1)!]);
  });
});

describe("which model is taken", () => {
  const named = (fits: TransactionFits) => compareTransactionModels(cdnow, fits, CUT).recommendation;

  test("of three, the one that gives the holdout the highest probability", () => {
    const { models, recommendation } = compareTransactionModels(cdnow, { BG: fitBgNbd, MBG: fitMbgNbd, Pareto: fitParetoNbd }, CUT);
    expect(recommendation.name).toBe("MBG");
    expect(models.map(({ name, difference }) => [name, difference.value <= 0, difference.high >= 0])).toEqual([["BG", true, true], ["MBG", true, true], ["Pareto", true, true]]);
  });

  test("Pareto/NBD rather than BG/NBD where the holdout does not tell them apart: one-time buyers are not alive for certain", () => {
    const { recommendation, models } = compareTransactionModels(cdnow, { BG: fitBgNbd, Pareto: fitParetoNbd }, CUT);
    expect(models[0]!.holdoutLogLikelihood).toBeGreaterThan(models[1]!.holdoutLogLikelihood);
    expect(recommendation.name).toBe("Pareto");
    expect(recommendation.reason).toContain("BG is set aside because it takes the 1411 customers without a repeat purchase (60 %) for alive by assumption, of whom 14 % bought in the holdout");
  });

  test("BG/NBD where it predicts better than chance explains, with the name of the model for P(alive)", () => {
    const poor = () => paretoNbdFromSpec({ ...SAVED, kind: "paretoNbd", parameters: { r: 0.2, alpha: 10, s: 3, beta: 11 } });
    const { recommendation } = compareTransactionModels(cdnow, { BG: given.bgNbd, Pareto: poor }, CUT);
    expect(recommendation.name).toBe("BG");
    expect(recommendation.reason).toContain("for P(alive) take Pareto");
  });

  test("BG/NBD alone: what to compare it with", () => {
    expect(named({ BG: fitBgNbd })).toMatchObject({ name: "BG", reason: expect.stringContaining("compare with fitMbgNbd and fitParetoNbd") as string });
  });

  test("none that is not at a maximum", () => {
    const flat = () => bgNbdFromSpec({ ...SAVED, kind: "bgNbd", parameters: bgNbd.parameters, status: "unidentified", unidentified: ["a", "b"], covariance: null });
    const { name, reason } = named({ flat });
    expect(name).toBeUndefined();
    expect(reason).toContain("flat: unidentified");
    expect(compareTransactionModels(cdnow, { flat, Pareto: fitParetoNbd }, CUT).recommendation.name).toBe("Pareto");
  });

  test("a model that is worse than none at all is said to be so", () => {
    const wild = () => mbgNbdFromSpec({ ...SAVED, kind: "mbgNbd", parameters: { r: 5, alpha: 2, a: 0.1, b: 5 } });
    expect(compareTransactionModels(cdnow, { wild }, CUT).recommendation.reason).toContain("no smaller than that of a baseline");
  });
});

describe("data that are too thin", () => {
  /** Customers with one purchase in January, of whom so many buy once more, at once and half a year later. */
  const log = (repeats: number, late: number, each = 1): Table => {
    const rows = Array.from({ length: 300 }, (_, i) => [0, ...(i < repeats ? [30 + (i % 20)] : []), ...(i < late ? Array.from({ length: each }, (_k, k) => 200 + k) : [])].map((day) => ({ id: i, day }))).flat();
    return tableFromColumns({ customerId: rows.map(({ id }) => id), timestamp: rows.map(({ day }) => new Date(Date.UTC(2025, 0, 1 + day))) });
  };
  const compare = (table: Table, precision?: number) => compareTransactionModels(table, { given: given.mbgNbd }, { calibrationEnd: "2025-06-30", asOf: "2025-12-31", unit: "week", value: null, precision });

  // (1.96 / 0.25)² = 61.5: so many single purchases are known within a quarter.
  test("61 customers with a repeat purchase are too few, 62 are enough, in either part", () => {
    expectRefusal(() => compare(log(61, 62)), "tooFewRows", "the calibration must have repeat purchases whose total is known within ±25 % (precision); 61 of 61 customers are known within ±25 % only", "calibration end later");
    expectRefusal(() => compare(log(62, 61)), "tooFewRows", "the holdout must have", "calibration end earlier");
    expect(compare(log(62, 62)).holdoutPrecision).toBeCloseTo(1.959964 / Math.sqrt(62), 6);
  });

  test("many purchases of few customers are as few as the customers", () => {
    expectRefusal(() => compare(log(62, 20, 10)), "tooFewRows", "200 of 20 customers are known within ±44 % only");
  });

  test("an empty holdout", () => {
    const error = expectRefusal(() => compare(log(62, 0)), "tooFewRows", "there is none");
    expect(error.details.value).toBe(0);
  });

  test("less may be asked for", () => {
    expect(compare(log(30, 30), 0.5).customerCount).toBe(300);
  });
});

describe("other units and periods", () => {
  test("in days the same predictions come out", () => {
    const inDays = () => bgNbdFromSpec({ ...SAVED, kind: "bgNbd", parameters: { ...bgNbd.parameters, alpha: 7 * bgNbd.parameters.alpha } });
    const { models, tracking } = compareTransactionModels(cdnow, { inDays }, { ...CUT, unit: "day" });
    expectClose([models[0]!.holdoutLogLikelihood, models[0]!.predictedTotal], [bgNbd.holdoutLogLikelihood, bgNbd.predictedTotal]);
    expectClose(models[0]!.tracking.cumulative, bgNbd.cumulative);
    expect([...tracking.purchases]).toEqual(expected.weeks);
  });

  test.each(["week", "month"] as const)("purchases of one %s are one, and are tracked so", (period) => {
    // A Tuesday and the end of a month would cut a week in two: what is bought in it then belongs to either part.
    const options = { ...CUT, calibrationEnd: period === "week" ? "1997-09-28" : "1997-09-30", period, unit: period };
    const bgBb = () => bgBbFromSpec({ ...SAVED, kind: "bgBb", parameters: { alpha: 0.5, beta: 4, gamma: 0.7, delta: 4 } });
    const { tracking, calibrationPurchases, holdoutPurchases, models } = compareTransactionModels(cdnow, { given: given.mbgNbd, bgBb }, { ...options, precision: 1 });
    expect(models.every(({ holdoutLogLikelihood }) => holdoutLogLikelihood > -1e4 && holdoutLogLikelihood < 0)).toBe(true);
    const { calibration, holdout } = splitTransactions(cdnow, options);
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    expect(calibrationPurchases).toBe(sum(calibration.frequency));
    expect(holdoutPurchases).toBe(sum(holdout.frequency));
    expect(sum(tracking.purchases)).toBe(calibrationPurchases + holdoutPurchases);
    expect(tracking.cumulative[tracking.calibrationLength - 1]).toBe(calibrationPurchases);
    expect(tracking.end.at(-1)).toBe(period === "month" ? "1998-06-30" : "1998-07-05");
    expect(tracking.end[0]).toBe(period === "month" ? "1997-01-31" : "1997-01-05");
  });

  test("whole log outside: customers who came in the holdout are not tracked", () => {
    const { tracking, customerCount } = compareTransactionModels(cdnow, { given: given.mbgNbd }, { ...CUT, calibrationEnd: "1997-02-28", precision: 1 });
    const { calibration, holdout } = splitTransactions(cdnow, { ...CUT, calibrationEnd: "1997-02-28" });
    expect(customerCount).toBe(calibration.customerCount);
    expect(holdout.newCustomerCount).toBeGreaterThan(100);
    expect(tracking.cumulative.at(-1)).toBe([...calibration.frequency, ...holdout.frequency].reduce((total, value) => total + value, 0));
  });
});

test("the model that is recommended can be put to use as it is", () => {
  const { models, recommendation } = compareTransactionModels(cdnow, { BG: fitBgNbd, Pareto: fitParetoNbd }, CUT);
  const { model } = models.find(({ name }) => name === recommendation.name)!;
  const summary = summarizeTransactions(cdnow, { asOf: CUT.calibrationEnd, unit: CUT.unit });
  expect(estimateLifetimeValue(summary, model, fitGammaGamma(summary), { horizon: { weeks: 39 }, unit: "week" }).report.valuedCount).toBe(2357);
});

test("fits in slices give the same result", () => {
  const steps = compareTransactionModelsSteps(cdnow, { BG: bgNbdSteps }, CUT);
  let slices = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) slices++;
  expect(slices).toBeGreaterThan(5);
  const { models, ...rest } = compareTransactionModels(cdnow, { BG: fitBgNbd }, CUT);
  expect({ ...step.value, models: undefined }).toEqual({ ...rest, models: undefined });
  expect(step.value.models[0]!.model.toJSON()).toEqual(models[0]!.model.toJSON());
});

test.each([
  ["no fits", {}, "fits must have at least 1 model"],
  ["no function", { a: 5 }, 'fits["a"] must be a function'],
  ["no model", { a: () => ({}) }, 'fits["a"] must be a function that returns a fitted transaction model'],
])("%s is refused", (_, fits, message) => {
  const code = message.startsWith("fits must") ? "tooFewRows" : "invalidInput";
  expectRefusal(() => compareTransactionModels(cdnow, fits as never, CUT), code, message);
});

test.each([
  [{ precision: 0 }, "precision must be a number above 0"],
  [{ lastBin: 0 }, "lastBin must be an integer from 1"],
  [{ calibrationEnd: "1999-01-01" }, "calibrationEnd must be before asOf"],
])("%j is refused", (options, message) => {
  expectRefusal(() => compareTransactionModels(cdnow, { BG: fitBgNbd }, { ...CUT, ...options }), "invalidOption", message);
});

test("a list of customers is not taken: who has not bought is no customer of a transaction model", () => {
  expectRefusal(() => compareTransactionModels(cdnow, { BG: fitBgNbd }, { ...CUT, customers: ["x"] } as never), "unknownOption", "customers");
});
