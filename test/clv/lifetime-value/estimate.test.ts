import { describe, expect, test } from "vitest";
import { bgNbdFromSpec, estimateLifetimeValue, estimateLifetimeValueSteps, fitBgNbd, fitGammaGamma, gammaGammaFromSpec, mbgNbdFromSpec, paretoNbdFromSpec, tableFromLifetimeValues, type GammaGammaModel } from "clientele/clv";
import { recordsFromTable, tableFromColumns, tableFromRecords, type Table } from "clientele/data";
import { summarizeTransactions, type PurchaseSummary } from "clientele/features";
import { readCdnowTransactions } from "../../../examples/read-data";
import expected from "../../reference/lifetime-value/expected.json";
import { expectRefusal } from "../../support/errors";

const DAY = 86_400_000;
const SAVED = { version: 1, logLikelihood: -1, status: "converged", unidentified: [], customerCount: 100, penalty: 0, iterations: 9, gradientNorm: 0 };
const readers = { bgNbd: bgNbdFromSpec, mbgNbd: mbgNbdFromSpec, paretoNbd: paretoNbdFromSpec };
const kinds = ["bgNbd", "mbgNbd", "paretoNbd"] as const;

function modelOf(kind: (typeof kinds)[number], replaced: object = {}): ReturnType<typeof bgNbdFromSpec> {
  const { parameters, covariance } = expected.models[kind];
  // The three classes have the same methods; their parameters do not matter here.
  return readers[kind]({ ...SAVED, kind, parameters, covariance, ...replaced }) as ReturnType<typeof bgNbdFromSpec>;
}

const spendOf = (replaced: object = {}): GammaGammaModel => gammaGammaFromSpec({ ...SAVED, kind: "gammaGamma", ...expected.spend, leftOutCount: 1, ...replaced });

function logOf(customers: readonly { readonly id: string; readonly days: readonly number[]; readonly amounts: readonly number[] }[]): Table {
  const rows = customers.flatMap(({ id, days, amounts }) => days.map((day, i) => ({ id, day, amount: amounts[i]! })));
  return tableFromColumns({ customerId: rows.map(({ id }) => id), timestamp: rows.map(({ day }) => new Date(day * DAY)), amount: Float64Array.from(rows, ({ amount }) => amount) }, { types: { customerId: "category", timestamp: "timestamp", amount: "number" } });
}

const asOf = expected.asOfDay * DAY;
const summary = summarizeTransactions(logOf(expected.customers), { asOf, unit: "week" });
const OPTIONS = { horizon: { months: 12 }, annualDiscountRate: expected.annualDiscountRate, margin: expected.margin, unit: "week" } as const;

function expectClose(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs(found[i]! / value - 1), `position ${i}: ${found[i]} for ${value}`).toBeLessThan(tolerance));
}

describe.each(kinds)("%s: six customers, as integrals of the published model say", (kind) => {
  const { customers, total } = expected.models[kind];
  const estimate = estimateLifetimeValue(summary, modelOf(kind), spendOf(), OPTIONS);
  const column = (read: (customer: (typeof customers)[number]) => number): number[] => customers.map(read);

  test("P(alive), purchases, value of a purchase and value", () => {
    expect(estimate.id).toEqual(customers.map(({ id }) => id));
    expect([...summary.frequency]).toEqual(column(({ frequency }) => frequency));
    expectClose(estimate.aliveProbability, column((each) => each.aliveProbability), 1e-11);
    expectClose(estimate.expectedPurchases, column((each) => each.expectedPurchases), 1e-11);
    expectClose(estimate.discountedPurchases, column((each) => each.discountedPurchases), 1e-11);
    expectClose(estimate.valuePerPurchase, column((each) => each.valuePerPurchase), 1e-13);
    expectClose(estimate.value, column((each) => each.value), 1e-11);
  });

  test("intervals, of each customer and of all", () => {
    expectClose(estimate.low, column((each) => each.low), 1e-7);
    expectClose(estimate.high, column((each) => each.high), 1e-7);
    expectClose([estimate.total.value, estimate.total.low, estimate.total.high], [total.value, total.low, total.high], 1e-7);
  });

  test("an infinite horizon", () => {
    const forEver = estimateLifetimeValue(summary, modelOf(kind), spendOf(), { ...OPTIONS, horizon: "infinite" });
    expect(forEver.horizon).toBe(Infinity);
    expectClose(forEver.discountedPurchases, column((each) => each.infinite), 1e-9);
    expect([...forEver.expectedPurchases]).toEqual(column(() => NaN));
  });
});

describe("customer_lifetime_value of lifetimes", () => {
  const { weeksPerMonth, monthlyRate, discounted, undiscounted } = expected.lifetimes;

  test("is the value of 12 × 4.345 weeks where nothing is discounted", () => {
    const { value } = estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), { horizon: { weeks: 12 * weeksPerMonth }, unit: "week" });
    expectClose(value, undiscounted, 1e-9);
  });

  test("lies below by less than a month's interest, for it discounts each purchase at the end of its month", () => {
    const annualDiscountRate = (1 + monthlyRate) ** (365.25 / 7 / weeksPerMonth) - 1;
    const { value } = estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), { horizon: { weeks: 12 * weeksPerMonth }, annualDiscountRate, unit: "week" });
    discounted.forEach((each, i) => {
      expect(value[i]! / each).toBeGreaterThan(1);
      expect(value[i]! / each).toBeLessThan(1 + monthlyRate);
    });
  });
});

describe("units of time", () => {
  test("an annual rate is that of a year in every unit, and the same customers have the same value in days and weeks", () => {
    const { r, alpha, a, b } = expected.models.bgNbd.parameters;
    const inDays = modelOf("bgNbd", { parameters: { r, alpha: 7 * alpha, a, b } });
    const days = estimateLifetimeValue(summarizeTransactions(logOf(expected.customers), { asOf, unit: "day" }), inDays, spendOf(), { ...OPTIONS, unit: "day" });
    const weeks = estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), OPTIONS);
    expect((1 + weeks.discountRate) ** (365.25 / 7)).toBeCloseTo(1.15, 12);
    expect((1 + days.discountRate) ** 365.25).toBeCloseTo(1.15, 12);
    expectClose(days.value, [...weeks.value], 1e-12);
    expectClose(days.high, [...weeks.high], 1e-10);
  });

  test.each([[{ days: 365.25 }], [{ weeks: 365.25 / 7 }], [{ years: 1 }]] as const)("%j is as long as twelve months", (horizon) => {
    expect(estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), { ...OPTIONS, horizon }).horizon).toBeCloseTo(365.25 / 7, 12);
  });

  test("a unit that is not the summary's is refused", () => {
    expectRefusal(() => estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), { ...OPTIONS, unit: "day" }), "invalidOption", 'unit must be "week"', 'got "day"');
  });

  test("a model in days with a summary in weeks is noticed", () => {
    const cdnow = summarizeTransactions(tableFromRecords(readCdnowTransactions()), { asOf: "1997-09-30", unit: "week" });
    const inDays = fitBgNbd(summarizeTransactions(tableFromRecords(readCdnowTransactions()), { asOf: "1997-09-30", unit: "day" }));
    const spend = fitGammaGamma(cdnow);
    const codes = (model: typeof inDays): string[] => estimateLifetimeValue(cdnow, model, spend, OPTIONS).warnings.map(({ code }) => code);
    expect(codes(inDays)).toContain("unlikelyModel");
    expect(codes(fitBgNbd(cdnow))).not.toContain("unlikelyModel");
  });
});

describe("who has no value, and why", () => {
  const customers = [
    { id: "free", days: [220, 240, 260], amounts: [30, 0, 0] },
    { id: "good", days: [220, 240, 260], amounts: [30, 10, 20] },
    { id: "once", days: [7], amounts: [10] },
    { id: "returned", days: [220, 240, 260], amounts: [30, 50, -60] },
    { id: "unknown", days: [0, 30], amounts: [10, NaN] },
  ];
  const mixed = summarizeTransactions(logOf(customers), { asOf, unit: "week", customers: ["prospect"] });
  const at = (id: string): number => mixed.id.indexOf(id);
  const valued = (nonPositive: "asZero" | "leaveOut") => estimateLifetimeValue(mixed, modelOf("mbgNbd"), spendOf(), { ...OPTIONS, nonPositive });

  test("a repeat buyer who brought nothing is refused, with the position and what helps", () => {
    const error = expectRefusal(() => estimateLifetimeValue(mixed, modelOf("mbgNbd"), spendOf(), OPTIONS), "invalidInput", 'nonPositive: "asZero"');
    expect(error.details.row).toBe(at("free"));
  });

  test("counted as zero, the value is drawn towards nothing by each purchase", () => {
    const { value, valuePerPurchase, report } = valued("asZero");
    const { p, q, gamma } = expected.spend.parameters;
    // Two repeat purchases; the return leaves the second customer one.
    expect(valuePerPurchase[at("free")]).toBeCloseTo((p * gamma) / (2 * p + q - 1), 12);
    expect(mixed.meanValue[at("returned")]!).toBeLessThan(0);
    expect(valuePerPurchase[at("returned")]).toBeCloseTo((p * gamma) / (mixed.frequency[at("returned")]! * p + q - 1), 12);
    expect(value[at("free")]!).toBeLessThan(value[at("good")]! / 2);
    expect(report).toEqual({ valuedCount: 4, prospectCount: 1, missingValueCount: 1, nonPositiveCount: 2, infiniteMeanCount: 0 });
  });

  test("left out, and customers with an order without amount: purchases are expected, values missing", () => {
    const { value, low, expectedPurchases, ranking, total, report } = valued("leaveOut");
    for (const id of ["free", "returned", "unknown"]) {
      expect(value[at(id)], id).toBeNaN();
      expect(low[at(id)], id).toBeNaN();
      expect(expectedPurchases[at(id)], id).toBeGreaterThan(0);
    }
    expect(expectedPurchases[at("prospect")]).toBeNaN();
    expect(report).toEqual({ valuedCount: 2, prospectCount: 1, missingValueCount: 1, nonPositiveCount: 2, infiniteMeanCount: 0 });
    expect(total.value).toBeCloseTo(value[at("good")]! + value[at("once")]!, 12);
    expect(Array.from(ranking.subarray(0, 2), (i) => mixed.id[i])).toEqual(["good", "once"]);
    expect([...ranking.subarray(2)]).toEqual(["free", "prospect", "returned", "unknown"].map(at));
  });

  test("nobody at all", () => {
    const none = summarizeTransactions(logOf([]), { asOf, unit: "week" });
    const { ranking, total, report } = estimateLifetimeValue(none, modelOf("bgNbd"), spendOf(), OPTIONS);
    expect([ranking.length, total.value, report.valuedCount]).toEqual([0, 0, 0]);
  });

  test("where q ≤ 1 there is no mean value to expect of one-time buyers", () => {
    const { p, gamma } = expected.spend.parameters;
    const heavy = spendOf({ parameters: { p, q: 0.9, gamma }, status: "infiniteMean" });
    const { value, report, warnings } = estimateLifetimeValue(summary, modelOf("bgNbd"), heavy, OPTIONS);
    expect(value.map(Number.isNaN as never)).toEqual(Float64Array.from(summary.frequency, (x) => (x === 0 ? 1 : 0)));
    expect(report.infiniteMeanCount).toBe(2);
    expect(warnings.map(({ code }) => code)).toContain("spendModelStatus");
  });
});

describe("warnings", () => {
  const codesOf = (given: PurchaseSummary, model = modelOf("bgNbd"), spend = spendOf()): string[] => estimateLifetimeValue(given, model, spend, OPTIONS).warnings.map(({ code }) => code);

  test("one-time buyers are certainly alive under BG/NBD, and are not under the others", () => {
    const { warnings } = estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), OPTIONS);
    expect(warnings.find(({ code }) => code === "certainlyAlive")?.message).toContain("2 customers without a repeat purchase (33 % of all)");
    expect(codesOf(summary, modelOf("mbgNbd"))).not.toContain("certainlyAlive");
    expect(codesOf(summary, modelOf("paretoNbd"))).not.toContain("certainlyAlive");
  });

  test("a model without a maximum says so, and gives no interval", () => {
    const model = modelOf("bgNbd", { status: "unidentified", unidentified: ["a", "b"], covariance: null });
    const { warnings, value, low, total } = estimateLifetimeValue(summary, model, spendOf(), OPTIONS);
    expect(warnings[0]?.code).toBe("transactionModelStatus");
    expect(warnings[0]?.message).toContain("penalty");
    expect(value[1]).toBeGreaterThan(0);
    expect([low[1], total.low]).toEqual([NaN, NaN]);
  });

  test("frequency and value: independent, together, too few to tell", () => {
    const buyers = (amountOf: (count: number, i: number) => number, size: number): PurchaseSummary =>
      summarizeTransactions(logOf(Array.from({ length: size }, (_, i) => {
        const count = 2 + (i % 6);
        return { id: `c${i}`, days: Array.from({ length: count }, (_each, k) => 10 * k), amounts: Array.from({ length: count }, () => amountOf(count, i)) };
      })), { asOf, unit: "week" });
    expect(codesOf(buyers((_, i) => 20 + ((i * 7) % 31), 600))).not.toContain("uncertainCorrelation");
    expect(codesOf(buyers((count) => 10 * count, 600))).toContain("correlatedSpend");
    expect(codesOf(buyers((_, i) => 20 + ((i * 7) % 31), 12))).toContain("uncertainCorrelation");
    expect(codesOf(buyers((_, i) => 20 + ((i * 7) % 31), 3))).toContain("uncertainCorrelation");
    const same = estimateLifetimeValue(buyers(() => 25, 60), modelOf("bgNbd"), spendOf(), OPTIONS);
    expect(same.warnings.find(({ code }) => code === "uncertainCorrelation")?.message).toContain("for the same mean value");
    const together = estimateLifetimeValue(buyers((count) => 10 * count, 600), modelOf("bgNbd"), spendOf(), OPTIONS);
    expect(together.correlation?.verdict).toBe("substantial");
  });
});

test("in slices: the same, to the bit", () => {
  const steps = estimateLifetimeValueSteps(summary, modelOf("paretoNbd"), spendOf(), OPTIONS);
  const phases = new Set<string>();
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      expect(step.value).toEqual(estimateLifetimeValue(summary, modelOf("paretoNbd"), spendOf(), OPTIONS));
      break;
    }
    expect(step.value.done).toBeLessThanOrEqual(step.value.total);
    phases.add(step.value.phase);
  }
  expect([...phases]).toEqual(["predicting purchases", "discounting purchases", "computing intervals"]);
});

test("the table is ranked, and a customer without a value has no rank", () => {
  const mixed = summarizeTransactions(logOf(expected.customers), { asOf, unit: "week", customers: ["nobody"] });
  const records = recordsFromTable(tableFromLifetimeValues(estimateLifetimeValue(mixed, modelOf("bgNbd"), spendOf(), OPTIONS)));
  const values = new Map<unknown, number>(expected.models.bgNbd.customers.map(({ id, value }) => [id, value]));
  const byValue = [...values.keys()].sort((a, b) => values.get(b)! - values.get(a)!);
  expect(records.map(({ id }) => id)).toEqual([...byValue, "nobody"]);
  expect(records.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, null]);
  expect(records[0]!["value"]).toBeCloseTo(values.get(byValue[0])!, 9);
});

test.each([
  [{ horizon: { months: 0 } }, "horizon.months must be a number above 0"],
  [{ horizon: { months: 1, days: 2 } }, "horizon must be { days }"],
  [{ horizon: { hours: 2 } }, "horizon must be { days }"],
  [{ horizon: 12 }, "horizon must be { days }"],
  [{ horizon: { years: 101 } }, "horizon.years"],
  [{ horizon: "infinite", annualDiscountRate: 0 }, "annualDiscountRate must be above 0"],
  [{ annualDiscountRate: -1 }, "annualDiscountRate must be a number above -1"],
  [{ margin: 0 }, "margin must be a number above 0"],
])("%j is refused", (options, message) => {
  expectRefusal(() => estimateLifetimeValue(summary, modelOf("bgNbd"), spendOf(), { ...OPTIONS, ...options } as never), "invalidOption", message);
});

test("models are told from other things", () => {
  expectRefusal(() => estimateLifetimeValue(summary, spendOf() as never, spendOf(), OPTIONS), "invalidInput", "transactionModel must be what fitBgNbd");
  expectRefusal(() => estimateLifetimeValue(summary, modelOf("bgNbd"), modelOf("bgNbd") as never, OPTIONS), "invalidInput", "spendModel must be what fitGammaGamma");
});
