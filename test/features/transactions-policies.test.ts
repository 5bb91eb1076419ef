import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterRows, tableFromColumns, type Table } from "../../src/data";
import { splitTransactions, splitTransactionsSteps, summarizeTransactions, tableFromPurchaseSummary, type PurchaseSummary, type SplitTransactionsOptions, type SummarizeTransactionsOptions } from "../../src/features";
import { runToEnd } from "../../src/steps";
import expected from "../reference/transactions/policies.json";
import { expectRefusal } from "../support/errors";

type Row = readonly (string | number | null)[];

const COLUMNS = ["orderCount", "frequency", "recency", "age", "daysSinceLast", "meanValue", "meanValueAll", "totalValue", "returnCount", "returnValue"] as const;
const TYPES = { customerId: "category", timestamp: "timestamp", amount: "number", order: "category", status: "category" } as const;

function tableOf(rows: readonly Row[]): Table {
  const [customerId, timestamp, amount, order, status] = [0, 1, 2, 3, 4].map((field) => rows.map((row) => row[field]));
  return tableFromColumns({ customerId: customerId!, timestamp: timestamp!, amount: amount!, order: order!, status: status! }, { types: TYPES });
}

const log = tableOf(expected.rows);
const MARKED: Partial<SummarizeTransactionsOptions> = { timeZone: expected.timeZone, order: "order", cancelled: { column: "status", values: ["cancelled"] }, gaps: true };

/** One customer of a summary; a missing value is null. */
function customerOf(summary: PurchaseSummary, position: number): Record<string, number | null> {
  const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);
  const { gaps } = summary;
  return {
    ...Object.fromEntries(COLUMNS.map((name) => [name, known(summary[name][position])])),
    meanGap: known(gaps?.mean[position]),
    medianGap: known(gaps?.median[position]),
    gapDeviation: known(gaps?.standardDeviation[position]),
  };
}

function expectClose(found: number | null | undefined, value: number | null, what: string): void {
  if (value === null || found === null || found === undefined) expect(found ?? null, what).toBe(value);
  else expect(Math.abs(found - value), `${what}: ${found} for ${value}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
}

describe.each(expected.cases.map((entry) => [JSON.stringify(entry.options), entry] as const))("against plain Python: %s", (_, { options, listed, customers, gaps, report }) => {
  const given = { ...MARKED, ...options, customers: listed ? expected.listed : undefined } as SummarizeTransactionsOptions;
  const summary = summarizeTransactions(log, given);

  test("each customer", () => {
    expect(summary.id).toEqual(Object.keys(customers).sort());
    for (const [position, id] of summary.id.entries()) {
      const found = customerOf(summary, position);
      for (const [name, value] of Object.entries(customers[id as keyof typeof customers] as Record<string, number | null>)) expectClose(found[name], value, `${id} ${name}`);
    }
  });

  test("all gaps together", () => {
    const { all } = summary.gaps!;
    expect(all.count).toBe(gaps.count);
    expect(all.gapCount.reduce((sum, count) => sum + count, 0)).toBe(gaps.count);
    expectClose(all.mean, gaps.mean, "mean");
    expectClose(all.standardDeviation, gaps.standardDeviation, "standard deviation");
    gaps.quartiles.forEach((quartile, i) => expectClose(all.quantiles.find(({ p }) => p === (i + 1) / 4)?.gap, quartile, `quartile ${i + 1}`));
  });

  test("each row is accounted for", () => {
    expect(summary.report).toEqual(report);
    const { rowCount, orderCount, returnCount, missingIdCount, missingTimeCount, afterAsOfCount, unmatchedReturnCount, cancelledCount, zeroCount } = summary.report;
    expect(orderCount + returnCount + missingIdCount + missingTimeCount + afterAsOfCount + unmatchedReturnCount + cancelledCount + zeroCount).toBe(rowCount);
  });

  test("the order of the rows changes nothing", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...expected.rows], { minLength: expected.rows.length }), (rows) => {
        expect(summarizeTransactions(tableOf(rows), given)).toEqual(summary);
      }),
      { numRuns: 3 },
    );
  });
});

describe.each(expected.splits.map((entry) => [`${entry.calibrationEnd} to ${JSON.stringify(entry.options)}`, entry] as const))("cut in two: %s", (_, { options, calibrationEnd, holdout: reference, newCustomerCount }) => {
  const given = { ...MARKED, ...options } as SummarizeTransactionsOptions;
  const { calibration, holdout } = splitTransactions(log, { ...given, calibrationEnd });
  const whole = summarizeTransactions(log, given);

  test("the calibration is the summary of its end, and knows nothing of the holdout", () => {
    expect(calibration).toEqual(summarizeTransactions(log, { ...given, asOf: calibrationEnd }));
    const end = Date.parse(`${calibrationEnd}T00:00:00Z`) + 20 * 3_600_000;
    const times = log.columns.get("timestamp")!;
    const earlier = filterRows(log, (_row, i) => times.type === "timestamp" && times.values[i]! < end);
    const { report, ...known } = splitTransactions(earlier, { ...given, calibrationEnd, interval: "open" }).calibration;
    const { report: fullReport, ...fromWhole } = splitTransactions(log, { ...given, calibrationEnd, interval: "open" }).calibration;
    expect(known).toEqual(fromWhole);
    expect(report.orderCount).toBe(fullReport.orderCount);
  });

  test("the holdout is that of plain Python", () => {
    expect(calibration.id).toEqual(Object.keys(reference).sort());
    for (const [i, id] of calibration.id.entries()) {
      const { orderCount, frequency, totalValue } = (reference as Readonly<Record<string, { orderCount: number; frequency: number; totalValue: number | null }>>)[String(id)]!;
      expect([holdout.orderCount[i], holdout.frequency[i]], String(id)).toEqual([orderCount, frequency]);
      expectClose(Number.isNaN(holdout.totalValue[i]) ? null : holdout.totalValue[i], totalValue, String(id));
      expect(holdout.meanValue[i]).toBe(frequency === 0 ? NaN : holdout.totalValue[i]! / frequency);
    }
    expect(holdout.newCustomerCount).toBe(newCustomerCount);
  });

  test("the parts add up to the whole", () => {
    for (const [i, id] of calibration.id.entries()) {
      const at = whole.id.indexOf(id);
      expect(calibration.orderCount[i]! + holdout.orderCount[i]!).toBe(whole.orderCount[at]);
      expect(calibration.frequency[i]! + holdout.frequency[i]!).toBe(whole.frequency[at]);
      const parts = calibration.totalValue[i]! + holdout.totalValue[i]!;
      expect(Number.isNaN(parts) ? NaN : Math.round(parts * 100)).toBe(Number.isNaN(whole.totalValue[at]) ? NaN : Math.round(whole.totalValue[at]! * 100));
    }
    expect(calibration.customerCount + holdout.newCustomerCount).toBe(whole.customerCount);
  });

  test("in slices, the same", () => {
    expect(runToEnd(splitTransactionsSteps(log, { ...given, calibrationEnd }))).toEqual({ calibration, holdout });
  });
});

describe("returns and cancellations", () => {
  const at = (text: string): Date => new Date(text);

  test("invoices as in the Online Retail log: several rows, cancelled by others of their own number", () => {
    const invoices = tableFromColumns({
      InvoiceNo: ["536365", "536365", "536370", "C536379", "C536391", "536400"],
      CustomerID: ["17850", "17850", "17850", "17850", "12346", "12346"],
      InvoiceDate: ["2010-12-01T08:26:00Z", "2010-12-01T08:26:00Z", "2010-12-05T09:00:00Z", "2010-12-06T10:00:00Z", "2010-12-02T10:00:00Z", "2010-12-20T10:00:00Z"].map(at),
      Total: [15.3, 20.34, 22, -9.15, 0, 50],
    });
    const names = { id: "CustomerID", time: "InvoiceDate", value: "Total", order: "InvoiceNo", cancelled: { column: "InvoiceNo", startsWith: "C" } } as const;
    const summary = summarizeTransactions(invoices, { ...names, asOf: "2010-12-31" });
    expect(summary.id).toEqual(["12346", "17850"]);
    expect(summary.orderCount).toEqual(new Float64Array([1, 2]));
    // The return names no order of the customer, so it belongs to the purchase before it.
    expect(summary.meanValue).toEqual(new Float64Array([NaN, 12.85]));
    expect(summary.totalValue).toEqual(new Float64Array([50, 48.49]));
    expect(summary.returnValue).toEqual(new Float64Array([0, 9.15]));
    expect(summary.report).toMatchObject({ orderCount: 4, returnCount: 1, linkedReturnCount: 0, cancelledCount: 1 });
  });

  test("a return belongs to the order that it names, even where another came in between", () => {
    const orders = tableFromColumns({ customerId: ["a", "a", "a"], timestamp: [at("2026-01-01"), at("2026-01-05"), at("2026-01-20")], amount: [100, 40, -30], order: [1, 2, 1] });
    const linked = summarizeTransactions(orders, { asOf: "2026-01-31", order: "order" });
    const unlinked = summarizeTransactions(orders, { asOf: "2026-01-31" });
    expect([linked.meanValue[0], unlinked.meanValue[0]]).toEqual([40, 10]);
    expect([linked.totalValue[0], unlinked.totalValue[0]]).toEqual([110, 110]);
    expect([linked.report.linkedReturnCount, unlinked.report.linkedReturnCount]).toEqual([1, 0]);
  });

  test("equal order numbers of different customers are different orders; a row without one is an order of its own", () => {
    const orders = tableFromColumns({ customerId: ["a", "b", "a", "a", "a"], timestamp: ["2026-01-03", "2026-01-01", "2026-01-01", "2026-01-05", "2026-01-05"].map(at), amount: [1, 2, 4, 8, 16], order: ["1", "1", "1", null, null] });
    const summary = summarizeTransactions(orders, { asOf: "2026-01-31", order: "order" });
    expect(summary.orderCount).toEqual(new Float64Array([3, 1]));
    expect([summary.frequency[0], summary.recency[0], summary.age[0], summary.meanValue[0]]).toEqual([1, 4, 30, 24]);
  });

  test("a boolean column marks rows, too; a missing mark is none", () => {
    const orders = tableFromColumns({ customerId: ["a", "a", "a"], timestamp: ["2026-01-01", "2026-01-02", "2026-01-03"].map(at), amount: [1, 2, 4], void: [true, null, false] });
    const summary = summarizeTransactions(orders, { asOf: "2026-01-31", cancelled: "void" });
    expect([summary.orderCount[0], summary.totalValue[0], summary.report.cancelledCount]).toEqual([2, 6, 1]);
  });

  test("customers who only gave back are left out; as listed customers they are prospects", () => {
    const orders = tableFromColumns({ customerId: [7, 9], timestamp: [at("2026-01-01"), at("2026-01-01")], amount: [-5, 3] });
    expect(summarizeTransactions(orders, { asOf: "2026-01-31", returns: "separate" })).toMatchObject({ id: [9], report: { customersWithoutOrders: 1, unmatchedReturnCount: 1 } });
    const customers = tableFromColumns({ customerId: [7, 8] });
    const summary = summarizeTransactions(orders, { asOf: "2026-01-31", customers });
    expect(summary.id).toEqual([7, 8, 9]);
    expect(summary.orderCount).toEqual(new Float64Array([0, 0, 1]));
    expect(summary.daysSinceLast).toEqual(new Float64Array([NaN, NaN, 30]));
    expect(summary.totalValue).toEqual(new Float64Array([0, 0, 3]));
    expect(summary.report).toMatchObject({ prospectCount: 2, unlistedCount: 1, customersWithoutOrders: 0, unmatchedReturnCount: 1 });
    expect(summarizeTransactions(orders, { asOf: "2026-01-31", customers: [8, 7, 8], value: null }).totalValue).toEqual(new Float64Array([NaN, NaN, NaN]));
  });

  test("as a table: returns and gaps where they were asked for", () => {
    const names = (options: Partial<SummarizeTransactionsOptions>): string[] => [...tableFromPurchaseSummary(summarizeTransactions(log, { asOf: "2025-10-30", ...options })).columns.keys()].slice(9);
    expect(names({})).toEqual([]);
    expect(names({ returns: "separate" })).toEqual(["returnCount", "returnValue"]);
    expect(names({ gaps: true })).toEqual(["meanGap", "medianGap", "gapDeviation"]);
  });

  test("a part of a table, which lists customers that it has no rows of", () => {
    const part = filterRows(log, (row) => row("customerId") === "c07");
    expect(summarizeTransactions(part, { asOf: "2025-10-30" }).id).toEqual(["c07"]);
    expect(summarizeTransactions(filterRows(log, () => false), { asOf: "2025-10-30", gaps: true })).toMatchObject({ id: [], gaps: { all: { count: 0 } } });
  });
});

describe("refusals", () => {
  const orders = tableFromColumns({ customerId: ["a"], timestamp: [new Date(0)], amount: [-1], flag: [true] });
  const refuse = (options: object, code: "invalidOption" | "invalidInput" | "unknownColumn", ...parts: string[]): void => {
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, ...options }), code, ...parts);
  };

  test("options", () => {
    refuse({ interval: "half" }, "invalidOption", "interval");
    refuse({ returns: "drop" }, "invalidOption", "returns");
    refuse({ order: "ordre" }, "unknownColumn", "order names no column");
    refuse({ order: "timestamp" }, "invalidInput", "ids");
    refuse({ cancelled: "amount" }, "invalidInput", "boolean");
    refuse({ cancelled: { column: "flag", values: ["x"] } }, "invalidInput", "text");
    refuse({ cancelled: { column: "customerId" } }, "invalidOption", "neither");
    refuse({ cancelled: { column: "customerId", values: ["a"], startsWith: "a" } }, "invalidOption", "both");
    refuse({ cancelled: { column: "customerId", startsWith: "" } }, "invalidOption", "startsWith");
    refuse({ customers: "a" }, "invalidInput", "customers must be");
    refuse({ customers: ["a", null] }, "invalidInput", "position 1");
    refuse({ customers: [1] }, "invalidInput", "texts", "position 0");
    refuse({ customers: tableFromColumns({ id: ["a"] }) }, "unknownColumn", "customers");
  });

  test("a negative amount and a time outside the calendar, with their rows", () => {
    refuse({ returns: "error" }, "invalidInput", "row 0", "negative");
    const beyond = { ...orders, columns: new Map([...orders.columns, ["timestamp", { type: "timestamp", values: new Float64Array([253_402_300_800_000]) }]] as const) };
    expectRefusal(() => summarizeTransactions(beyond, { asOf: 0 }), "invalidInput", "row 0", "0000 to 9999");
  });

  test("a calibration that does not end before the holdout", () => {
    const split = (calibrationEnd: SplitTransactionsOptions["calibrationEnd"], asOf: SplitTransactionsOptions["asOf"]) => () => splitTransactions(orders, { calibrationEnd, asOf });
    expectRefusal(split("2026-01-02", "2026-01-01"), "invalidOption", "calibrationEnd must be before asOf");
    expectRefusal(split("2026-01-01", "2026-01-01"), "invalidOption", "calibrationEnd");
    expectRefusal(split("2026-01-01", "2026-01-01T23:00:00Z"), "invalidOption", "calibrationEnd");
    expectRefusal(split("yesterday", "2026-01-01"), "invalidOption", "calibrationEnd must be a date");
    expect(split("2026-01-01T10:00:00Z", "2026-01-01")().holdout.duration).toBe(0);
    // @ts-expect-error without the end of the calibration
    expectRefusal(() => splitTransactions(orders, { asOf: 0 }), "invalidOption", "calibrationEnd is required");
  });
});
