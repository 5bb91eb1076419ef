import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordsFromTable, tableFromColumns, type Table } from "../../src/data";
import { summarizeTransactions, summarizeTransactionsSteps, tableFromPurchaseSummary, type PurchaseSummary } from "../../src/features";
import { endOfDay, readAsOf } from "../../src/features/calendar/as-of";
import { dayText, parseDay } from "../../src/data/calendar/day";
import { cumulateAt } from "../../src/features/transactions/cumulate";
import { prepareLog } from "../../src/features/transactions/log";
import { summarizeLogAt } from "../../src/features/transactions/summarize";
import { runCooperatively } from "../../src/steps";
import expected from "../reference/transactions/expected.json";
import { expectRefusal } from "../support/errors";

const COLUMNS = ["orderCount", "frequency", "recency", "age", "daysSinceLast", "meanValue", "meanValueAll", "totalValue"] as const;

/** One customer of a summary; a missing value is null. */
function customerOf(summary: PurchaseSummary, position: number): Record<string, number | null> {
  return Object.fromEntries(COLUMNS.map((name) => [name, Number.isNaN(summary[name][position]) ? null : summary[name][position]!]));
}

function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

function readCdnow(): Table {
  const rows = readText("../../examples/data/cdnow-sample.txt").trim().split("\n").map((line) => line.trim().split(/\s+/));
  return tableFromColumns({
    customerId: rows.map((row) => row[1]),
    timestamp: rows.map((row) => new Date(row[2]!.replace(/(....)(..)(..)/, "$1-$2-$3"))),
    amount: rows.map((row) => Number(row[4])),
  });
}

describe("CDNOW", () => {
  const log = readCdnow();

  test("calibration period: frequency, recency and age of lifetimes, repeat values of its summary", () => {
    const summary = summarizeTransactions(log, { asOf: "1997-09-30", unit: "week" });
    expect(summary.customerCount).toBe(2357);
    expect(summary.frequency.reduce((sum, count) => sum + count, 0)).toBe(2457);
    expect(summary.frequency.filter((count) => count === 0).length).toBe(1411);
    const lines = (file: string): string[][] => readText(`../reference/transactions/${file}`).trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
    const plain = lines("cdnow_customers_summary.csv");
    const withValues = lines("cdnow_customers_summary_with_transactions.csv");
    expect(plain.length).toBe(2357);
    expect(withValues.length).toBe(2357);
    for (const [i, customer] of summary.id.entries()) {
      const [id, frequency, recency, age] = plain[i]!.map(Number);
      expect(Number(customer)).toBe(id);
      expect(summary.frequency[i]).toBe(frequency);
      // The reference has two decimals.
      expect(Math.abs(summary.recency[i]! - recency!)).toBeLessThanOrEqual(0.005 + 1e-9);
      expect(Math.abs(summary.age[i]! - age!)).toBeLessThanOrEqual(0.005 + 1e-9);
      const meanValue = Number(withValues[i]![4]);
      // There a missing mean is written 0.
      if (frequency === 0) expect([summary.meanValue[i], meanValue]).toEqual([NaN, 0]);
      else expect(Math.abs(summary.meanValue[i]! - meanValue)).toBeLessThanOrEqual(0.005 + 1e-9);
    }
  });

  test("whole log: pandas", () => {
    const summary = summarizeTransactions(log, { asOf: "1998-06-30" });
    const { customers, customerDays, sums, totalCents, rows } = expected.cdnow;
    expect(summary.customerCount).toBe(customers);
    const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);
    for (const [name, sum] of Object.entries(sums)) expect(total(summary[name as keyof typeof sums])).toBe(sum);
    expect(total(summary.frequency) + summary.customerCount).toBe(customerDays);
    expect(customerDays).toBe(6696);
    expect(total(summary.totalValue.map((value) => Math.round(value * 100)))).toBe(totalCents);
    for (const [id, row] of Object.entries(rows)) {
      const found = customerOf(summary, summary.id.indexOf(id));
      for (const name of COLUMNS) {
        if (row[name] === null) expect(found[name]).toBeNull();
        else expect(Math.abs(found[name]! - row[name])).toBeLessThanOrEqual(1e-12 * Math.abs(row[name]));
      }
    }
    expect(summary.report).toEqual({
      rowCount: 6919,
      orderCount: 6919,
      returnCount: 0,
      missingIdCount: 0,
      missingTimeCount: 0,
      afterAsOfCount: 0,
      unmatchedReturnCount: 0,
      cancelledCount: 0,
      zeroCount: 0,
      linkedReturnCount: 0,
      missingValueCount: 0,
      customersWithoutOrders: 0,
      prospectCount: 0,
      unlistedCount: 0,
    });
  });
});

describe("returns, missing cells and the change of clocks in Berlin", () => {
  const { rows, customers, report, asOf, timeZone } = expected.returns;
  const tableOf = (chosen: readonly (readonly (string | number | null)[])[]): Table =>
    tableFromColumns(
      { customerId: chosen.map((row) => row[0]), timestamp: chosen.map((row) => row[1]), amount: chosen.map((row) => row[2]) },
      { types: { customerId: "category", timestamp: "timestamp", amount: "number" } },
    );
  const summary = summarizeTransactions(tableOf(rows), { asOf, timeZone });

  test("plain decimal arithmetic, to the last bit", () => {
    expect(summary.id).toEqual(Object.keys(customers).sort());
    for (const [id, customer] of Object.entries(customers)) expect(customerOf(summary, summary.id.indexOf(id)), id).toEqual(customer);
    expect(summary.report).toMatchObject({ rowCount: rows.length, ...report });
  });

  test("no row is lost", () => {
    const { rowCount, orderCount, returnCount, missingIdCount, missingTimeCount, afterAsOfCount, unmatchedReturnCount } = summary.report;
    expect(orderCount + returnCount + missingIdCount + missingTimeCount + afterAsOfCount + unmatchedReturnCount).toBe(rowCount);
  });

  test("the order of the rows changes nothing, and the table stays as it is", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...rows], { minLength: rows.length }), (shuffled) => {
        const table = tableOf(shuffled);
        const before = structuredClone([...table.columns]);
        expect(summarizeTransactions(table, { asOf, timeZone })).toEqual(summary);
        expect([...table.columns]).toEqual(before);
      }),
      { numRuns: 10 },
    );
  });

  test("a negative amount is refused on demand, with its row", () => {
    const row = rows.findIndex(([, , amount]) => typeof amount === "number" && amount < 0);
    expectRefusal(() => summarizeTransactions(tableOf(rows), { asOf, returns: "error" }), "invalidInput", `row ${row}`, '"amount"');
  });
});

describe("definitions", () => {
  const at = (text: string): Date => new Date(text);

  test("orders of one local day are one purchase", () => {
    const orders = tableFromColumns({
      customerId: ["a", "a"],
      timestamp: [at("2026-06-01T21:00:00Z"), at("2026-06-01T23:00:00Z")],
      amount: [10, 20],
    });
    const utc = summarizeTransactions(orders, { asOf: "2026-06-30" });
    expect(customerOf(utc, 0)).toEqual({ orderCount: 2, frequency: 0, recency: 0, age: 29, daysSinceLast: 29, meanValue: null, meanValueAll: 30, totalValue: 30 });
    const berlin = summarizeTransactions(orders, { asOf: "2026-06-30", timeZone: "Europe/Berlin" });
    expect(customerOf(berlin, 0)).toEqual({ orderCount: 2, frequency: 1, recency: 1, age: 29, daysSinceLast: 28, meanValue: 20, meanValueAll: 15, totalValue: 30 });
  });

  test("a date counts its whole day, a time counts itself and nothing later", () => {
    const orders = tableFromColumns({
      customerId: ["a", "a", "a"],
      timestamp: [at("2026-06-01T00:00:00Z"), at("2026-06-02T12:00:00Z"), at("2026-06-03T00:00:00Z")],
      amount: [1, 1, 1],
    });
    const countUntil = (asOf: string | number): number => summarizeTransactions(orders, { asOf }).report.orderCount;
    expect(countUntil("2026-06-02")).toBe(2);
    expect(countUntil("2026-06-02T12:00:00Z")).toBe(2);
    expect(countUntil("2026-06-02T11:59:59.999Z")).toBe(1);
    expect(countUntil(Date.UTC(2026, 5, 3))).toBe(3);
    expect(summarizeTransactions(orders, { asOf: "2026-05-31" })).toMatchObject({ customerCount: 0, id: [], report: { afterAsOfCount: 3, customersWithoutOrders: 1 } });
  });

  test("days are calendar days across the change of clocks", () => {
    const orders = tableFromColumns({ customerId: ["a", "a"], timestamp: [at("2026-03-28T23:30:00+01:00"), at("2026-03-30T00:30:00+02:00")], amount: [1, 1] });
    const summary = summarizeTransactions(orders, { asOf: "2026-04-06", timeZone: "Europe/Berlin", unit: "week" });
    expect([summary.recency[0], summary.age[0], summary.daysSinceLast[0]]).toEqual([2 / 7, 9 / 7, 7]);
  });

  test("a return lowers the purchase day before it, and is no purchase", () => {
    const orders = tableFromColumns({
      customerId: ["a", "a", "a", "a", "b"],
      timestamp: [at("2026-01-01"), at("2026-01-05"), at("2026-01-20"), at("2026-01-20"), at("2026-01-03")],
      amount: [100, -30, -20, 50, -5],
    });
    const summary = summarizeTransactions(orders, { asOf: "2026-01-31" });
    expect(summary.id).toEqual(["a"]);
    expect(customerOf(summary, 0)).toEqual({ orderCount: 2, frequency: 1, recency: 19, age: 30, daysSinceLast: 11, meanValue: 30, meanValueAll: 50, totalValue: 100 });
    expect(summary.report).toMatchObject({ returnCount: 2, unmatchedReturnCount: 1, customersWithoutOrders: 1 });
  });

  test("an order of amount 0 is an order; one without an amount is one, too, and makes the sum missing", () => {
    const orders = tableFromColumns({ customerId: ["a", "a", "b"], timestamp: [at("2026-01-01"), at("2026-01-02"), at("2026-01-01")], amount: [null, 7, 0] });
    const summary = summarizeTransactions(orders, { asOf: "2026-01-02" });
    expect(customerOf(summary, 0)).toEqual({ orderCount: 2, frequency: 1, recency: 1, age: 1, daysSinceLast: 0, meanValue: 7, meanValueAll: null, totalValue: null });
    expect(customerOf(summary, 1)).toMatchObject({ orderCount: 1, totalValue: 0, meanValue: null });
    expect(summary.report.missingValueCount).toBe(1);
  });

  test("one odd amount does not spoil the exact sums of other customers", () => {
    const amounts = [1 / 3, 0.1, 0.2, 0.3, 0.4, 0.7];
    const orders = tableFromColumns({ customerId: ["a", "b", "b", "b", "b", "b"], timestamp: amounts.map(() => at("2026-01-01")), amount: amounts });
    expect([...summarizeTransactions(orders, { asOf: "2026-01-01" }).totalValue]).toEqual([1 / 3, 1.7]);
  });

  test.each([
    ["cents", [0.1, 0.2, 0.3, 0.4, 0.7], 1.7],
    ["thousandths", [0.001, 0.002, 1.1], 1.103],
    ["four decimals", [0.0001, 0.0001, 0.0001], 0.0003],
    ["whole units", [1e15, 1, -1e15], 1],
  ])("sums of %s are exact", (_, amounts, total) => {
    const orders = tableFromColumns({ customerId: amounts.map(() => "a"), timestamp: amounts.map(() => at("2026-01-01")), amount: amounts });
    expect(summarizeTransactions(orders, { asOf: "2026-01-01" }).totalValue[0]).toBe(total);
  });

  test("sums of other amounts do not depend on the order of the rows", () => {
    const amount = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const sum = (values: readonly number[]): number =>
          summarizeTransactions(tableFromColumns({ customerId: values.map(() => "a"), timestamp: values.map(() => at("2026-01-01")), amount: values }), { asOf: "2026-01-01" }).totalValue[0]!;
        expect(sum(amounts)).toBe(sum([...amounts].reverse()));
        expect(Math.abs(sum(amounts) - amounts.reduce((total, value) => total + value, 0))).toBeLessThanOrEqual(1e-14 * sum(amounts));
      }),
    );
  });

  test("numbers are ids, too, sorted as numbers", () => {
    const orders = tableFromColumns({ kunde: [10, 9, null, 10], am: [at("2026-01-01"), at("2026-01-02"), at("2026-01-02"), at("2026-01-03")] });
    const summary = summarizeTransactions(orders, { asOf: "2026-01-03", id: "kunde", time: "am", value: null });
    expect(summary.id).toEqual([9, 10]);
    expect([...summary.frequency]).toEqual([0, 1]);
    expect([...summary.totalValue]).toEqual([NaN, NaN]);
    expect(summary.report).toMatchObject({ missingIdCount: 1, missingValueCount: 0 });
    expect(tableFromPurchaseSummary(summary).columns.get("id")).toEqual({ type: "number", values: new Float64Array([9, 10]) });
  });

  test("as a table: one row for each customer, with units", () => {
    const orders = tableFromColumns({ customerId: ["b", "a"], timestamp: [at("2026-01-01"), at("2026-01-08")], amount: [5, 6] });
    const priced = { ...orders, columns: new Map([...orders.columns].map(([name, column]) => [name, column.type === "number" ? { ...column, unit: "EUR" } : column])) };
    const table = tableFromPurchaseSummary(summarizeTransactions(priced, { asOf: "2026-01-15", unit: "week" }));
    expect(recordsFromTable(table)).toEqual([
      { id: "a", orderCount: 1, frequency: 0, recency: 0, age: 1, daysSinceLast: 7, meanValue: null, meanValueAll: 6, totalValue: 6 },
      { id: "b", orderCount: 1, frequency: 0, recency: 0, age: 2, daysSinceLast: 14, meanValue: null, meanValueAll: 5, totalValue: 5 },
    ]);
    expect(table.rowIds).toEqual(["a", "b"]);
    expect(table.columns.get("age")).toMatchObject({ unit: "weeks" });
    expect(table.columns.get("totalValue")).toMatchObject({ unit: "EUR" });
  });
});

describe("a log that is looked at on many days", () => {
  const FIRST_DAY = parseDay("2026-03-20")!;
  const COLUMNS_OF_LOG = { id: "customerId", time: "timestamp", value: "amount" };

  interface Row {
    readonly customer: string | null;
    readonly hour: number | null;
    readonly amount: number | null;
  }
  const row = fc.record<Row>({
    customer: fc.option(fc.constantFrom("a", "b", "c"), { freq: 9 }),
    hour: fc.option(fc.integer({ min: 0, max: 24 * 15 }), { freq: 9 }),
    amount: fc.option(fc.oneof(fc.integer({ min: -5, max: 20 }), fc.integer({ min: -900, max: 2000 }).map((cents) => cents / 100), fc.double({ min: -5, max: 20, noNaN: true }))),
  });
  const tableOf = (rows: readonly Row[]): Table =>
    tableFromColumns(
      {
        customerId: rows.map(({ customer }) => customer),
        timestamp: rows.map(({ hour }) => (hour === null ? null : FIRST_DAY * 86_400_000 + hour * 3_600_000)),
        amount: rows.map(({ amount }) => amount),
      },
      { types: { customerId: "category", timestamp: "timestamp", amount: "number" } },
    );

  test.each(["UTC", "Europe/Berlin"])("each look says to the bit what a summary of that day says, returns and all: %s", (timeZone) => {
    const days = [-1, 0, 2, 3, 7, 9, 9, 16].map((day) => FIRST_DAY + day);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const table = tableOf(rows);
        const log = prepareLog("test", table, { ...COLUMNS_OF_LOG, timeZone });
        const cumulated = cumulateAt(log, log.ids, days);
        days.forEach((day, i) => {
          const summary = summarizeTransactions(table, { asOf: dayText(day), timeZone });
          expect(summarizeLogAt(log, endOfDay(day))).toEqual(summary);
          const positions = log.ids.map((id) => summary.id.indexOf(id));
          expect(cumulated[i]).toEqual({
            day,
            frequency: Float64Array.from(positions, (position) => (position < 0 ? 0 : summary.frequency[position]!)),
            totalValue: Float64Array.from(positions, (position) => (position < 0 ? 0 : summary.totalValue[position]!)),
          });
        });
        const moment = (FIRST_DAY + 4) * 86_400_000 + 5 * 3_600_000;
        expect(summarizeLogAt(log, readAsOf("test", moment, log.dayOf), "week")).toEqual(summarizeTransactions(table, { asOf: moment, timeZone, unit: "week" }));
      }),
      { numRuns: 60 },
    );
  });

  test("what comes after asOf changes nothing but its count", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const earlier = rows.filter(({ customer, hour }) => customer !== null && hour !== null && hour < 5 * 24);
        const asOf = dayText(FIRST_DAY + 4);
        const { report: whole, ...ofAll } = summarizeTransactions(tableOf(rows), { asOf });
        const { report: part, ...ofEarlier } = summarizeTransactions(tableOf(earlier), { asOf });
        expect(ofAll).toEqual(ofEarlier);
        expect([whole.orderCount, whole.returnCount, whole.unmatchedReturnCount, whole.missingValueCount]).toEqual([part.orderCount, part.returnCount, part.unmatchedReturnCount, part.missingValueCount]);
        expect(part.afterAsOfCount).toBe(0);
      }),
    );
  });

  test("customers come in the order asked for", () => {
    const table = tableOf([{ customer: "a", hour: 1, amount: 5 }, { customer: "b", hour: 2, amount: 7 }, { customer: "b", hour: 50, amount: -2 }]);
    const log = prepareLog("test", table, { ...COLUMNS_OF_LOG, timeZone: "UTC" });
    const [first, second] = cumulateAt(log, ["b", "a"], [FIRST_DAY, FIRST_DAY + 2]);
    expect([...first!.totalValue, ...second!.totalValue]).toEqual([7, 5, 5, 5]);
  });

  test("days from the year 1 to today, in any order", () => {
    const dates = ["2026-01-05", "0001-01-01", "1700-06-01", "2026-01-04", "0001-01-01", "1969-12-31"];
    const table = tableFromColumns({ customerId: dates.map(() => 7), timestamp: dates.map((date) => new Date(date)), amount: [1, 2, 4, 8, 16, 32] });
    const summary = summarizeTransactions(table, { asOf: "2026-01-05", gaps: true });
    const daysBetween = (from: string, to: string): number => parseDay(to)! - parseDay(from)!;
    expect([summary.frequency[0], summary.recency[0], summary.age[0]]).toEqual([4, daysBetween("0001-01-01", "2026-01-05"), daysBetween("0001-01-01", "2026-01-05")]);
    expect([summary.meanValue[0], summary.totalValue[0]]).toEqual([45 / 4, 63]);
    expect([...summary.gaps!.all.gap]).toEqual([1, daysBetween("1969-12-31", "2026-01-04"), daysBetween("1700-06-01", "1969-12-31"), daysBetween("0001-01-01", "1700-06-01")].sort((a, b) => a - b));
  });

  test("in slices, with the same result", async () => {
    const table = tableFromColumns({
      customerId: Array.from({ length: 120_000 }, (_, i) => (i * 7919) % 5003),
      timestamp: Array.from({ length: 120_000 }, (_, i) => new Date((FIRST_DAY + ((i * 31) % 700)) * 86_400_000)),
      amount: Array.from({ length: 120_000 }, (_, i) => (i % 50) / 4 - 1),
    });
    const phases = new Map<string, number>();
    const summary = await runCooperatively(summarizeTransactionsSteps(table, { asOf: "2027-06-30" }), {
      onProgress: ({ phase, done, total }) => {
        expect(done).toBeLessThanOrEqual(total);
        phases.set(phase, (phases.get(phase) ?? 0) + 1);
      },
    });
    expect(summary).toEqual(summarizeTransactions(table, { asOf: "2027-06-30" }));
    for (const phase of ["finding ids", "finding customers", "numbering customers", "checking times", "reading transactions", "sorting transactions", "summarizing customers"]) {
      expect(phases.get(phase), phase).toBeGreaterThan(1);
    }
  });
});

describe("refusals", () => {
  const orders = tableFromColumns({ customerId: ["a"], timestamp: [new Date(0)], amount: [1] });

  test("options", () => {
    // @ts-expect-error without the required asOf
    expectRefusal(() => summarizeTransactions(orders, {}), "invalidOption", "asOf is required");
    expectRefusal(() => summarizeTransactions(orders, { asOf: "2026-11-01T00:00" }), "invalidOption", "asOf");
    expectRefusal(() => summarizeTransactions(orders, { asOf: "2026-11-01", timeZone: "Berlin" }), "invalidOption", "timeZone");
    // @ts-expect-error a unit that is none
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, unit: "hour" }), "invalidOption", "unit");
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, period: "week", unit: "day" }), "invalidOption", "unit must be no shorter than the period (week)");
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, period: "month", unit: "week" }), "invalidOption", "unit must be no shorter than the period (month)");
    // @ts-expect-error a misspelling
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, timezone: "UTC" }), "unknownOption", '"timeZone"');
    // @ts-expect-error a number for a name
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, value: 3 }), "invalidOption", "value");
  });

  test("columns", () => {
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, value: "amonut" }), "unknownColumn", '"amount"');
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, time: "amount" }), "invalidInput", "timestamp");
    expectRefusal(() => summarizeTransactions(orders, { asOf: 0, id: "timestamp" }), "invalidInput", "ids");
    const infinite = { ...orders, columns: new Map([...orders.columns, ["amount", { type: "number", values: new Float64Array([Infinity]) }]] as const) };
    expectRefusal(() => summarizeTransactions(infinite, { asOf: 0 }), "nonFinite", "row 0", '"amount"');
    const beyond = { ...orders, columns: new Map([...orders.columns, ["timestamp", { type: "timestamp", values: new Float64Array([1e18]) }]] as const) };
    expectRefusal(() => summarizeTransactions(beyond, { asOf: 0 }), "invalidInput", "row 0", '"timestamp"');
  });
});
