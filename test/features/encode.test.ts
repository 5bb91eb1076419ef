import { readFileSync } from "node:fs";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { filterRows, tableFromColumns, tableFromRecords, type FeatureMatrix, type Table } from "../../src/data";
import { draftEncoding, encoderFromSpec, findUnknownCategories, fitEncoder, type Encoding } from "../../src/features";
import expected from "../reference/features/expected.json";
import { expectRefusal } from "../support/errors";

function rowsOf({ values, rowCount, columnCount }: FeatureMatrix): number[][] {
  return Array.from({ length: rowCount }, (_, i) => [...values.subarray(i * columnCount, (i + 1) * columnCount)]);
}

function readTelco(): Table {
  const text = readFileSync(new URL("../../examples/data/telco-customer-churn.csv", import.meta.url), "utf8");
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  return tableFromRecords(data.map((row) => ({ ...row, tenure: Number(row.tenure), MonthlyCharges: Number(row.MonthlyCharges) })));
}

describe("scikit-learn on the Telco customers", () => {
  const table = readTelco();
  const { columns, ...drops } = expected.telcoEncoder;

  test.each(["none", "first"] as const)("one-hot, drop %s", (drop) => {
    const reference = drops[drop];
    const { encoder, matrix } = fitEncoder(table, columns.map((column) => ({ column, as: "oneHot", drop })));
    expect(encoder.featureNames).toEqual(reference.names);
    const rows = rowsOf(matrix);
    const weighted = (weight: (i: number) => number): number[] => reference.names.map((_, j) => rows.reduce((sum, row, i) => sum + row[j]! * weight(i + 1), 0));
    expect(weighted(() => 1)).toEqual(reference.sums);
    expect(weighted((i) => i)).toEqual(reference.weightedSums);
    expect(weighted((i) => i * i)).toEqual(reference.squareSums);
    for (const [i, row] of Object.entries(reference.rows)) expect(rows[Number(i)]).toEqual(row);
  });

  test("a draft leaves out what has too many levels, and the label by name", () => {
    const { encoding, leftOut } = draftEncoding(table, { exclude: ["Churn"] });
    expect(leftOut).toEqual([
      { column: "customerID", reason: "allDistinct" },
      { column: "TotalCharges", reason: "tooManyLevels" },
    ]);
    expect(encoding.map(({ column }) => column)).toEqual(["gender", "SeniorCitizen", ...columns.slice(1, 3), "tenure", ...columns.slice(3), "MonthlyCharges"]);
    expect(fitEncoder(table, encoding).matrix.rowCount).toBe(7043);
  });
});

test("unknown categories are zeros and missing is a level, as in scikit-learn", () => {
  const { fit, apply, rows } = expected.unknown;
  const { encoder } = fitEncoder(tableFromColumns({ c: fit }), [{ column: "c", as: "oneHot", unknown: "zeros", missing: "level" }]);
  expect(encoder.featureNames).toEqual(["c=a", "c=b", "c=c", "c=(missing)"]);
  expect(rowsOf(encoder.apply(tableFromColumns({ c: apply })))).toEqual(rows);
});

describe("columns", () => {
  const table = tableFromColumns(
    { tenure: [1, 34], plan: ["pro", "free"], active: [true, false] },
    { rowIds: ["x", "y"] },
  );

  test("features stand in the order of the encoding", () => {
    const { encoder, matrix } = fitEncoder(table, [
      { column: "active", as: "boolean" },
      { column: "plan", as: "oneHot" },
      { column: "tenure", as: "number" },
    ]);
    expect(encoder.featureNames).toEqual(["active", "plan=free", "plan=pro", "tenure"]);
    expect(rowsOf(matrix)).toEqual([[1, 0, 1, 1], [0, 1, 0, 34]]);
    expect(matrix.rowIds).toEqual(["x", "y"]);
  });

  test("levels are sorted by code unit, and only those that occur", () => {
    const texts = tableFromColumns({ c: ["é", "a", "Z", "10", "9", "😀", "ｚ", ""] });
    const { encoder } = fitEncoder(texts, [{ column: "c", as: "oneHot" }]);
    expect(encoder.featureNames).toEqual(["c=", "c=10", "c=9", "c=Z", "c=a", "c=é", "c=😀", "c=ｚ"]);
    const part = filterRows(texts, (row) => row("c") === "a" || row("c") === "Z");
    expect(fitEncoder(part, [{ column: "c", as: "oneHot" }]).encoder.featureNames).toEqual(["c=Z", "c=a"]);
  });

  test("a single level dropped leaves no feature", () => {
    const { encoder, matrix } = fitEncoder(tableFromColumns({ n: [1], c: ["only"] }), [
      { column: "c", as: "oneHot", drop: "first" },
      { column: "n", as: "number" },
    ]);
    expect(encoder.featureNames).toEqual(["n"]);
    expect(rowsOf(matrix)).toEqual([[1]]);
  });

  test("fields named like parts of an object are columns like others", () => {
    const odd = tableFromColumns(new Map([["__proto__", ["constructor", "toString"]], ["2024", ["b", "a"]]]));
    const { encoder } = fitEncoder(odd, [{ column: "__proto__", as: "oneHot" }, { column: "2024", as: "oneHot" }]);
    expect(encoder.featureNames).toEqual(["__proto__=constructor", "__proto__=toString", "2024=a", "2024=b"]);
    expect(rowsOf(encoderFromSpec(JSON.parse(JSON.stringify(encoder))).apply(odd))).toEqual([[1, 0, 0, 1], [0, 1, 1, 0]]);
  });

  test("two features of one name are refused by the names of the columns", () => {
    const clash = tableFromColumns({ "a=b": ["c"], a: ["b=c"] });
    const error = expectRefusal(() => fitEncoder(clash, [{ column: "a=b", as: "oneHot" }, { column: "a", as: "oneHot" }]), "duplicateKey", '"a=b"', '"a"');
    expect(error.message).not.toContain("b=c");
    const number = tableFromColumns({ "plan=pro": [1, 2], plan: ["pro", "free"] });
    expectRefusal(() => fitEncoder(number, [{ column: "plan=pro", as: "number" }, { column: "plan", as: "oneHot" }]), "duplicateKey", '"plan=pro"');
    const missing = tableFromColumns({ c: ["(missing)", null] });
    expectRefusal(() => fitEncoder(missing, [{ column: "c", as: "oneHot", missing: "level" }]), "duplicateKey", '"c"', "missing level");
  });
});

describe("missing cells", () => {
  const table = tableFromColumns({ n: [1, null], b: [true, null], c: ["secret", null] }, { types: { n: "number" } });

  test.each([
    [{ column: "n", as: "number" }],
    [{ column: "b", as: "boolean" }],
    [{ column: "c", as: "oneHot" }],
  ] as const)("are refused with column and row: %o", (entry) => {
    const error = expectRefusal(() => fitEncoder(table, [entry]), "invalidInput", JSON.stringify(entry.column), "row 1", "cleaning");
    expect(error.details).toMatchObject({ column: entry.column, row: 1 });
  });

  test("that the fit did not see are an unknown category", () => {
    const full = tableFromColumns({ c: ["a", "b"] });
    const holey = tableFromColumns({ c: ["a", null] });
    const strict = fitEncoder(full, [{ column: "c", as: "oneHot", missing: "level" }]).encoder;
    expectRefusal(() => strict.apply(holey), "invalidInput", "row 1", '"c"');
    const lenient = fitEncoder(full, [{ column: "c", as: "oneHot", missing: "level", unknown: "zeros" }]).encoder;
    expect(rowsOf(lenient.apply(holey))).toEqual([[1, 0], [0, 0]]);
    expect(findUnknownCategories(lenient, holey, { includeTexts: true })).toEqual([
      { column: "c", rowCount: 1, firstRow: 1, categoryCount: 1, categories: [null] },
    ]);
  });
});

describe("unknown categories", () => {
  const train = tableFromColumns({ c: ["a", "b"], d: ["x", "y"] });
  const rows = tableFromColumns({ c: ["a", "private 2", "private 1", "private 2"], d: ["x", "x", "y", "y"] });

  test.each(["first", "none"] as const)("are refused unless zeros are asked for, drop %s", (drop) => {
    const { encoder } = fitEncoder(train, [{ column: "c", as: "oneHot", drop }]);
    const error = expectRefusal(() => encoder.apply(rows), "invalidInput", '"c"', "row 1", "findUnknownCategories");
    expect(error.message).not.toContain("private");
    expect(JSON.stringify(error.details)).not.toContain("private");
    const lenient = fitEncoder(train, [{ column: "c", as: "oneHot", drop, unknown: "zeros" }]).encoder;
    expect(rowsOf(lenient.apply(rows))[1]).toEqual(drop === "first" ? [0] : [0, 0]);
  });

  test("are counted by column, their texts only on demand", () => {
    const { encoder } = fitEncoder(train, [{ column: "d", as: "oneHot" }, { column: "c", as: "oneHot" }]);
    const found = findUnknownCategories(encoder, rows);
    expect(found).toEqual([{ column: "c", rowCount: 3, firstRow: 1, categoryCount: 2 }]);
    expect(JSON.stringify(found)).not.toContain("private");
    expect(findUnknownCategories(encoder, rows, { includeTexts: true })[0]!.categories).toEqual(["private 1", "private 2"]);
    expect(findUnknownCategories(encoder, train)).toEqual([]);
  });

  test("that a table lists and no row has are not counted", () => {
    const { encoder } = fitEncoder(train, [{ column: "c", as: "oneHot" }]);
    const known = filterRows(rows, (row) => row("c") === "a");
    expect(findUnknownCategories(encoder, known)).toEqual([]);
    expect(rowsOf(encoder.apply(known))).toEqual([[1, 0]]);
  });
});

describe("laws", () => {
  const cell = fc.constantFrom("a", "b", "c", "", "é", null);
  const encoding: Encoding = [
    { column: "c", as: "oneHot", missing: "level", unknown: "zeros" },
    { column: "n", as: "number" },
    { column: "d", as: "oneHot", missing: "level", drop: "first", unknown: "zeros" },
  ];
  const tableOf = (rows: readonly (readonly [string | null, number, string | null])[]): Table =>
    tableFromColumns({ c: rows.map((row) => row[0]), n: rows.map((row) => row[1]), d: rows.map((row) => row[2]) }, { types: { c: "category", d: "category" } });

  test("the order of the rows changes the order of the rows only; a part is encoded as in the whole; JSON gives it back", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.integer(), cell), { minLength: 1, maxLength: 30 }), (rows) => {
        const table = tableOf(rows);
        const before = structuredClone([...table.columns]);
        const { encoder, matrix } = fitEncoder(table, encoding);
        const reversed = fitEncoder(tableOf([...rows].reverse()), encoding);
        expect(reversed.encoder.toJSON()).toEqual(encoder.toJSON());
        expect(rowsOf(reversed.matrix).reverse()).toEqual(rowsOf(matrix));
        expect(rowsOf(encoder.apply(tableOf(rows.slice(-1))))).toEqual(rowsOf(matrix).slice(-1));
        const restored = encoderFromSpec(JSON.parse(JSON.stringify(encoder)));
        expect(restored.featureNames).toEqual(encoder.featureNames);
        expect(restored.apply(table).values).toEqual(matrix.values);
        expect([...table.columns]).toEqual(before);
      }),
    );
  });

  test("every row has one level of each column, unless the first is dropped", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 30 }), (cells) => {
        const table = tableFromColumns({ c: cells }, { types: { c: "category" } });
        const { matrix } = fitEncoder(table, [{ column: "c", as: "oneHot", missing: "level" }]);
        for (const row of rowsOf(matrix)) expect(row.reduce((sum, value) => sum + value, 0)).toBe(1);
      }),
    );
  });
});

describe("draft", () => {
  test("says why a column is left out", () => {
    const table = tableFromColumns(
      {
        id: ["1", "2", "3", "4"],
        since: [new Date(0), new Date(1), new Date(2), new Date(3)],
        town: ["a", "b", "c", "a"],
        plan: ["x", "y", "x", null],
        empty: [null, null, null, null],
        one: ["k", "k", "k", "k"],
        n: [1, 2, 3, null],
        b: [true, false, null, true],
      },
    );
    expect(draftEncoding(table, { maxLevels: 2, drop: "first", exclude: ["n"] })).toEqual({
      encoding: [
        { column: "plan", as: "oneHot", drop: "first" },
        { column: "one", as: "oneHot", drop: "first" },
        { column: "b", as: "boolean" },
      ],
      leftOut: [
        { column: "id", reason: "allDistinct" },
        { column: "since", reason: "timestamp" },
        { column: "town", reason: "tooManyLevels" },
        { column: "empty", reason: "noValues" },
      ],
    });
    expectRefusal(() => draftEncoding(table, { exclude: ["plam"] }), "unknownColumn", '"plan"');
    expectRefusal(() => draftEncoding(table, { maxLevels: 0 }), "invalidOption", "maxLevels");
  });
});

describe("refusals", () => {
  const table = tableFromColumns({ n: [1, 2], c: ["a", "b"] });

  test("encodings", () => {
    // @ts-expect-error an object instead of a list
    expectRefusal(() => fitEncoder(table, { n: "number" }), "invalidInput", "encoding");
    expectRefusal(() => fitEncoder(table, []), "tooFewRows", "encoding");
    // @ts-expect-error an unknown way
    expectRefusal(() => fitEncoder(table, [{ column: "n", as: "numeric" }]), "invalidOption", "encoding[0].as");
    // @ts-expect-error a text for an object
    expectRefusal(() => fitEncoder(table, ["n"]), "invalidInput", "encoding[0]");
    // @ts-expect-error an option of another way
    expectRefusal(() => fitEncoder(table, [{ column: "n", as: "number", drop: "first" }]), "unknownOption", "drop");
    // @ts-expect-error a value that is none
    expectRefusal(() => fitEncoder(table, [{ column: "c", as: "oneHot", unknown: "ignore" }]), "invalidOption", "unknown");
    expectRefusal(() => fitEncoder(table, [{ column: "n", as: "number" }, { column: "n", as: "number" }]), "duplicateKey", '"n"');
    expectRefusal(() => fitEncoder(table, [{ column: "m", as: "number" }]), "unknownColumn", '"m"');
    expectRefusal(() => fitEncoder(table, [{ column: "n", as: "oneHot" }]), "invalidInput", "category", "number");
    expectRefusal(() => fitEncoder(tableFromColumns({ n: [] }), [{ column: "n", as: "oneHot" }]), "tooFewRows", "table");
  });

  test("other tables", () => {
    const { encoder } = fitEncoder(table, [{ column: "c", as: "oneHot" }]);
    expectRefusal(() => encoder.apply(tableFromColumns({ d: ["a"] })), "unknownColumn", '"c"');
    expectRefusal(() => encoder.apply(tableFromColumns({ c: [1] })), "invalidInput", "category");
  });

  test.each([
    ["columns", { columns: [] }],
    ["columns", { columns: [{ column: "n", as: "number" }, { column: "n", as: "number" }] }],
    ["columns[0].as", { columns: [{ column: "n", as: "hash" }] }],
    ["columns[0].levels", { columns: [{ column: "c", as: "oneHot", drop: "none", unknown: "error", missing: "level", levels: [null, "a"] }] }],
    ["columns[0].levels", { columns: [{ column: "c", as: "oneHot", drop: "none", unknown: "error", missing: "level", levels: ["a", "a"] }] }],
    ["columns[0].drop", { columns: [{ column: "c", as: "oneHot", drop: "last", unknown: "error", missing: "level", levels: ["a"] }] }],
    ["version", { version: "1" }],
  ])("a saved form with wrong %s", (field, change) => {
    expectRefusal(() => encoderFromSpec({ kind: "encoder", version: 1, columns: [{ column: "n", as: "number" }], ...change }), "invalidSpec", field);
  });
});
