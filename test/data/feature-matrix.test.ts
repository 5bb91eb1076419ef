import { describe, expect, test } from "vitest";
import { fitLogisticRegression } from "clientele/churn";
import { featureMatrixFromColumns, featureMatrixFromRows, featureMatrixFromValues } from "clientele/data";
import { fitStandardScaler } from "clientele/features";
import { fitKMeans } from "clientele/segmentation";
import { checkFeatures } from "../../src/data/feature-matrix";
import { expectRefusal, refusal } from "../support/errors";

describe("three ways to the same matrix", () => {
  const rows = featureMatrixFromRows([[25, 5000], [30, 6000], [40, 8000]], ["age", "income"]);

  test("rows, columns and values", () => {
    const values = Float64Array.of(25, 5000, 30, 6000, 40, 8000);
    expect(rows).toEqual({ rowCount: 3, columnCount: 2, names: ["age", "income"], rowIds: Int32Array.of(0, 1, 2), values });
    expect(featureMatrixFromColumns({ age: [25, 30, 40], income: Float64Array.of(5000, 6000, 8000) })).toEqual(rows);
    expect(featureMatrixFromColumns(new Map([["age", [25, 30, 40]], ["income", [5000, 6000, 8000]]]))).toEqual(rows);
    expect(featureMatrixFromValues(values, ["age", "income"])).toEqual(rows);
  });

  test("values are not copied, rows and columns are", () => {
    const values = new Float64Array(4);
    expect(featureMatrixFromValues(values, ["a"]).values).toBe(values);
    const source = [1, 2];
    const matrix = featureMatrixFromColumns({ a: source });
    source[0] = 9;
    expect(matrix.values[0]).toBe(1);
  });

  test("names are given where there are none; ids are kept", () => {
    expect(featureMatrixFromRows([[1, 2]]).names).toEqual(["x1", "x2"]);
    expect(featureMatrixFromRows([[1]], ["a"], { rowIds: ["k"] }).rowIds).toEqual(["k"]);
    expect(featureMatrixFromRows([], ["a", "b"])).toMatchObject({ rowCount: 0, columnCount: 2 });
  });
});

test.each<[string, () => unknown, string]>([
  ["NaN in rows", () => featureMatrixFromRows([[1, 2], [3, NaN]], ["a", "b"]), 'row 1, column "b" must be a finite number; got NaN'],
  ["infinity in values", () => featureMatrixFromValues(Float64Array.of(1, 2, 3, -Infinity), ["a", "b"]), 'row 1, column "b" must be a finite number; got -Infinity'],
  ["NaN in columns", () => featureMatrixFromColumns({ a: [NaN] }), 'row 0, column "a"'],
  ["text in rows", () => featureMatrixFromRows([["5000" as never]]), 'row 0, column "x1" must be a finite number; got a text of 4 characters'],
  ["null in columns", () => featureMatrixFromColumns({ a: [1, null as never] }), 'row 1, column "a" must be a finite number; got null'],
])("%s is refused with its coordinates", (_, run, message) => {
  expectRefusal(run, "nonFinite", message);
});

test("shapes that do not fit are refused", () => {
  expectRefusal(() => featureMatrixFromRows([[1, 2], [3]]), "lengthMismatch", "row 1 has 1 values; the others have 2");
  expectRefusal(() => featureMatrixFromColumns({ a: [1, 2], b: [1] }), "lengthMismatch", 'column "b"');
  expectRefusal(() => featureMatrixFromValues(new Float64Array(5), ["a", "b"]), "lengthMismatch", "5 is no multiple of it");
  expectRefusal(() => featureMatrixFromValues([1, 2] as never, ["a"]), "invalidInput", "values must be a Float64Array");
  expectRefusal(() => featureMatrixFromRows([[1, 2]], ["a", "a"]), "duplicateKey", '"a" is repeated');
  expectRefusal(() => featureMatrixFromRows([[1]], ["a"], { rowIds: [] }), "lengthMismatch", "rowIds");
});

describe("arguments that are no matrix", () => {
  const values = Float64Array.of(1, 2);

  test("options: unknown names, null, ids that are no list", () => {
    expectRefusal(() => featureMatrixFromRows([[1]], ["a"], { rowids: ["k"] } as never), "unknownOption", 'did you mean "rowIds"?');
    expectRefusal(() => featureMatrixFromColumns({ a: [1] }, { rowids: ["k"] } as never), "unknownOption", 'did you mean "rowIds"?');
    expectRefusal(() => featureMatrixFromValues(values, ["a"], { rowids: ["k", "l"] } as never), "unknownOption", 'did you mean "rowIds"?');
    expectRefusal(() => featureMatrixFromRows([[1]], ["a"], null as never), "invalidOption", "options must be an object; got null");
    expectRefusal(() => featureMatrixFromColumns({ a: [1] }, null as never), "invalidOption", "options must be an object; got null");
    expectRefusal(() => featureMatrixFromValues(values, ["a"], null as never), "invalidOption", "options must be an object; got null");
    expectRefusal(() => featureMatrixFromRows([[1]], ["a"], { rowIds: null as never }), "invalidOption", "rowIds must be an array; got null");
  });

  test.each([["ab"], [[1, 2]], [null], [{ 0: "a" }], [[undefined]]])("names: %j", (names) => {
    expectRefusal(() => featureMatrixFromRows([[1, 2]], names as never), "invalidInput", "names must be an array of names");
    expectRefusal(() => featureMatrixFromValues(values, names as never), "invalidInput", "names must be an array of names");
  });

  test.each([[null], [5], ["ab"], [{}]])("a column or a row that is %j", (column) => {
    expectRefusal(() => featureMatrixFromColumns({ a: column as never }), "invalidInput", 'column "a" must be an array');
    expectRefusal(() => featureMatrixFromRows([column as never]), "invalidInput", "rows[0] must be an array");
  });

  test("ids differ, are texts or numbers, and are copied", () => {
    expectRefusal(() => featureMatrixFromRows([[1], [2]], ["a"], { rowIds: ["k", "k"] }), "duplicateKey", "row 1 repeats the id of row 0");
    expectRefusal(() => featureMatrixFromColumns({ a: [1, 2] }, { rowIds: Int32Array.of(7, 7) }), "duplicateKey", "row 1 repeats the id of row 0");
    expectRefusal(() => featureMatrixFromValues(values, ["a"], { rowIds: ["k", "k"] }), "duplicateKey", "row 1 repeats the id of row 0");
    expectRefusal(() => featureMatrixFromValues(values, ["a"], { rowIds: ["k", null as never] }), "invalidInput", 'row 1, field "rowIds"', "got null");
    const rowIds = ["k", "l"];
    const matrix = featureMatrixFromValues(values, ["a"], { rowIds });
    rowIds[0] = "l";
    expect(matrix.rowIds).toEqual(["k", "l"]);
  });
});

describe("a level of a one-hot feature is a customer's text, which no message repeats", () => {
  const names = ["age", "name=Geheim Wort", "name=Bo=Li"];
  const matrix = featureMatrixFromRows([[1, 0, 1]], names);

  test.each<[string, () => unknown]>([
    ["a cell", () => featureMatrixFromRows([[1, NaN, 0]], names)],
    ["a name that is repeated", () => featureMatrixFromRows([[1, 2]], ["name=Geheim Wort", "name=Geheim Wort"])],
    ["features of another order", () => { checkFeatures("f", matrix, ["age", "name=Bo=Li", "name=Geheim Wort"]); }],
    ["a feature that is absent", () => { checkFeatures("f", featureMatrixFromRows([[1]], ["age"]), names); }],
    ["a feature too many", () => { checkFeatures("f", matrix, ["age"]); }],
  ])("%s", (_, run) => {
    const { message, details } = refusal(run);
    expect(message).toContain('"name=…"');
    expect(message + JSON.stringify(details)).not.toMatch(/Geheim|Wort|Bo|Li/);
  });

  test("nor does one of k-means, the scaler or the regression", () => {
    const far = featureMatrixFromRows([[1e200], [-1e200]], ["name=Geheim Wort"]);
    for (const run of [() => fitStandardScaler(far), () => fitKMeans(far, { k: 2 }), () => fitLogisticRegression(far, [0, 1])]) {
      const { message, details } = refusal(run);
      expect(message).toContain('"name=…"');
      expect(message + JSON.stringify(details)).not.toContain("Geheim");
    }
  });

  test("two levels of one column are told apart as such", () => {
    expectRefusal(() => { checkFeatures("f", matrix, ["age", "name=Bo=Li", "x"]); }, "featureMismatch", 'column 1 must be "name=…", as in the data of the fit; got another level of it');
  });
});
