import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSnapshot, type BuildSnapshotOptions } from "../../../src/churn/labels/snapshot";
import { labelChurn } from "../../../src/churn/labels/label";
import { featureMatrixFromColumns, tableFromColumns, type Table } from "clientele/data";
import { summarizeTransactions, tableFromPurchaseSummary } from "clientele/features";
import { readCdnowTransactions } from "../../../examples/read-data";
import { expectRefusal } from "../../support/errors";

interface Row {
  readonly id: string | number;
  readonly time: string | number;
  readonly amount?: number;
  readonly order?: string;
}

function log(rows: readonly Row[]): Table {
  return tableFromColumns({
    customerId: rows.map(({ id }) => id),
    timestamp: rows.map(({ time }) => new Date(time)),
    amount: rows.map(({ amount }) => amount ?? 10),
    order: rows.map(({ order }, i) => order ?? `o${i}`),
  });
}

const cdnow = readCdnowTransactions();
const orders = tableFromColumns({ customerId: cdnow.map(({ customerId }) => customerId), timestamp: cdnow.map(({ timestamp }) => timestamp), amount: cdnow.map(({ amount }) => amount) });

describe("a snapshot of the CD shop", () => {
  const cutoffs = ["1997-09-30", "1998-01-01"];
  const snapshot = buildSnapshot(orders, { cutoff: cutoffs, gap: 7, horizon: 90, unit: "week", gaps: true });

  it("has the features of summaries that end before the cutoff, and the labels of labelChurn", () => {
    expect(snapshot.labels).toEqual(labelChurn(orders, { cutoff: cutoffs, gap: 7, horizon: 90 }).labels);
    cutoffs.forEach((cutoff, position) => {
      const whole = tableFromPurchaseSummary(summarizeTransactions(orders, { asOf: cutoff, interval: "open", unit: "week", gaps: true }));
      const rows = [...snapshot.snapshot.keys()].filter((row) => snapshot.snapshot[row] === position);
      expect(rows.map((row) => snapshot.id[row])).toEqual([...(whole.rowIds as string[])]);
      for (const [name, column] of snapshot.table.columns) {
        const expected = whole.columns.get(name)!;
        if (column.type !== "number" || expected.type !== "number") throw new Error(name);
        expect(rows.map((row) => column.values[row])).toEqual([...expected.values]);
      }
    });
  });

  it("has ids neither among the features nor lost", () => {
    expect([...snapshot.table.columns.keys()]).not.toContain("id");
    expect(snapshot.table.rowIds[0]).toBe(`${snapshot.id[0]!}@1997-09-30`);
    expect(new Set(snapshot.table.rowIds as string[]).size).toBe(snapshot.rowCount);
    expect(buildSnapshot(orders, { cutoff: "1997-09-30", horizon: 90 }).table.rowIds).toEqual(snapshot.id.slice(0, snapshot.snapshots[0]!.customerCount));
  });

  it("without a horizon has the same features, and no labels", () => {
    const today = buildSnapshot(orders, { cutoff: "1998-07-01" });
    expect(today.labels).toBeUndefined();
    expect(today.snapshots[0]).toMatchObject({ windowAfter: null, windowUntil: null, churnedCount: null });
    const labelled = buildSnapshot(orders, { cutoff: "1998-07-01", horizon: 30, observedUntil: "1998-12-31" });
    expect(today.table).toEqual(labelled.table);
  });
});

describe("events at the cutoff or later", () => {
  const row = fc.record({ id: fc.integer({ min: 1, max: 4 }), hour: fc.integer({ min: 0, max: 24 * 60 }), amount: fc.oneof(fc.integer({ min: -500, max: 2000 }).map((cents) => cents / 100), fc.double({ min: 0, max: 1e4, noNaN: true })), order: fc.constantFrom("a", "b", "c", "d") });
  const start = Date.parse("2026-01-01T00:00:00Z");
  const cutoffHour = 24 * 30;
  const toRows = (rows: readonly { id: number; hour: number; amount: number; order: string }[]): Row[] => rows.map(({ id, hour, amount, order }) => ({ id, time: start + hour * 3_600_000, amount, order }));

  it("never change a feature, to the bit, whatever they are", () => {
    const settings = fc.record({ order: fc.constantFrom(undefined, "order"), gaps: fc.boolean(), returns: fc.constantFrom("net", "separate", "ignore"), period: fc.constantFrom("day", "week"), isDate: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), fc.array(row, { maxLength: 30 }), settings, (before, after, { isDate, ...options }) => {
        const cutoff = isDate ? "2026-01-31" : start + cutoffHour * 3_600_000;
        const known = toRows([{ id: 1, hour: 1, amount: 5, order: "z" }, ...before.map((each) => ({ ...each, hour: each.hour % cutoffHour }))]);
        const later = toRows(after.map((each) => ({ ...each, hour: cutoffHour + each.hour })));
        const task = { cutoff, ...options } as BuildSnapshotOptions;
        const without = buildSnapshot(log(known), task);
        const withLater = buildSnapshot(log([...later, ...known]), task);
        expect(withLater.id).toEqual(without.id);
        expect([...withLater.table.columns]).toEqual([...without.table.columns]);
      }),
      { numRuns: 300 },
    );
  });

  it("are not shown to features of one's own, which come in the order of the customers", () => {
    const seen: number[] = [];
    const table = log([{ id: "b", time: "2026-02-01" }, { id: "a", time: "2026-01-01" }, { id: "a", time: "2026-03-01" }, { id: "a", time: "2026-04-01" }, { id: "c", time: "2026-01-05" }]);
    const { id, table: features } = buildSnapshot(table, {
      cutoff: "2026-03-01",
      horizon: 31,
      features: (past, cutoff) => {
        const times = past.columns.get("timestamp");
        if (times?.type === "timestamp") seen.push(...times.values);
        expect(cutoff).toBe("2026-03-01");
        return tableFromColumns({ plan: ["pro", "free"], orders: [1, 2], vip: [true, false] }, { rowIds: ["b", "a"] });
      },
    });
    expect(seen.length).toBe(3);
    expect(Math.max(...seen)).toBeLessThan(Date.parse("2026-03-01"));
    expect(id).toEqual(["a", "b", "c"]);
    const plan = features.columns.get("plan");
    expect(plan?.type === "category" ? [...plan.codes].map((code) => plan.categories[code] ?? null) : []).toEqual(["free", "pro", null]);
    const vip = features.columns.get("vip");
    expect(vip?.type === "boolean" ? [...vip.values] : []).toEqual([0, 1, 255]);
  });
});

describe("a purchase in the window", () => {
  const first = { id: "a", time: "2026-01-01" };
  const end = { id: "z", time: "2026-12-31" };
  const labelOf = (rows: readonly Row[], options: Partial<BuildSnapshotOptions> = {}): number | undefined => buildSnapshot(log([first, ...rows, end]), { cutoff: "2026-03-01", horizon: 60, ...options }).labels?.[0];

  it("keeps a customer; a return, a sample where such are ignored, and the rest of an earlier order do not", () => {
    expect(labelOf([{ id: "a", time: "2026-03-20" }])).toBe(0);
    expect(labelOf([{ id: "a", time: "2026-03-20", amount: -10 }])).toBe(1);
    expect(labelOf([{ id: "a", time: "2026-03-20", amount: 0 }])).toBe(0);
    expect(labelOf([{ id: "a", time: "2026-03-20", amount: 0 }], { zeroOrders: "ignore" })).toBe(1);
    expect(labelOf([{ id: "a", time: "2026-02-20", order: "x" }, { id: "a", time: "2026-03-20", order: "x" }])).toBe(0);
    expect(labelOf([{ id: "a", time: "2026-02-20", order: "x" }, { id: "a", time: "2026-03-20", order: "x" }], { order: "order" })).toBe(1);
    expect(labelOf([{ id: "a", time: "2026-03-20", order: "C1" }], { cancelled: { column: "order", startsWith: "C" } })).toBe(1);
  });
});

describe("features of several cutoffs", () => {
  const table = log([{ id: "a", time: "2026-01-01" }, { id: "b", time: "2026-02-15" }, { id: "c", time: "2026-12-31" }]);
  it("share one dictionary of texts", () => {
    const planTable = ([plan, rowIds]: readonly [readonly string[], readonly string[]]): Table => tableFromColumns({ plan }, { rowIds });
    const plans = { "2026-02-01": [["free"], ["a"]], "2026-03-01": [["pro", "free"], ["b", "a"]] } as const;
    const { table: features, id } = buildSnapshot(table, { cutoff: ["2026-02-01", "2026-03-01"], features: (_, cutoff) => planTable(plans[cutoff as keyof typeof plans]) });
    const plan = features.columns.get("plan");
    expect(id).toEqual(["a", "a", "b"]);
    expect(plan?.type === "category" ? [...plan.codes].map((code) => plan.categories[code]) : []).toEqual(["free", "free", "pro"]);
  });

  it("must be the same columns", () => {
    const features = (_: Table, cutoff: string | number): Table => tableFromColumns(cutoff === "2026-02-01" ? { x: [1] } : { y: [1] }, { rowIds: ["a"] });
    expectRefusal(() => buildSnapshot(table, { cutoff: ["2026-02-01", "2026-03-01"], features }), "invalidInput", "same columns");
    // @ts-expect-error a matrix is no table
    expectRefusal(() => buildSnapshot(table, { cutoff: "2026-02-01", features: () => featureMatrixFromColumns({ x: [1] }) }), "invalidInput", "Table");
  });
});
