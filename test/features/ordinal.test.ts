import { describe, expect, test } from "vitest";
import { recordsFromTable, tableFromColumns } from "../../src/data";
import { encoderFromSpec, findUnknownCategories, fitEncoder, type OrdinalEncoding } from "../../src/features";
import expected from "../reference/encoding/expected.json";
import { expectRefusal } from "../support/errors";

const { order, cells, values } = expected.ordinal;
const table = tableFromColumns({ size: cells });
const lenient: OrdinalEncoding = { column: "size", as: "ordinal", order, unknown: -1, missing: -2 };

describe("ordinal encoding", () => {
  test("is scikit-learn's, with numbers for unknown and missing cells", () => {
    const { encoder, matrix } = fitEncoder(table, [lenient]);
    expect([...matrix.values]).toEqual(values);
    expect(encoder.featureNames).toEqual(["size"]);
    expect([...encoderFromSpec(JSON.parse(JSON.stringify(encoder))).apply(table).values]).toEqual(values);
  });

  test("levels that do not occur keep their steps", () => {
    expect([...fitEncoder(tableFromColumns({ size: ["highest", "low"] }), [{ column: "size", as: "ordinal", order }]).matrix.values]).toEqual([3, 0]);
  });

  test("unknown and missing cells are refused by default, in the fit and after it", () => {
    const error = expectRefusal(() => fitEncoder(table, [{ ...lenient, missing: "error" }]), "invalidInput", '"size"', "row 2", "missing");
    expect(error.details).toMatchObject({ column: "size", row: 2 });
    const unknown = expectRefusal(() => fitEncoder(table, [{ ...lenient, unknown: undefined }]), "invalidInput", '"size"', "row 4", "`unknown`");
    expect(unknown.message).not.toContain("other");
    const { encoder } = fitEncoder(tableFromColumns({ size: ["low"] }), [{ column: "size", as: "ordinal", order }]);
    expectRefusal(() => encoder.apply(tableFromColumns({ size: ["low", "huge"] })), "invalidInput", "row 1");
    expect(findUnknownCategories(encoder, tableFromColumns({ size: ["low", "huge", null] }))).toEqual([{ column: "size", rowCount: 1, firstRow: 1, categoryCount: 1 }]);
  });

  test("comes back, unknown and missing cells as missing", () => {
    const { encoder, matrix } = fitEncoder(table, [lenient]);
    expect(recordsFromTable(encoder.invert(matrix)).map(({ size }) => size)).toEqual(cells.map((cell) => (cell === "other" ? null : cell)));
    expectRefusal(() => encoder.invert({ ...matrix, values: matrix.values.map((value) => value + 0.5) }), "invalidInput", '"size"', "row 0");
  });

  test.each([
    ["order", { order: [] }],
    ["order", { order: ["a", "a"] }],
    ["unknown", { unknown: 0 }],
    ["unknown", { unknown: 3 }],
    ["unknown", { unknown: -0 }],
    ["unknown", { unknown: NaN }],
    ["unknown", { unknown: "zeros" }],
    ["missing", { missing: 1 }],
    ["missing", { missing: "level" }],
  ])("a wrong %s is refused by name: %o", (option, change) => {
    expectRefusal(() => fitEncoder(table, [{ ...lenient, ...change } as OrdinalEncoding]), "invalidOption", `encoding[0].${option}`);
  });

  test("a number between the levels, or beyond them, may stand for unknown and missing cells", () => {
    const { matrix } = fitEncoder(table, [{ ...lenient, unknown: 4, missing: 1.5 }]);
    expect([...matrix.values]).toEqual([2, 0, 1.5, 1, 4, 0, 2]);
  });

  test.each([
    ["levels", { levels: [] }],
    ["levels", { levels: ["a", "a"] }],
    ["unknown", { unknown: 0 }],
    ["missing", { missing: 3 }],
  ])("a saved form with wrong %s", (field, change) => {
    const { columns, ...spec } = fitEncoder(table, [lenient]).encoder.toJSON();
    expectRefusal(() => encoderFromSpec({ ...spec, columns: [{ ...columns[0], ...change }] }), "invalidSpec", `columns[0].${field}`);
  });
});
