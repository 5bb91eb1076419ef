import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../src/data";
import { splitTransactions, summarizeTransactions } from "../../src/features";
import expected from "../reference/transactions/lifetimes.json";

const rows = readFileSync(new URL("../../examples/data/cdnow-sample.txt", import.meta.url), "utf8").trim().split("\n").map((line) => line.trim().split(/\s+/));
const log = tableFromColumns({
  customerId: rows.map((row) => row[1]),
  timestamp: rows.map((row) => new Date(row[2]!.replace(/(....)(..)(..)/, "$1-$2-$3"))),
  amount: rows.map((row) => Number(row[4])),
});

/** Columns beside those of lifetimes, which writes 0 where a mean is missing. */
function expectSame(id: readonly (string | number)[], columns: Readonly<Record<string, Float64Array>>, reference: { readonly customers: number; readonly sums: object; readonly rows: object }): void {
  expect(id.length).toBe(reference.customers);
  for (const [name, sum] of Object.entries(reference.sums)) {
    const found = columns[name]!.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
    expect(Math.abs(found - Number(sum)), name).toBeLessThanOrEqual(1e-10 * Number(sum));
  }
  const chosen = Object.entries(reference.rows);
  expect(chosen.length).toBeGreaterThan(100);
  for (const [customer, row] of chosen) {
    const at = id.indexOf(customer);
    for (const [name, value] of Object.entries(row as Record<string, number>)) {
      const found = columns[name]![at]!;
      expect(Math.abs((Number.isNaN(found) ? 0 : found) - value), `${customer} ${name}`).toBeLessThanOrEqual(1e-12 * Math.abs(value));
    }
  }
}

describe("lifetimes, on the CDNOW sample", () => {
  test.each([
    ["days", { asOf: "1998-06-30" }, expected.days],
    ["weeks", { asOf: "1998-06-28", period: "week" }, expected.weeks],
  ] as const)("summary_data_from_transaction_data by %s", (_, options, reference) => {
    const { id, frequency, recency, age, meanValue } = summarizeTransactions(log, options);
    expectSame(id, { frequency, recency, T: age, monetary_value: meanValue }, reference);
  });

  test("calibration_and_holdout_data", () => {
    const { calibration, holdout } = splitTransactions(log, { calibrationEnd: "1997-09-30", asOf: "1998-06-30" });
    const { frequency, recency, age, meanValue } = calibration;
    expectSame(
      calibration.id,
      {
        frequency_cal: frequency,
        recency_cal: recency,
        T_cal: age,
        monetary_value_cal: meanValue,
        frequency_holdout: holdout.frequency,
        duration_holdout: holdout.frequency.map(() => holdout.duration),
        mean_by_day_holdout: holdout.meanValue,
        total_holdout: holdout.totalValue,
      },
      expected.split,
    );
    expect(holdout.newCustomerCount).toBe(0);
  });
});
