import { describe, expect, test } from "vitest";
import { recordsFromTable, tableFromColumns, type FeatureMatrix } from "../../src/data";
import { encoderFromSpec, findUnknownCategories, fitEncoder, type Encoding } from "../../src/features";
import expected from "../reference/encoding/expected.json";
import { expectRefusal } from "../support/errors";

function rowsOf({ values, rowCount, columnCount }: FeatureMatrix): number[][] {
  return Array.from({ length: rowCount }, (_, i) => [...values.subarray(i * columnCount, (i + 1) * columnCount)]);
}

const sumsOf = (matrix: FeatureMatrix): number[] => matrix.names.map((_, j) => rowsOf(matrix).reduce((sum, row) => sum + row[j]!, 0));

describe("infrequent levels, as in scikit-learn", () => {
  const { values, applied, ...reference } = expected.infrequent;
  const table = tableFromColumns({ town: values });
  const others = tableFromColumns({ town: applied });

  test.each([
    ["count", { minCount: 9 }],
    ["share", { minShare: 0.05 }],
    ["none", { minCount: 1 }],
    ["dropped", { minCount: 9, drop: "first" }],
  ] as const)("%s", (name, options) => {
    const { encoder, matrix, infrequent } = fitEncoder(table, [{ column: "town", as: "oneHot", unknown: "infrequent", ...options }]);
    const { sums, rows } = reference[name];
    const merged: readonly string[] = reference[name].infrequent;
    expect(sumsOf(matrix)).toEqual(sums);
    expect(rowsOf(encoder.apply(others))).toEqual(rows);
    expect(encoder.columns).toMatchObject([{ infrequent: merged }]);
    expect(encoder.featureNames.includes("town=(infrequent)")).toBe(merged.length > 0);
    const rowCount = values.filter((value) => merged.includes(value)).length;
    expect(infrequent).toEqual(merged.length === 0 ? [] : [{ column: "town", levelCount: merged.length, rowCount }]);
    expect(rowsOf(encoderFromSpec(JSON.parse(JSON.stringify(encoder))).apply(others))).toEqual(rows);
  });
});

describe("infrequent levels", () => {
  const table = tableFromColumns({ c: ["a", "a", "a", "b", "b", "x", "y", null] });
  const fit = (options: object) => fitEncoder(table, [{ column: "c", as: "oneHot", minCount: 2, missing: "level", ...options }] as Encoding);

  test("a missing cell is a level of its own, however rare", () => {
    const { encoder, matrix } = fit({});
    expect(encoder.featureNames).toEqual(["c=a", "c=b", "c=(missing)", "c=(infrequent)"]);
    expect(sumsOf(matrix)).toEqual([3, 2, 1, 2]);
  });

  test("merged levels are known, others are not, unless they are asked to count among the merged", () => {
    const rows = tableFromColumns({ c: ["x", "z"] });
    expectRefusal(() => fit({}).encoder.apply(rows), "invalidInput", "row 1");
    expect(rowsOf(fit({ unknown: "zeros" }).encoder.apply(rows))).toEqual([[0, 0, 0, 1], [0, 0, 0, 0]]);
    const { encoder } = fit({ unknown: "infrequent" });
    expect(rowsOf(encoder.apply(rows))).toEqual([[0, 0, 0, 1], [0, 0, 0, 1]]);
    expect(findUnknownCategories(encoder, rows, { includeTexts: true })).toEqual([{ column: "c", rowCount: 1, firstRow: 1, categoryCount: 1, categories: ["z"] }]);
  });

  test("a missing cell that the fit did not see counts among the merged", () => {
    const full = tableFromColumns({ c: ["a", "a", "x"] });
    const { encoder } = fitEncoder(full, [{ column: "c", as: "oneHot", minCount: 2, missing: "level", unknown: "infrequent" }]);
    expect(rowsOf(encoder.apply(tableFromColumns({ c: ["a", null] })))).toEqual([[1, 0], [0, 1]]);
  });

  test("where all are merged, one feature is left, or none", () => {
    expect(fitEncoder(table, [{ column: "c", as: "oneHot", minCount: 9, missing: "level" }]).encoder.featureNames).toEqual(["c=(missing)", "c=(infrequent)"]);
    const all = tableFromColumns({ c: ["a", "b"], n: [1, 2] });
    const { matrix } = fitEncoder(all, [{ column: "c", as: "oneHot", minCount: 2, drop: "first" }, { column: "n", as: "number" }]);
    expect(rowsOf(matrix)).toEqual([[1], [2]]);
  });

  test("a category that reads like the merged level is refused", () => {
    const clash = tableFromColumns({ c: ["(infrequent)", "(infrequent)", "x"] });
    expectRefusal(() => fitEncoder(clash, [{ column: "c", as: "oneHot", minCount: 2 }]), "duplicateKey", '"c"', "infrequent");
  });

  test("options that contradict each other", () => {
    expectRefusal(() => fit({ minShare: 0.1 }), "invalidOption", "encoding[0].minShare", "minCount");
    expectRefusal(() => fitEncoder(table, [{ column: "c", as: "oneHot", unknown: "infrequent" }]), "invalidOption", "encoding[0].unknown", "minCount");
  });

  test("a saved form with a level twice", () => {
    const { columns, ...spec } = fit({}).encoder.toJSON();
    expectRefusal(() => encoderFromSpec({ ...spec, columns: [{ ...columns[0], infrequent: ["a"] }] }), "invalidSpec", "columns[0].infrequent");
  });
});

describe("version 1 of the saved form", () => {
  const columns = [{ column: "c", as: "oneHot", drop: "none", unknown: "zeros", missing: "level", levels: ["a", "b", null] }, { column: "n", as: "number" }];

  test("is read as it was written", () => {
    const encoder = encoderFromSpec({ kind: "encoder", version: 1, columns });
    expect(encoder.toJSON()).toEqual({ kind: "encoder", version: 2, columns: [{ ...columns[0], infrequent: [] }, columns[1]] });
    expect(rowsOf(encoder.apply(tableFromColumns({ c: ["b", null, "z"], n: [1, 2, 3] })))).toEqual([[0, 1, 0, 1], [0, 0, 1, 2], [0, 0, 0, 3]]);
  });

  test("knows no kind that came later", () => {
    expectRefusal(() => encoderFromSpec({ kind: "encoder", version: 1, columns: [{ column: "n", as: "log1p" }] }), "invalidSpec", "columns[0].as");
    expectRefusal(() => encoderFromSpec({ kind: "encoder", version: 1, columns: [{ ...columns[0], unknown: "infrequent" }] }), "invalidSpec", "columns[0].unknown");
    expectRefusal(() => encoderFromSpec({ kind: "encoder", version: 3, columns }), "invalidSpec", "version");
  });
});

describe("log1p in an encoding", () => {
  const table = tableFromColumns({ spend: [0, Math.E - 1, 1e6] });

  test("takes the logarithm, and comes back", () => {
    const { encoder, matrix } = fitEncoder(table, [{ column: "spend", as: "log1p" }]);
    expect([...matrix.values]).toEqual([0, Math.log1p(Math.E - 1), Math.log1p(1e6)]);
    const back = encoder.invert(matrix).columns.get("spend");
    if (back?.type !== "number") throw new Error("a number column is expected");
    back.values.forEach((value, i) => expect(Math.abs(value - [0, Math.E - 1, 1e6][i]!)).toBeLessThanOrEqual(1e-12 * (1 + value)));
  });

  test("refuses what has none, with column and row", () => {
    const { encoder } = fitEncoder(table, [{ column: "spend", as: "log1p" }]);
    const error = expectRefusal(() => encoder.apply(tableFromColumns({ spend: [1, -1] })), "invalidInput", '"spend"', "row 1", "above −1");
    expect(error.details).toMatchObject({ column: "spend", row: 1, value: -1 });
    expectRefusal(() => encoder.apply(tableFromColumns({ spend: [1, null] })), "invalidInput", "row 1", "missing");
  });
});

describe("the inverse", () => {
  const table = tableFromColumns({ n: [1.5, -2, 0], b: [true, false, true], c: ["b", null, "a"] }, { rowIds: ["x", "y", "z"] });
  const plain: Encoding = [{ column: "n", as: "number" }, { column: "b", as: "boolean" }];

  test.each([
    ["every level", { drop: "none", missing: "level" }],
    ["the first dropped", { drop: "first", missing: "level" }],
    ["unknown as zeros", { drop: "none", missing: "level", unknown: "zeros" }],
  ] as const)("gives the table back: %s", (_, options) => {
    const { encoder, matrix } = fitEncoder(table, [...plain, { column: "c", as: "oneHot", ...options }]);
    const back = encoder.invert(matrix);
    expect(recordsFromTable(back)).toEqual(recordsFromTable(table));
    expect(back.rowIds).toEqual(["x", "y", "z"]);
  });

  test("a category that passed as zeros comes back missing", () => {
    const { encoder } = fitEncoder(tableFromColumns({ c: ["a", "b"] }), [{ column: "c", as: "oneHot", unknown: "zeros" }]);
    expect(recordsFromTable(encoder.invert(encoder.apply(tableFromColumns({ c: ["b", "z"] }))))).toEqual([{ c: "b" }, { c: null }]);
  });

  test("is refused by name where several cells have the same features", () => {
    const merged = fitEncoder(tableFromColumns({ c: ["a", "a", "x"] }), [{ column: "c", as: "oneHot", minCount: 2 }]);
    expectRefusal(() => merged.encoder.invert(merged.matrix), "unsupported", '"c"', "merged");
    const baseline = fitEncoder(tableFromColumns({ c: ["a", "b"] }), [{ column: "c", as: "oneHot", drop: "first", unknown: "zeros" }]);
    expectRefusal(() => baseline.encoder.invert(baseline.matrix), "unsupported", '"c"', "first level");
    const target = fitEncoder(tableFromColumns({ c: ["a", "b", "a", "b"] }), [{ column: "c", as: "target" }], { labels: [0, 1, 0, 1], folds: 2 });
    expectRefusal(() => target.encoder.invert(target.matrix), "unsupported", '"c"', "target");
  });

  test("features that no row has are refused with their row", () => {
    const { encoder, matrix } = fitEncoder(table, [...plain, { column: "c", as: "oneHot", missing: "level" }]);
    const changed = (position: number, value: number): FeatureMatrix => ({ ...matrix, values: matrix.values.map((own, i) => (i === position ? value : own)) });
    expectRefusal(() => encoder.invert(changed(6, 0.5)), "invalidInput", '"b"', "row 1", "0 or 1");
    expectRefusal(() => encoder.invert(changed(3, 0.5)), "invalidInput", '"c"', "row 0");
    expectRefusal(() => encoder.invert(changed(3, 0)), "invalidInput", '"c"', "row 0");
    expectRefusal(() => encoder.invert(changed(2, 1)), "invalidInput", '"c"', "row 0");
    expectRefusal(() => encoder.invert({ ...matrix, names: matrix.names.map((name) => `${name}2`) }), "featureMismatch");
  });
});
