import fc from "fast-check";
import { expect, test } from "vitest";
import { recordsFromTable, tableFromColumns, type Table } from "clientele/data";
import { checkRule } from "../../src/cleaning/rules/checked-rule";
import { editRows, isWithinEdits } from "../../src/cleaning/rules/edit-distance";
import { fitRules } from "../../src/cleaning/rules/fit";
import type { FittedRule } from "../../src/cleaning/rules/fitted-rules";
import { NearTexts } from "../../src/cleaning/rules/near-texts";
import type { SpellingRule } from "../../src/cleaning/rules/plan";
import { repairColumns } from "../../src/cleaning/rules/repair";
import reference from "../reference/rules/expected.json";
import { expectRefusal } from "../support/errors";

const allOf = (table: Table): Uint8Array => new Uint8Array(table.rowCount).fill(1);
const times = (count: number, text: string): string[] => Array<string>(count).fill(text);

function fit(texts: readonly (string | null)[], options: Omit<SpellingRule, "rule" | "column"> = {}): FittedRule[] {
  const table = tableFromColumns({ city: texts });
  return fitRules("test", [checkRule("test", "rules[0]", { rule: "spelling", column: "city", onViolation: "repair", ...options })], table.columns, allOf(table));
}

function apply(fitted: readonly FittedRule[], texts: readonly (string | null)[]): { readonly after: unknown[]; readonly verdicts: number[] } {
  const table = tableFromColumns({ city: texts });
  const { edits, judged } = repairColumns("test", fitted, table.columns, allOf(table));
  const after = { ...table, columns: new Map(edits.length === 0 ? table.columns : [["city", edits[0]!.after]]) };
  return { after: recordsFromTable(after).map((record) => record["city"]), verdicts: [...judged[0]!.verdicts] };
}

test("distances are those of rapidfuzz, for every limit", () => {
  const rows = editRows(20);
  for (const [a, b, distance] of reference.distances as unknown as readonly (readonly [string, string, number])[]) {
    for (let limit = 1; limit <= 4; limit++) expect(isWithinEdits(a, b, limit, rows), `${a} ${b} ${limit}`).toBe(distance <= limit);
  }
});

test("the index finds what comparing with every text finds", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(fc.uniqueArray(text, { maxLength: 40 }), text, fc.integer({ min: 1, max: 3 }), (texts, query, limit) => {
      const long = texts.filter(({ length }) => length >= 2 * limit + 1);
      const rows = editRows(12);
      const expected = long.flatMap((other, position) => (isWithinEdits(query, other, limit, rows) ? [position] : []));
      const index = new NearTexts(long, limit);
      expect(index.near(query).sort((a, b) => a - b)).toEqual(expected);
      expect(index.near(query).sort((a, b) => a - b)).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test("texts stand for what their definition says, on all pairs", () => {
  for (const { texts, verdicts, repaired, ...options } of reference.spellings) {
    const result = apply(fit(texts, options), texts);
    expect(result.verdicts).toEqual(verdicts);
    expect(result.after).toEqual(repaired);
  }
});

test("a frequent text is never changed, however near a more frequent one is", () => {
  const texts = [...times(500, "Martin"), ...times(60, "Martina"), ...times(2, "Marti"), "Martinas"];
  // Martina is 8 times rarer than Martin, not 10; Marti is near Martin only; Martinas near Martina only.
  expect(apply(fit(texts), ["Martina", "Marti", "Martinas", "Martin"]).after).toEqual(["Martina", "Martin", "Martina", "Martin"]);
  // At 5 times rarer Martina is a misspelling, and what is near it alone is not judged.
  expect(apply(fit(texts, { minRatio: 5 }), ["Martina", "Marti", "Martinas"])).toEqual({ after: ["Martin", "Martin", "Martinas"], verdicts: [1, 1, 2] });
});

test("a text near two frequent ones is not judged, nor is a short or a missing one", () => {
  const fitted = fit([...times(30, "Boston"), ...times(30, "Bolton"), ...times(40, "Opp"), "Bomton", "Op"]);
  expect(apply(fitted, ["Bomton", "Op", null, "Bostn", "Anchorage"])).toEqual({ after: ["Bomton", "Op", null, "Boston", "Anchorage"], verdicts: [2, 2, 2, 1, 0] });
});

test("a later table is judged by the frequencies of the fit, not by its own", () => {
  const fitted = fit([...times(30, "Boston"), ...times(4, "Bostom")]);
  expect(apply(fitted, times(50, "Bostn")).after).toEqual(times(50, "Boston"));
  // It was seen 4 times, so it is 7.5 times rarer.
  expect(apply(fitted, ["Bostom"])).toEqual({ after: ["Bostom"], verdicts: [0] });
  expect(fitted[0]!.learned).toEqual({ kind: "spelling", texts: ["Boston", "Bostom"], counts: [30, 4], standsFor: [0, 1] });
});

test("only frequent texts are learned, and rare ones that are near them", () => {
  const fitted = fit([...times(30, "Boston"), ...times(9, "Chicago"), ...times(3, "Bostan"), "Boaton", null]);
  expect(fitted[0]!.learned).toEqual({ kind: "spelling", texts: ["Boston", "Bostan"], counts: [30, 3], standsFor: [0, 0] });
});

test("another type of column is refused, one without texts learns nothing", () => {
  const rule = checkRule("test", "rules[0]", { rule: "spelling", column: "city" });
  const numbers = tableFromColumns({ city: [1, 2] });
  expectRefusal(() => fitRules("test", [rule], numbers.columns, allOf(numbers)), "invalidInput", "spelling city", "number");
  expect(apply(fit([null, null]), [null, "Boston"])).toEqual({ after: [null, "Boston"], verdicts: [2, 0] });
  expectRefusal(() => repairColumns("test", fit(times(30, "Boston")), numbers.columns, allOf(numbers)), "featureMismatch", '"city"');
});

test("a hundred thousand distinct texts are not compared with each other", () => {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const nameOf = (i: number): string => Array.from({ length: 9 }, (_, j) => letters[Math.floor(i / 7 ** j + j * i) % 26]).join("");
  const frequent = [...new Set(Array.from({ length: 4000 }, (_, i) => nameOf(i * 7919)))];
  const texts = frequent.flatMap((text) => times(10, text));
  for (let i = 0; texts.length < 140_000; i++) texts.push(`${nameOf(i * 104_729).slice(0, 5)}${i}`);
  const misspelt = frequent[1000]!.slice(0, 4) + frequent[1000]!.slice(5);
  expect(apply(fit(texts), [misspelt]).after).toEqual([frequent[1000]]);
});
