import { describe, expect, test } from "vitest";
import { featureMatrixFromColumns, featureMatrixFromRows, featureMatrixFromValues } from "clientele/data";
import { expectRefusal } from "../support/errors";

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
