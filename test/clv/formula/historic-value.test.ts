import { describe, expect, test } from "vitest";
import { computeHistoricValue } from "clientele/clv";
import { tableFromRecords } from "clientele/data";
import { summarizeTransactions } from "clientele/features";
import { readCdnowTransactions } from "../../../examples/read-data";
import { expectRefusal } from "../../support/errors";

const day = (text: string) => new Date(`2026-${text}`);
const transactions = tableFromRecords([
  { customerId: "a", timestamp: day("01-05"), amount: 100 },
  { customerId: "a", timestamp: day("02-05"), amount: 60.1 },
  { customerId: "a", timestamp: day("02-09"), amount: -30.2 },
  { customerId: "b", timestamp: day("02-10"), amount: 40 },
  { customerId: "b", timestamp: day("02-11"), amount: -40 },
  { customerId: "c", timestamp: day("03-01"), amount: 12 },
  { customerId: "c", timestamp: day("04-01"), amount: 500 },
]);
const options = { asOf: "2026-03-31", customers: ["a", "b", "c", "prospect"] } as const;

describe.each(["net", "separate"] as const)('returns: "%s"', (returns) => {
  const summary = summarizeTransactions(transactions, { ...options, returns });
  const value = computeHistoricValue(summary, { margin: 0.5, acquisitionCost: [10, 5, 0, 3] });

  test("what came in, what went back, and what it was worth", () => {
    expect(value.id).toEqual(["a", "b", "c", "prospect"]);
    expect(Array.from(value.grossRevenue, (gross) => Number(gross.toFixed(10)))).toEqual([160.1, 40, 12, 0]);
    expect(Array.from(value.returned, (back) => Number(back.toFixed(10)))).toEqual([30.2, 40, 0, 0]);
    expect(Array.from(value.netRevenue, (net) => Number(net.toFixed(10)))).toEqual([129.9, 0, 12, 0]);
    expect(Array.from(value.value, (worth) => Number(worth.toFixed(10)))).toEqual([54.95, -5, 6, -3]);
    expect(value.asOf).toBe("2026-03-31");
  });
});

test("CDNOW: the sum is that of the log", () => {
  const log = readCdnowTransactions();
  const value = computeHistoricValue(summarizeTransactions(tableFromRecords(log), { asOf: "1998-06-30" }));
  const total = log.reduce((sum, { amount }) => sum + amount, 0);
  expect(value.customerCount).toBe(2357);
  expect(value.value.reduce((sum, worth) => sum + worth, 0)).toBeCloseTo(total, 6);
});

test("an order without an amount makes the value missing, not 0; so does a cost that is not known", () => {
  const some = tableFromRecords([{ customerId: "a", timestamp: day("01-05"), amount: null }, { customerId: "b", timestamp: day("01-05"), amount: 1 }, { customerId: "c", timestamp: day("01-05"), amount: 2 }]);
  const { value } = computeHistoricValue(summarizeTransactions(some, options), { acquisitionCost: [0, 0, NaN, 0] });
  expect([...value]).toEqual([NaN, 1, NaN, 0]);
});

test("what is refused", () => {
  const summary = summarizeTransactions(transactions, options);
  expectRefusal(() => computeHistoricValue(summarizeTransactions(transactions, { ...options, returns: "ignore" })), "unsupported", "does not know what was refunded");
  expectRefusal(() => computeHistoricValue(summary, { acquisitionCost: [1] }), "lengthMismatch", "acquisitionCost");
  expectRefusal(() => computeHistoricValue(summary, { acquisitionCost: [1, 2, -1, 1] }), "invalidOption", "acquisitionCost[2]");
  expectRefusal(() => computeHistoricValue(summary, { margin: Infinity }), "invalidOption", "margin must be a number");
});
