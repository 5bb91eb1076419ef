import { describe, expect, test } from "vitest";
import { fitCleaning, listChanges, type FillMethod } from "clientele/cleaning";
import { recordsFromTable, tableFromColumns } from "clientele/data";
import { expectRefusal } from "../support/errors";
import expected from "../reference/cleaning/expected.json";

test.each(expected.imputation)("$method of $name: the bits of scikit-learn's SimpleImputer", ({ method, constant, train, new: later, value, trainFilled, newFilled }) => {
  const fit = tableFromColumns({ x: train });
  const model = fitCleaning(fit, { missing: [{ column: "x", fill: method as FillMethod, value: constant ?? undefined }] });
  expect(model.fills[0]!.value).toBe(value);
  const filled = (source: typeof fit): unknown[] => recordsFromTable(model.apply(source).table).map(({ x }) => x);
  expect(filled(fit)).toEqual(trainFilled);
  expect(filled(tableFromColumns({ x: later }))).toEqual(newFilled);
});

describe("fills", () => {
  test("are computed once, after conversions and duplicates, and applied unchanged", () => {
    const train = tableFromColumns({ id: ["a", "b", "b", "c"], x: ["10", "20", "600", "bad"] });
    const model = fitCleaning(train, {
      convert: [{ column: "x", to: "number" }],
      duplicates: { key: ["id"] },
      missing: [{ column: "x", fill: "mean" }],
    });
    expect(model.fills).toEqual([{ column: "x", method: "mean", status: "fitted", type: "number", value: 15, keyTypes: [], groups: [] }]);
    const { table, report } = model.apply(tableFromColumns({ id: ["y", "z"], x: [null, "9000"] }));
    expect(recordsFromTable(table).map(({ x }) => x)).toEqual([15, 9000]);
    expect(report.fills).toEqual([{ column: "x", method: "mean", value: 15, status: "fitted", filled: 1, stillMissing: 0, groupCount: 0, quarantined: 0 }]);
    expect(listChanges(report)).toEqual({ rowIds: [0], columns: ["x"], before: [null], after: [15], rules: ["fill.mean"] });
  });

  test("a column without any value is kept, said so and not filled", () => {
    const empty = tableFromColumns({ n: [NaN, NaN], t: [null, null], x: [1, null] });
    const model = fitCleaning(empty, {
      missing: [
        { column: "n", fill: "mean" },
        { column: "t", fill: "mode" },
        { column: "x", fill: "median" },
      ],
    });
    expect(model.fills.map(({ status, value }) => [status, value])).toEqual([["allMissing", null], ["allMissing", null], ["fitted", 1]]);
    const { table, report } = model.apply(empty);
    expect(recordsFromTable(table)).toEqual([{ n: null, t: null, x: 1 }, { n: null, t: null, x: 1 }]);
    expect(report.fills.map(({ filled, stillMissing }) => [filled, stillMissing])).toEqual([[0, 2], [0, 2], [1, 0]]);
    // Another table may have values there: they pass.
    expect(recordsFromTable(model.apply(tableFromColumns({ n: [7, null], t: ["a", null], x: [1, 2] })).table)[0]).toEqual({ n: 7, t: "a", x: 1 });
    expect(model.apply(tableFromColumns({ n: [7, null], t: [null, null], x: [1, 2] })).report.fills[0]).toMatchObject({ filled: 0, stillMissing: 1 });
  });

  test("a table of no rows can be fitted and cleaned", () => {
    const none = tableFromColumns({ id: [], x: [] }, { types: { x: "number" } });
    const { table, report } = fitCleaning(none, { missing: [{ column: "x", fill: "mean" }], duplicates: { key: ["id"] } }).apply(none);
    expect([table.rowCount, report.rowsIn, report.fills[0]!.status]).toEqual([0, 0, "allMissing"]);
  });

  test("a column that comes without any value takes the type of the fit", () => {
    const model = fitCleaning(tableFromColumns({ n: [1, 3], b: [true, true], d: [new Date(5), null], c: ["u", "u"] }), {
      missing: [
        { column: "n", fill: "mean" },
        { column: "b", fill: "mode" },
        { column: "d", fill: "mode" },
        { column: "c", fill: "mode" },
      ],
    });
    const { table } = model.apply(tableFromColumns({ n: [null], b: [null], d: [null], c: [null] }));
    expect(recordsFromTable(table)).toEqual([{ n: 2, b: true, d: new Date(5), c: "u" }]);
  });

  test("ties: the smallest number, the first text in code-unit order, false", () => {
    const tied = tableFromColumns({ n: [9, -2, 9, -2], t: ["ä", "b", "B", null], b: [true, false, null, null] });
    const model = fitCleaning(tied, { missing: ["n", "t", "b"].map((column) => ({ column, fill: "mode" })) });
    expect(model.fills.map(({ value }) => value)).toEqual([-2, "B", false]);
  });

  test("a constant needs no data; a new text joins the dictionary", () => {
    const table = tableFromColumns({ c: ["a", null], e: [null, null], d: [new Date(9), null], z: [null, 1] });
    const model = fitCleaning(table, {
      missing: [
        { column: "c", fill: "constant", value: "none" },
        { column: "e", fill: "constant", value: 0.5 },
        { column: "d", fill: "constant", value: 86400000 },
        { column: "z", fill: "constant", value: -0 },
      ],
    });
    expect(recordsFromTable(model.apply(table).table)).toEqual([
      { c: "a", e: 0.5, d: new Date(9), z: 0 },
      { c: "none", e: 0.5, d: new Date(86400000), z: 1 },
    ]);
    expect(table.columns.get("c")).toMatchObject({ categories: ["a"] });
  });

  test("mean and median do not overflow", () => {
    const huge = tableFromColumns({ x: [1.6e308, 1.2e308, null], y: [-1.6e308, 1.6e308, null] });
    const model = fitCleaning(huge, { missing: [{ column: "x", fill: "mean" }, { column: "y", fill: "median" }] });
    expect(model.fills[0]!.value).toBeCloseTo(1.4e308, -300);
    expect(model.fills[1]!.value).toBe(0);
  });

  test("the method and the constant must fit the column", () => {
    const table = tableFromColumns({ plan: ["a", null], spend: [1, 2], flag: [true, null], since: [new Date(0), null] });
    const fit = (column: string, fill: FillMethod, value?: number | string | boolean) => () => fitCleaning(table, { missing: [{ column, fill, value }] });
    expectRefusal(fit("plan", "median"), "invalidInput", '"plan" is of type category', "convert it");
    expectRefusal(fit("flag", "mean"), "invalidInput", '"flag" is of type boolean');
    expectRefusal(fit("since", "mean"), "invalidInput", '"since" is of type timestamp');
    expectRefusal(fit("spend", "constant", "none"), "invalidOption", '"spend"', "must be a number");
    expectRefusal(fit("plan", "constant", 0), "invalidOption", '"plan"', "must be a text");
    expectRefusal(fit("flag", "constant", 1), "invalidOption", '"flag"', "must be true or false");
  });

  test("a column of another type than at the fit is refused", () => {
    const model = fitCleaning(tableFromColumns({ x: [1, null] }), { missing: [{ column: "x", fill: "mean" }] });
    expectRefusal(() => model.apply(tableFromColumns({ x: ["1", null] })), "featureMismatch", "CleaningModel.apply", '"x" must be of type number', "it is category");
    expectRefusal(() => model.apply(tableFromColumns({ y: [1] })), "unknownColumn", '"x"');
  });
});
