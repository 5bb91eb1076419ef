import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelChurn, labelChurnSteps } from "../../../src/churn/labels/label";
import { tableFromColumns, type Table } from "clientele/data";
import { runToEnd } from "clientele/steps";
import { expectRefusal } from "../../support/errors";

const DAY = 86_400_000;
const at = (text: string): number => Date.parse(text);

function log(...rows: readonly (readonly [string | null, string | null])[]): Table {
  return tableFromColumns(
    { customerId: rows.map(([id]) => id), timestamp: rows.map(([, time]) => (time === null ? null : new Date(time))) },
    { types: { customerId: "category", timestamp: "timestamp" } },
  );
}

describe("the window", () => {
  // Every event of the customers beside `base` stands at one edge.
  const base = [["base", "2026-01-01T12:00:00Z"], ["base", "2026-12-31T12:00:00Z"]] as const;
  const churned = (time: string, options: { cutoff: string; gap?: number }): number => {
    const { id, labels } = labelChurn(log(...base, ["edge", "2026-01-01T00:00:00Z"], ["edge", time]), { horizon: 30, ...options });
    return labels[id.indexOf("edge")]!;
  };

  it("of a date is made of whole days: open at cutoff + gap, closed at cutoff + gap + horizon", () => {
    const cutoff = "2026-03-01";
    expect(churned("2026-03-01T00:00:00Z", { cutoff })).toBe(1); // the day of the cutoff is nobody's
    expect(churned("2026-03-01T23:59:59.999Z", { cutoff })).toBe(1);
    expect(churned("2026-03-02T00:00:00Z", { cutoff })).toBe(0);
    expect(churned("2026-03-31T23:59:59.999Z", { cutoff })).toBe(0);
    expect(churned("2026-04-01T00:00:00Z", { cutoff })).toBe(1);
    expect(churned("2026-03-08T23:59:59.999Z", { cutoff, gap: 7 })).toBe(1);
    expect(churned("2026-03-09T00:00:00Z", { cutoff, gap: 7 })).toBe(0);
    expect(churned("2026-04-07T23:59:59.999Z", { cutoff, gap: 7 })).toBe(0);
    expect(churned("2026-04-08T00:00:00Z", { cutoff, gap: 7 })).toBe(1);
  });

  it("of a point in time is exact to the millisecond", () => {
    const cutoff = "2026-03-01T10:00:00Z";
    expect(churned("2026-03-01T10:00:00.000Z", { cutoff })).toBe(1);
    expect(churned("2026-03-01T10:00:00.001Z", { cutoff })).toBe(0);
    expect(churned("2026-03-31T10:00:00.000Z", { cutoff })).toBe(0);
    expect(churned("2026-03-31T10:00:00.001Z", { cutoff })).toBe(1);
    expect(churned("2026-03-02T10:00:00.000Z", { cutoff, gap: 1 })).toBe(1);
  });

  it("is told in words", () => {
    const { snapshots } = labelChurn(log(...base), { cutoff: ["2026-03-01"], gap: 7, horizon: 30 });
    expect(snapshots[0]).toMatchObject({ cutoff: "2026-03-01", windowAfter: "2026-03-08", windowUntil: "2026-04-07" });
    const instant = labelChurn(log(...base), { cutoff: at("2026-03-01T10:00:00Z"), horizon: 1 });
    expect(instant.snapshots[0]).toMatchObject({ cutoff: "2026-03-01T10:00:00.000Z", windowAfter: "2026-03-01T10:00:00.000Z", windowUntil: "2026-03-02T10:00:00.000Z" });
  });

  it("has the days of the time zone", () => {
    const events = log(["a", "2026-01-01T12:00:00Z"], ["a", "2026-03-01T23:30:00Z"], ["b", "2026-06-01T12:00:00Z"]);
    expect([...labelChurn(events, { cutoff: "2026-03-01", horizon: 30 }).labels]).toEqual([1]);
    // In Berlin that event is on 2 March.
    expect([...labelChurn(events, { cutoff: "2026-03-01", horizon: 30, timeZone: "Europe/Berlin" }).labels]).toEqual([0]);
  });
});

describe("who is left out", () => {
  const events = log(["old", "2025-01-01"], ["young", "2026-02-20"], ["later", "2026-03-15"], ["loyal", "2025-11-01"], ["loyal", "2026-02-01"], ["loyal", "2026-04-01"], [null, "2026-01-01"], ["loyal", null], ["end", "2026-12-31"]);

  it("is counted by the first reason that holds, and all customers add up", () => {
    const { id, labels, snapshots, missingIdCount, missingTimeCount } = labelChurn(events, { cutoff: "2026-03-01", horizon: 60, minAge: 30, activeWithin: 365 });
    expect([id, [...labels]]).toEqual([["loyal"], [0]]);
    expect(snapshots[0]?.excluded).toEqual({ noEventBefore: 2, tooYoung: 1, inactive: 1 });
    expect([snapshots[0]?.customerCount, snapshots[0]?.churnedCount]).toEqual([1, 0]);
    expect([missingIdCount, missingTimeCount]).toEqual([1, 1]);
  });

  it("is nobody at the very edge of minAge and activeWithin", () => {
    const edge = log(["young", "2026-01-30"], ["gone", "2025-03-01"], ["end", "2026-12-31"]);
    const count = (minAge: number, activeWithin: number): number => labelChurn(edge, { cutoff: "2026-03-01", horizon: 60, minAge, activeWithin }).rowCount;
    expect([count(30, 365), count(31, 365), count(30, 364)]).toEqual([2, 1, 1]);
  });
});

describe("several cutoffs", () => {
  it("give rows by cutoff, then by id, whatever their order", () => {
    const events = log(["b", "2026-01-01"], ["a", "2026-02-15"], ["b", "2026-02-10"], ["z", "2026-12-31"]);
    const { id, snapshot, labels, snapshots } = labelChurn(events, { cutoff: ["2026-03-01", "2026-02-01"], horizon: 28 });
    expect(id).toEqual(["b", "a", "b"]);
    expect([...snapshot]).toEqual([0, 1, 1]);
    expect([...labels]).toEqual([0, 1, 1]);
    expect(snapshots.map(({ cutoff, churnedCount }) => [cutoff, churnedCount])).toEqual([["2026-02-01", 0], ["2026-03-01", 2]]);
  });

  it("equal those taken one by one, and a count by hand, whatever the log", () => {
    const event = fc.record({ id: fc.integer({ min: 0, max: 5 }), hour: fc.integer({ min: 0, max: 24 * 120 }) });
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 30 }), fc.boolean(), (events, gap, horizon, dates) => {
        const start = at("2026-01-01T00:00:00Z");
        const table = tableFromColumns({ customerId: events.map(({ id }) => id), timestamp: events.map(({ hour }) => new Date(start + hour * 3_600_000)) });
        const days = [20, 45, 70];
        const cutoffs = days.map((day) => (dates ? new Date(start + day * DAY).toISOString().slice(0, 10) : start + day * DAY));
        const options = { gap, horizon, observedUntil: "2026-12-31" };
        const together = labelChurn(table, { ...options, cutoff: cutoffs });
        const apart = cutoffs.map((cutoff) => runToEnd(labelChurnSteps(table, { ...options, cutoff })));
        expect(together.id).toEqual(apart.flatMap(({ id }) => id));
        expect([...together.labels]).toEqual(apart.flatMap(({ labels }) => [...labels]));
        const place = ({ hour }: { hour: number }): number => (dates ? Math.floor(hour / 24) : hour / 24);
        days.forEach((day, i) => {
          const expected = [0, 1, 2, 3, 4, 5].flatMap((id) => {
            const own = events.filter((each) => each.id === id).map(place);
            if (!own.some((when) => when < day)) return [];
            return [[id, own.some((when) => when > day + gap && when <= day + gap + horizon) ? 0 : 1]];
          });
          expect(apart[i]!.id.map((id, k) => [id, apart[i]!.labels[k]])).toEqual(expected);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe("what cannot be answered", () => {
  const events = log(["a", "2026-01-01"], ["a", "2026-06-30T08:00:00Z"]);
  it("is refused: a window that the log does not cover", () => {
    expect(labelChurn(events, { cutoff: "2026-05-31", horizon: 30 }).rowCount).toBe(1);
    expectRefusal(() => labelChurn(events, { cutoff: "2026-06-01", horizon: 30 }), "invalidOption", "cutoff", "2026-06-30", "2026-07-01", "observedUntil");
    expect(labelChurn(events, { cutoff: "2026-06-01", horizon: 30, observedUntil: "2026-07-01" }).rowCount).toBe(1);
    // Of a day whose end was not seen nothing can be said.
    expectRefusal(() => labelChurn(events, { cutoff: "2026-06-01", horizon: 30, observedUntil: "2026-07-01T22:00:00Z" }), "invalidOption", "cutoff");
    expect(labelChurn(events, { cutoff: "2026-06-01T20:00:00Z", horizon: 30, observedUntil: "2026-07-01T20:00:00Z" }).rowCount).toBe(1);
    expectRefusal(() => labelChurn(events, { cutoff: "2026-06-01T20:00:00.001Z", horizon: 30, observedUntil: "2026-07-01T20:00:00Z" }), "invalidOption", "cutoff");
    expectRefusal(() => labelChurn(events, { cutoff: "2026-06-01T20:00:00Z", horizon: 30, observedUntil: "2026-06-30" }), "invalidOption", "cutoff");
  });

  it("is refused: cutoffs that are repeated, mixed, absent or unreadable, and logs without an event", () => {
    expectRefusal(() => labelChurn(events, { cutoff: ["2026-03-01", "2026-03-01"], horizon: 30 }), "invalidOption", "distinct");
    expectRefusal(() => labelChurn(events, { cutoff: ["2026-03-01", "2026-03-02T00:00:00Z"], horizon: 30 }), "invalidOption", "all dates or all points in time");
    expectRefusal(() => labelChurn(events, { cutoff: [], horizon: 30 }), "invalidOption", "cutoffs");
    expectRefusal(() => labelChurn(events, { cutoff: ["2026-03-01", "soon"], horizon: 30 }), "invalidOption", "cutoff[1]");
    expectRefusal(() => labelChurn(log([null, "2026-01-01"]), { cutoff: "2026-01-02", horizon: 1 }), "tooFewRows", "events");
    expectRefusal(() => labelChurn(events, { cutoff: "2026-03-01", horizon: 1, id: "customer" }), "unknownColumn", "id");
    // @ts-expect-error a horizon is needed
    expectRefusal(() => labelChurn(events, { cutoff: "2026-03-01" }), "invalidOption", "horizon");
  });
});
