import { describe, expect, test } from "vitest";
import { bgBbFromSpec, bgNbdFromSpec, computeAlivePath, computeFrequencyRecency, mbgNbdFromSpec } from "clientele/clv";
import { tableFromColumns, tableFromRecords } from "clientele/data";
import { summarizeTransactions } from "clientele/features";
import { readCdnowTransactions } from "../../../examples/read-data";
import { lastDayOf } from "../../../src/clv/charts/period-days";
import { periodOf } from "../../../src/features/transactions/periods";
import { expectRefusal } from "../../support/errors";

const SAVED = { version: 1, logLikelihood: -1, status: "converged", unidentified: [], customerCount: 100, penalty: 0, iterations: 9, gradientNorm: 0, covariance: [1, 0, 0, 0, 1, 0, 0, 1, 0, 1] };
const bgNbd = bgNbdFromSpec({ ...SAVED, kind: "bgNbd", parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } });
const mbgNbd = mbgNbdFromSpec({ ...SAVED, kind: "mbgNbd", parameters: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 } });

describe("frequency and recency", () => {
  const matrix = computeFrequencyRecency(bgNbd, { age: 38.86, horizon: 39, maxFrequency: 26, recencySteps: 10 });
  const width = matrix.frequency.length;

  test("the axes", () => {
    expect([...matrix.frequency]).toEqual(Array.from({ length: 27 }, (_, x) => x));
    expect(matrix.recency.length).toBe(11);
    expect([matrix.recency[0], matrix.recency[10]]).toEqual([0, 38.86]);
    expect([matrix.alive.length, matrix.purchases.length]).toEqual([11 * 27, 11 * 27]);
  });

  test("each cell is what the model says of the history", () => {
    for (const [i, j] of [[0, 0], [0, 3], [5, 1], [10, 26], [7, 12]] as const) {
      const history = { frequency: [j], recency: [j === 0 ? 0 : matrix.recency[i]!], age: [38.86] };
      expect(matrix.alive[i * width + j]).toBe(bgNbd.predictAlive(history)[0]);
      expect(matrix.purchases[i * width + j]).toBe(bgNbd.predictPurchases(history, 39)[0]);
    }
  });

  test("without a repeat purchase there is no recency but 0", () => {
    const first = matrix.recency.map((_, i) => matrix.alive[i * width]!);
    expect([...first]).toEqual([1, ...new Array<number>(10).fill(NaN)]);
    expect(matrix.purchases[width]).toBeNaN();
    expect(matrix.alive.filter(Number.isNaN).length).toBe(10);
  });

  test("in discrete time, recency goes by opportunities, at each of which there is one purchase at most", () => {
    const bgBb = bgBbFromSpec({ ...SAVED, kind: "bgBb", parameters: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.784 } });
    const { recency, alive, purchases } = computeFrequencyRecency(bgBb, { age: 6, horizon: 5, maxFrequency: 6, time: "discrete" });
    expect([...recency]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (let tx = 0; tx <= 6; tx++) {
      for (let x = 0; x <= 6; x++) {
        const isPossible = x === 0 ? tx === 0 : x <= tx;
        const history = { frequency: [x], recency: [tx], age: [6] };
        expect(alive[7 * tx + x]).toBe(isPossible ? bgBb.predictAlive(history)[0] : NaN);
        expect(purchases[7 * tx + x]).toBe(isPossible ? bgBb.predictPurchases(history, 5)[0] : NaN);
      }
    }
  });

  test.each([
    [{ age: 0 }, "age must be a number above 0"],
    [{ horizon: Infinity }, "horizon must be a number above 0"],
    [{ maxFrequency: 1.5 }, "maxFrequency must be an integer"],
  ])("%j is refused", (options, message) => {
    expectRefusal(() => computeFrequencyRecency(bgNbd, { age: 10, horizon: 10, ...options }), "invalidOption", message);
  });
});

describe("P(alive) over time", () => {
  const cdnow = tableFromRecords(readCdnowTransactions());
  const options = { customer: "1516", asOf: "1998-06-30", unit: "week" } as const;
  const path = computeAlivePath(cdnow, mbgNbd, options);

  test.each(["1997-03-01", "1997-05-01", "1997-09-30", "1998-03-08", "1998-06-30"])("on %s it is what a summary of that day leads to", (asOf) => {
    const summary = summarizeTransactions(cdnow, { asOf, unit: "week" });
    const at = summary.id.indexOf("1516");
    const k = path.day.indexOf(asOf);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(path.frequency[k]).toBe(summary.frequency[at]);
    expect(path.age[k]).toBe(summary.age[at]);
    expect(path.alive[k]).toBe(mbgNbd.predictAlive(summary)[at]);
  });

  test("it ends with asOf, and rises on days with a purchase only", () => {
    expect(path.day.at(-1)).toBe("1998-06-30");
    for (let k = 1; k < path.alive.length; k++) expect(path.alive[k]! > path.alive[k - 1]!, path.day[k]).toBe(path.frequency[k]! > path.frequency[k - 1]!);
  });

  test("by months, and for numbers as ids", () => {
    const days = ["2026-01-31", "2026-02-02", "2026-02-20", "2026-05-01"];
    const log = tableFromColumns({ customerId: [7, 7, 7, 7, 8], timestamp: [...days, "2026-01-01"].map((day) => new Date(day)), amount: [1, 2, 3, 4, 5] });
    const months = computeAlivePath(log, mbgNbd, { customer: 7, asOf: "2026-06-15", period: "month", unit: "month" });
    expect(months.day).toEqual(["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"]);
    expect([...months.frequency]).toEqual([0, 1, 1, 1, 2, 2]);
    expect([...months.age]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("a customer without a purchase by then is refused, and not named", () => {
    for (const options of [{ customer: "no such one", asOf: "1998-06-30" }, { customer: "1516", asOf: "1996-12-31" }]) {
      const { message } = expectRefusal(() => computeAlivePath(cdnow, mbgNbd, options), "invalidOption", "customer must be the id of a customer with a purchase by asOf");
      expect(message).not.toContain(options.customer);
    }
  });

  test("a unit shorter than the period is refused", () => {
    expectRefusal(() => computeAlivePath(cdnow, mbgNbd, { ...options, period: "month" }), "invalidOption", "unit must be no shorter than the period");
  });
});

test.each(["day", "week", "month"] as const)("the last day of a %s is the last that belongs to it", (period) => {
  for (let number = -40; number < 700; number++) {
    const day = lastDayOf(number, period);
    expect(periodOf(day, period)).toBe(number);
    expect(periodOf(day + 1, period)).toBe(number + 1);
  }
});
