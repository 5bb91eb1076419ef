import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterRows, recordsFromTable, tableFromColumns, type Table } from "../../src/data";
import { summarizeInteractions, summarizeInteractionsSteps, tableFromInteractionSummary, type InteractionColumns, type SummarizeInteractionsOptions } from "../../src/features";
import { runCooperatively } from "../../src/steps";
import expected from "../reference/transactions/interactions.json";
import { expectRefusal } from "../support/errors";

const NAMES = ["count", "daysSinceLast", "recentCount", "earlierCount", "trend"] as const;

function tableOf(rows: readonly (readonly (string | number | null)[])[]): Table {
  const [customerId, timestamp, kind, channel] = [0, 1, 2, 3].map((field) => rows.map((row) => row[field]));
  return tableFromColumns({ customerId: customerId!, timestamp: timestamp!, kind: kind!, channel: channel! }, { types: { customerId: "category", timestamp: "timestamp", kind: "category", channel: "category" } });
}

const log = tableOf(expected.rows);

function expectColumns(found: InteractionColumns, reference: Readonly<Record<string, readonly (number | null)[]>>): void {
  for (const name of NAMES) expect(Array.from(found[name], (value) => (Number.isNaN(value) ? null : value)), name).toEqual(reference[name]);
}

describe.each(expected.cases.map((entry) => [entry.asOf, entry] as const))("against pandas, up to %s", (_, { asOf, windowDays, by, id, columns, groups, report }) => {
  const options: SummarizeInteractionsOptions = { asOf, windowDays, by, timeZone: expected.timeZone };
  const summary = summarizeInteractions(log, options);

  test("all interactions", () => {
    expect(summary.id).toEqual(id);
    expectColumns(summary, columns);
    expect(summary.report).toEqual(report);
  });

  test("each group", () => {
    expect(summary.groups.map(({ column, level }) => [column, level])).toEqual(groups.map(({ column, level }) => [column, level]));
    summary.groups.forEach((group, i) => {
      const reference = groups[i]!.columns;
      expectColumns(group, reference);
      reference.share.forEach((share, position) => {
        expect(Math.abs(group.share[position]! - share)).toBeLessThanOrEqual(1e-15);
      });
    });
  });

  test("the order of the rows changes nothing, and the table stays as it is", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...expected.rows], { minLength: expected.rows.length }), (rows) => {
        const table = tableOf(rows);
        const before = structuredClone([...table.columns]);
        expect(summarizeInteractions(table, options)).toEqual(summary);
        expect([...table.columns]).toEqual(before);
      }),
      { numRuns: 3 },
    );
  });

  test("what comes after asOf changes nothing but its count", () => {
    const days = log.columns.get("timestamp")!;
    // Three o'clock in the afternoon of asOf in New York.
    const moment = Date.parse(`${asOf}T19:00:00Z`);
    const earlier = filterRows(log, (_row, i) => days.type === "timestamp" && !(days.values[i]! > moment));
    const { report: whole, ...ofAll } = summarizeInteractions(log, { ...options, asOf: moment });
    const { report: part, ...ofEarlier } = summarizeInteractions(earlier, { ...options, asOf: moment });
    expect(ofAll).toEqual(ofEarlier);
    expect(whole.interactionCount).toBe(part.interactionCount);
    expect(part.afterAsOfCount).toBe(0);
    expect(whole.afterAsOfCount).toBeGreaterThan(0);
  });

  test("in slices, the same", async () => {
    expect(await runCooperatively(summarizeInteractionsSteps(log, options))).toEqual(summary);
  });
});

describe("definitions", () => {
  const contacts = tableFromColumns({
    customerId: [1, 1, 1, 1, 2],
    timestamp: ["2026-03-01T12:00:00Z", "2026-03-11T12:00:00Z", "2026-03-21T12:00:00Z", "2026-03-31T12:00:00Z", "2026-04-05T00:00:00Z"].map((text) => new Date(text)),
    kind: ["call", null, "call", "visit", "call"],
  });
  const windowsAt = (options: SummarizeInteractionsOptions): number[] => {
    const { count, recentCount, earlierCount } = summarizeInteractions(contacts, { windowDays: 10, ...options });
    return [count[0]!, recentCount[0]!, earlierCount[0]!];
  };

  test("windows are calendar days, the later up to the last that counts; an open interval leaves asOf out", () => {
    expect(windowsAt({ asOf: "2026-03-31" })).toEqual([4, 1, 1]);
    expect(windowsAt({ asOf: "2026-03-30" })).toEqual([3, 1, 1]);
    expect(windowsAt({ asOf: "2026-03-31", interval: "open" })).toEqual([3, 1, 1]);
    expect(windowsAt({ asOf: "2026-03-31T12:00:00Z", interval: "open" })).toEqual([3, 0, 1]);
    expect(windowsAt({ asOf: "2026-03-31T12:00:00Z" })).toEqual([4, 1, 1]);
  });

  test("levels that are named come in that order, whether they occurred or not; shares are of those with a text", () => {
    const { id, groups, report } = summarizeInteractions(contacts, { asOf: "2026-03-31", by: [{ column: "kind", levels: ["mail", "call"] }], customers: [1, 3] });
    expect(id).toEqual([1, 3]);
    expect(groups.map(({ level, count, share, daysSinceLast, trend }) => ({ level, count, share, daysSinceLast, trend }))).toEqual([
      { level: "mail", count: new Float64Array([0, 0]), share: new Float64Array([0, NaN]), daysSinceLast: new Float64Array([NaN, NaN]), trend: new Float64Array([0, 0]) },
      { level: "call", count: new Float64Array([2, 0]), share: new Float64Array([2 / 3, NaN]), daysSinceLast: new Float64Array([10, NaN]), trend: new Float64Array([1, 0]) },
    ]);
    expect(report).toMatchObject({ ungrouped: [{ column: "kind", missingCount: 1, otherCount: 1 }], afterAsOfCount: 1, customersWithoutInteractions: 1 });
  });

  test("a text that occurs after asOf only makes no group", () => {
    expect(summarizeInteractions(contacts, { asOf: "2026-03-25" }).groups.map(({ level }) => level)).toEqual(["call"]);
  });

  test("as a table: one row for each customer", () => {
    const table = tableFromInteractionSummary(summarizeInteractions(contacts, { asOf: "2026-04-30", by: [{ column: "kind", levels: ["visit"] }] }));
    expect(recordsFromTable(table)).toEqual([
      { id: 1, count: 4, daysSinceLast: 30, recentCount: 4, earlierCount: 0, trend: 1, "kind=visit count": 1, "kind=visit daysSinceLast": 30, "kind=visit recentCount": 1, "kind=visit earlierCount": 0, "kind=visit trend": 1, "kind=visit share": 1 / 3 },
      { id: 2, count: 1, daysSinceLast: 25, recentCount: 1, earlierCount: 0, trend: 1, "kind=visit count": 0, "kind=visit daysSinceLast": null, "kind=visit recentCount": 0, "kind=visit earlierCount": 0, "kind=visit trend": 0, "kind=visit share": 0 },
    ]);
    expect([...table.rowIds as number[]]).toEqual([1, 2]);
  });

  test("refusals", () => {
    const refuse = (options: object, code: "invalidOption" | "invalidInput" | "unknownColumn" | "duplicateKey", ...parts: string[]): void => {
      expectRefusal(() => summarizeInteractions(contacts, { asOf: "2026-03-31", ...options }), code, ...parts);
    };
    refuse({ windowDays: 0 }, "invalidOption", "windowDays");
    refuse({ by: "kind" }, "invalidOption", "by must be an array");
    refuse({ by: ["knid"] }, "unknownColumn", '"kind"');
    refuse({ by: ["customerId"] }, "invalidInput", "category");
    refuse({ by: ["kind", "kind"] }, "duplicateKey", "by");
    refuse({ by: [{ column: "kind" }] }, "invalidOption", "by[0].levels is required");
    refuse({ by: [{ column: "kind", levels: ["a", "a"] }] }, "duplicateKey", "by[0].levels");
    // @ts-expect-error without the required asOf
    expectRefusal(() => summarizeInteractions(contacts, {}), "invalidOption", "asOf is required");
    const many = tableFromColumns({ customerId: Array.from({ length: 51 }, () => 1), timestamp: Array.from({ length: 51 }, () => new Date(0)), kind: Array.from({ length: 51 }, (_, i) => `secret ${i}`) });
    const error = expectRefusal(() => summarizeInteractions(many, { asOf: 0 }), "invalidInput", "at most 50", "it has 51");
    expect(error.message).not.toContain("secret");
  });
});
