import { readFileSync } from "node:fs";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { assertNoLeakage, type ColumnLeakage, type LeakageReport } from "../../../src/churn/leakage/report";
import { findLeakage, type FindLeakageOptions } from "../../../src/churn/leakage/find";
import { copyEvidence, idEvidence, missingEvidence } from "../../../src/churn/leakage/evidence";
import { readCrossFitting } from "../../../src/features/encode/cross-fit";
import { RandomStream } from "../../../src/numeric/random/random-stream";
import { computeAucInterval } from "clientele/evaluation";
import { tableFromColumns, tableFromRecords, type Table } from "clientele/data";
import { expectRefusal } from "../../support/errors";

const random = new RandomStream(11);
const n = 1000;
const labels = Array.from({ length: n }, (_, row) => (row % 5 === 0 ? 1 : 0));
const noise = (): number => random.nextFloat() + random.nextFloat() + random.nextFloat() - 1.5;
const planted = {
  // A shift of 0.5 standard deviations: an honest feature, AUC 0.64.
  honest: labels.map((label) => 2 * noise() + 0.5 * label),
  copy: labels.map((label, row) => (row % 100 === 3 ? 1 - label : label)),
  copyInWords: labels.map((label, row) => (label === (row % 100 === 3 ? 0 : 1) ? "Yes" : "No")),
  call: labels.map((label) => 2 * noise() + 2.5 * label),
  neitherHighNorLow: labels.map((label, row) => (label === 1 ? 5 : row % 2 === 0 ? 1 : 9) + noise()),
  closingFee: labels.map((label, row) => (label === 1 && row % 3 === 0 ? 20 + noise() : null)),
  number: labels.map((_, row) => 10_000 + ((row * 7) % n)),
  vip: labels.map((label, row) => row % 3 === 0 && label === 0),
};

function find(columns: Readonly<Record<string, readonly unknown[]>>, options?: FindLeakageOptions): Map<string, ColumnLeakage> {
  const report = findLeakage(tableFromColumns(columns), labels, options);
  return new Map(report.columns.map((each) => [each.column, each]));
}

describe("planted leaks", () => {
  const found = find(planted);
  const kinds = (name: string): string[] => found.get(name)!.reasons.map(({ kind }) => kind);

  it("are found by what gives them away, and an honest feature is left alone", () => {
    expect(kinds("copy")).toEqual(["nearCopy", "tellsTooMuch"]);
    expect(kinds("copyInWords")).toEqual(["nearCopy", "tellsTooMuch"]);
    expect(kinds("call")).toEqual(["tellsTooMuch"]);
    expect(kinds("neitherHighNorLow")).toEqual(["nearCopy", "tellsTooMuch"].slice(1));
    expect(kinds("closingFee")).toEqual(["filledAfterOutcome"]);
    expect(kinds("number")).toEqual(["idLike"]);
    expect([kinds("honest"), kinds("vip")]).toEqual([[], []]);
  });

  it("come before the others, the strong ones first and by the cautious end of their AUC", () => {
    const ranked = [...found.values()];
    const strong = ranked.filter(({ verdict }) => verdict === "strong");
    expect(ranked.slice(0, strong.length)).toEqual(strong);
    const rest = ranked.slice(strong.length);
    expect(rest.findIndex(({ verdict }) => verdict === "none")).toBe(rest.filter(({ verdict }) => verdict === "notable").length);
    const lows = strong.map(({ auc }) => auc!.low);
    expect(lows).toEqual([...lows].sort((a, b) => b - a));
  });

  it("have the AUC and interval of evaluation, mirrored where low values mean leaving", () => {
    const { auc, low, high } = computeAucInterval(labels, planted.call);
    expect(found.get("call")?.auc).toEqual({ auc, low, high, by: "rising" });
    const mirrored = find({ call: planted.call.map((value) => -value) }).get("call")!.auc!;
    expect(mirrored.by).toBe("falling");
    expect([mirrored.auc, mirrored.low, mirrored.high].map((value) => value.toFixed(12))).toEqual([auc, low, high].map((value) => value.toFixed(12)));
    expect(found.get("neitherHighNorLow")?.auc?.by).toBe("bands");
    expect(found.get("copyInWords")?.auc?.by).toBe("levels");
  });

  it("include one that tells more than all other columns together", () => {
    // AUC 0.85 alone: excellent, not outstanding.
    const call = labels.map((label) => 2 * noise() + 1.5 * label);
    const alone = find({ call, honest: planted.honest, vip: planted.vip }).get("call")!;
    expect(alone.auc!.low).toBeGreaterThan(0.8);
    expect(alone.auc!.low).toBeLessThan(0.9);
    expect(alone.reasons.map(({ kind }) => kind)).toEqual(["tellsTooMuch", "beatsAllOthers"]);
    expect([alone.verdict, alone.othersAuc! < 0.75]).toEqual(["strong", true]);
    // Beside a second like it, it does not.
    const twice = find({ call, again: call.map((value) => value + 0.2 * noise()), honest: planted.honest });
    expect([...twice.values()].map(({ verdict }) => verdict)).toEqual(["notable", "notable", "none"]);
    expect([...twice.values()][0]!.othersAuc).toBeGreaterThan(0.8);
  });
});

describe("columns without any relation", () => {
  it("raise no alarm, whatever they are", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), (seed) => {
        const stream = new RandomStream(seed);
        const rows = 120;
        const table = tableFromColumns({
          number: Array.from({ length: rows }, () => stream.nextFloat()),
          sparse: Array.from({ length: rows }, () => (stream.nextFloat() < 0.9 ? null : stream.nextFloat())),
          level: Array.from({ length: rows }, () => `l${stream.nextInteger(30)}`),
          flag: Array.from({ length: rows }, () => stream.nextFloat() < 0.1),
        });
        const { columns } = findLeakage(table, Array.from({ length: rows }, (_, row) => (row < 30 ? 1 : 0)), { seed });
        // The missing cells of nine tenths of 120 rows may by chance all be of one outcome; that is no likelihood ratio of 5 at least.
        expect(columns.filter(({ verdict }) => verdict !== "none")).toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it("of the Telco file raise none either, but for the id", () => {
    const text = readFileSync(new URL("../../../examples/data/telco-customer-churn.csv", import.meta.url), "utf8");
    const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
    const numbers = ["tenure", "MonthlyCharges", "TotalCharges"];
    const records = data.map((record) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== "Churn").map(([name, value]) => [name, numbers.includes(name) ? (value.trim() === "" ? null : Number(value)) : value])));
    const { columns } = findLeakage(tableFromRecords(records), data.map(({ Churn }) => (Churn === "Yes" ? 1 : 0)));
    expect(columns.filter(({ verdict }) => verdict !== "none").map(({ column, reasons }) => [column, reasons.map(({ kind }) => kind)])).toEqual([["customerID", ["idLike"]]]);
    expect(columns[1]?.column).toBe("tenure");
  });
});

describe("when a column is known", () => {
  const times = (days: readonly (number | null)[]): (Date | null)[] => days.map((day) => (day === null ? null : new Date(Date.UTC(2026, 0, day))));
  const table: Table = tableFromColumns({
    call: planted.call,
    honest: planted.honest,
    score: labels.map((_, row) => (row % 2 === 0 ? row : null)),
    lastVisit: times(labels.map((_, row) => 1 + (row % 31))),
    surveyedAt: times(labels.map((_, row) => (row === 4 ? 40 : 3))),
  });
  const verdicts = (options: FindLeakageOptions): Record<string, string> => Object.fromEntries(findLeakage(table, labels, options).columns.map(({ column, verdict }) => [column, verdict]));

  it("declared, a suspicion becomes a fact or is cleared", () => {
    expect(verdicts({})).toMatchObject({ call: "strong", honest: "none" });
    expect(verdicts({ knownAt: { call: "before" } })).toMatchObject({ call: "cleared" });
    expect(verdicts({ knownAt: { call: "after", honest: "after" } })).toMatchObject({ call: "leak", honest: "leak" });
  });

  it("compared with the cutoff, times decide, and a declaration does not clear them", () => {
    expect(verdicts({ cutoff: "2026-02-01" })).toMatchObject({ lastVisit: "none", surveyedAt: "leak" });
    expect(verdicts({ cutoff: "2026-01-31" })).toMatchObject({ lastVisit: "leak" });
    expect(verdicts({ cutoff: "2026-01-31T00:00:00Z" })).toMatchObject({ lastVisit: "leak" });
    expect(verdicts({ cutoff: "2026-01-31T00:00:00.001Z" })).toMatchObject({ lastVisit: "none" });
    expect(verdicts({ cutoff: "2026-01-31", knownAt: { lastVisit: "before" } })).toMatchObject({ lastVisit: "leak" });
    // Row 4 was surveyed in February.
    expect(verdicts({ cutoff: "2026-02-01", knownAt: { score: { column: "surveyedAt" } } })).toMatchObject({ score: "leak" });
    expect(verdicts({ cutoff: labels.map((_, row) => Date.UTC(2026, 0, row === 4 ? 41 : 32)), knownAt: { score: { column: "surveyedAt" } } })).toMatchObject({ score: "none", surveyedAt: "none" });
    const { columns } = findLeakage(table, labels, { cutoff: "2026-02-01", knownAt: { score: { column: "surveyedAt" } } });
    expect(columns.slice(0, 2).map(({ column, laterCount }) => [column, laterCount]).sort()).toEqual([["score", 1], ["surveyedAt", 1]]);
    // Without a value nothing was known too late.
    expect(findLeakage(tableFromColumns({ score: labels.map((_, row) => (row === 4 ? null : row % 9)), at: times(labels.map((_, row) => (row === 4 ? 40 : 3))) }), labels, { cutoff: "2026-02-01", knownAt: { score: { column: "at" } } }).columns.find(({ column }) => column === "score")?.laterCount).toBe(0);
  });

  it("is refused where it says nothing", () => {
    expectRefusal(() => findLeakage(table, labels, { knownAt: { calls: "after" } }), "unknownColumn", "knownAt", "call");
    expectRefusal(() => findLeakage(table, labels, { knownAt: { call: { column: "lastVisit" } } }), "invalidOption", "cutoff");
    expectRefusal(() => findLeakage(table, labels, { cutoff: "2026-01-01", knownAt: { call: { column: "honest" } } }), "invalidInput", "honest", "timestamp");
    // @ts-expect-error no such time
    expectRefusal(() => findLeakage(table, labels, { knownAt: { call: "during" } }), "invalidOption", "knownAt");
    expectRefusal(() => findLeakage(table, labels, { cutoff: [1, 2] }), "lengthMismatch", "cutoff");
    expectRefusal(() => findLeakage(table, labels.map(() => 1)), "constantLabels");
  });
});

describe("assertNoLeakage", () => {
  const report: LeakageReport = findLeakage(tableFromColumns({ call: planted.call, number: planted.number, honest: planted.honest }), labels, { knownAt: { honest: "after" } });

  it("stops at facts, and at suspicions where it is told to", () => {
    const leak = expectRefusal(() => assertNoLeakage(report), "invalidInput", "honest", "1 of 3");
    expect(leak.details.column).toBe("honest");
    expectRefusal(() => assertNoLeakage(report, { refuse: "strong" }), "invalidInput", "call", "2 of 3");
    expectRefusal(() => assertNoLeakage(report, { refuse: "notable" }), "invalidInput", "number", "3 of 3");
    const cleared = findLeakage(tableFromColumns({ call: planted.call }), labels, { knownAt: { call: "before" } });
    expect(() => assertNoLeakage(cleared, { refuse: "notable" })).not.toThrow();
  });
});

describe("the evidence", () => {
  const z = 1.959963984540054;
  it("of missing cells is the likelihood ratio with the interval of its logarithm", () => {
    // 40 of 100 leavers and 10 of 900 others have a value.
    const outcome = Float64Array.from({ length: 1000 }, (_, row) => (row < 100 ? 1 : 0));
    const values = Float64Array.from({ length: 1000 }, (_, row) => (row < 40 || (row >= 100 && row < 110) ? 1 : NaN));
    const found = missingEvidence({ type: "number", values }, outcome, z)!;
    expect(found).toMatchObject({ state: "filled", label: 1, missingShare: 0.95 });
    const ratio = 40.5 / 101 / (10.5 / 901);
    expect(found.ratio).toBeCloseTo(ratio, 12);
    expect(found.low).toBeCloseTo(Math.exp(Math.log(ratio) - z * Math.sqrt(1 / 40.5 - 1 / 101 + 1 / 10.5 - 1 / 901)), 12);
    expect(missingEvidence({ type: "number", values: values.fill(1) }, outcome, z)).toBeUndefined();
  });

  it("of a copy is Cohen's kappa: 0.1304 in the textbook's table of 45, 15, 25 and 15", () => {
    const outcome = Float64Array.from({ length: 100 }, (_, row) => (row < 60 ? 1 : 0));
    // Called yes: 45 of the 60 and 25 of the 40.
    const values = Float64Array.from({ length: 100 }, (_, row) => (row < 45 || (row >= 60 && row < 85) ? 1 : 0));
    const { kappa, low } = copyEvidence({ type: "number", values }, readCrossFitting("test", 100, outcome, 2, 1), z);
    expect(kappa).toBeCloseTo((0.6 - 0.54) / 0.46, 12);
    // Wilson's interval of 60 out of 100 begins at 0.50200.
    expect(low).toBeCloseTo((0.502003 - 0.54) / 0.46, 4);
    const reversed = copyEvidence({ type: "number", values: outcome.map((label) => 7 - label) }, readCrossFitting("test", 100, outcome, 2, 1), z);
    expect(reversed.kappa).toBe(1);
    expect(reversed.low).toBeCloseTo((100 / (100 + z * z) - 0.52) / 0.48, 10);
  });

  it("of an id counts values of their own among texts and whole numbers, not among measured quantities", () => {
    expect(idEvidence({ type: "number", values: Float64Array.of(1, 2, 3, 3, NaN) })).toEqual({ distinctCount: 3, uniqueShare: 0.4 });
    expect(idEvidence({ type: "number", values: Float64Array.of(1.5, 2, 3) })).toBeUndefined();
    expect(idEvidence({ type: "category", codes: Int32Array.of(0, 1, 1, -1), categories: ["a", "b"] })).toEqual({ distinctCount: 2, uniqueShare: 0.25 });
  });
});
