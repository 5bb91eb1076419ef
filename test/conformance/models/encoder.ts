import { tableFromColumns, type Table } from "clientele/data";
import { encoderFromSpec, fitEncoder, type Encoding } from "clientele/features";
import { rowsAt } from "../../../src/data/table";
import { ONE_HOT_OPTIONS, PLAIN_OPTIONS } from "../../../src/features/encode/fit";
import { answersFrom, subject, untyped, type OptionSet } from "../definition";

const ENCODING: Encoding = [
  { column: "tenure", as: "number" },
  { column: "plan", as: "oneHot", missing: "level", unknown: "zeros" },
  { column: "region", as: "oneHot", drop: "first" },
  { column: "paperless", as: "boolean" },
];

function customers(rowCount: number): Table {
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  return tableFromColumns({
    tenure: rows.map((i) => (i * 7) % 60),
    plan: rows.map((i) => ["free", "pro", "team", null][i % 4]),
    region: rows.map((i) => ["north", "south"][i % 2]),
    paperless: rows.map((i) => i % 3 === 0),
  });
}

const entry = (accepted: OptionSet["accepted"], table: OptionSet["table"]): OptionSet => ({
  name: `fitEncoder, ${String(accepted["as"])}`,
  caller: "fitEncoder",
  table,
  accepted,
  call: (options) => fitEncoder(customers(8), [untyped(options)]),
});

const encoderOf = (...encoding: Encoding) => fitEncoder(customers(8), encoding).encoder;

export const encoder = subject({
  name: "encoder",
  fits: ["fitEncoder"],
  reader: "encoderFromSpec",
  read: encoderFromSpec,
  train: (size) => ({ table: customers(size === "small" ? 12 : 4000), encoding: structuredClone(ENCODING) }),
  fit: ({ table, encoding }) => fitEncoder(table, encoding).encoder,
  rows: () =>
    tableFromColumns({ tenure: [1, 70, 8, 12], plan: ["pro", null, "never seen", "free"], region: ["south", "north", "north", "south"], paperless: [true, true, false, false] }),
  rowCount: 4,
  take: rowsAt,
  predict: (model, rows) => model.apply(rows),
  answers: ({ values, rowCount }) => answersFrom(rowCount, values),
  options: [
    entry({ column: "tenure", as: "number" }, PLAIN_OPTIONS),
    entry({ column: "paperless", as: "boolean" }, PLAIN_OPTIONS),
    entry({ column: "region", as: "oneHot" }, ONE_HOT_OPTIONS),
  ],
  doors: { fitEncoder: (table: never) => fitEncoder(table, ENCODING), apply: (table: never) => encoderOf({ column: "tenure", as: "number" }).apply(table) },
  hostile: {
    "fit: NaN": { refused: "invalidInput", run: () => fitEncoder(tableFromColumns({ a: [1, NaN] }), [{ column: "a", as: "number" }]) },
    "fit: infinity": {
      refused: "nonFinite",
      run: () => {
        const table = tableFromColumns({ a: new Float64Array([1, 2]) });
        const column = table.columns.get("a");
        if (column?.type === "number") column.values[1] = Infinity;
        fitEncoder(table, [{ column: "a", as: "number" }]);
      },
    },
    "fit: no rows": { refused: "tooFewRows", run: () => fitEncoder(tableFromColumns({ a: [] }), [{ column: "a", as: "oneHot" }]) },
    "fit: one row": { accepted: "one level", run: () => fitEncoder(customers(1), ENCODING) },
    "fit: constant column": { accepted: "one level, or none where the first is dropped", run: () => fitEncoder(tableFromColumns({ a: ["x", "x"] }), [{ column: "a", as: "oneHot", drop: "first" }]) },
    "fit: lengths differ": { impossible: "the columns of a table have one length" },
    "predict: NaN": { refused: "invalidInput", run: () => encoderOf({ column: "tenure", as: "number" }).apply(tableFromColumns({ tenure: [NaN] })) },
    "predict: infinity": { impossible: "a table is made without infinities" },
    "predict: no rows": { accepted: "no rows", run: () => encoderOf({ column: "tenure", as: "number" }).apply(rowsAt(customers(2), [])) },
    "predict: other columns": { refused: "unknownColumn", run: () => encoderOf({ column: "tenure", as: "number" }).apply(tableFromColumns({ age: [1] })) },
  },
  exempt: {
    "the fit in slices gives the same bits": "one pass over a few columns takes milliseconds: it has no slices",
    "the fit in slices yields its progress": "it has no slices",
    "the fit in slices stops at a signal": "it has no slices",
  },
});
