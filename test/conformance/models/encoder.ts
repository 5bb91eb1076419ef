import { tableFromColumns, type Table } from "clientele/data";
import { encoderFromSpec, fitEncoder, type Encoding } from "clientele/features";
import { rowsAt } from "../../../src/data/table";
import { ONE_HOT_OPTIONS, ORDINAL_OPTIONS, PLAIN_OPTIONS, TARGET_OPTIONS } from "../../../src/features/encode/encoding";
import { ENCODER_OPTIONS } from "../../../src/features/encode/fit";
import { answersFrom, subject, untyped, type OptionSet } from "../definition";

const ENCODING: Encoding = [
  { column: "tenure", as: "number" },
  { column: "plan", as: "oneHot", missing: "level", unknown: "zeros" },
  { column: "region", as: "oneHot", drop: "first" },
  { column: "paperless", as: "boolean" },
  { column: "spend", as: "log1p" },
  { column: "town", as: "oneHot", minShare: 0.15, unknown: "infrequent" },
  { column: "size", as: "ordinal", order: ["small", "medium", "large"], unknown: -1, missing: 1.5 },
  { column: "channel", as: "target", missing: "level" },
];

function customers(rowCount: number): Table {
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  return tableFromColumns({
    tenure: rows.map((i) => (i * 7) % 60),
    plan: rows.map((i) => ["free", "pro", "team", null][i % 4]),
    region: rows.map((i) => ["north", "south"][i % 2]),
    paperless: rows.map((i) => i % 3 === 0),
    spend: rows.map((i) => ((i * 31) % 17) * 10),
    town: rows.map((i) => ["Ulm", "Rom", "Ulm", "Kiel", "Rom", "Ulm", "Rom", "Bonn", "Ulm", "Rom"][i % 10]),
    size: rows.map((i) => ["large", "small", null, "medium", "other"][i % 5]),
    channel: rows.map((i) => ["mail", "shop", null][i % 3]),
  });
}

const labels = (rowCount: number): Uint8Array => Uint8Array.from({ length: rowCount }, (_, i) => (i % 3 === 0 || i % 4 === 1 ? 1 : 0));

const entry = (accepted: OptionSet["accepted"], table: OptionSet["table"]): OptionSet => ({
  name: `fitEncoder, ${String(accepted["as"])}`,
  caller: "fitEncoder",
  table,
  accepted,
  call: (options) => fitEncoder(customers(8), [untyped(options)], { labels: labels(8) }),
});

const encoderOf = (...encoding: Encoding) => fitEncoder(customers(8), encoding).encoder;

export const encoder = subject({
  name: "encoder",
  fits: ["fitEncoder"],
  reader: "encoderFromSpec",
  read: encoderFromSpec,
  version: 2,
  train: (size) => {
    const rowCount = size === "small" ? 20 : 4000;
    return { table: customers(rowCount), encoding: structuredClone(ENCODING), options: { labels: labels(rowCount), folds: 4, seed: 3 } };
  },
  fit: ({ table, encoding, options }) => fitEncoder(table, encoding, options).encoder,
  rows: () =>
    tableFromColumns({
      tenure: [1, 70, 8, 12],
      plan: ["pro", null, "never seen", "free"],
      region: ["south", "north", "north", "south"],
      paperless: [true, true, false, false],
      spend: [0, 12.5, 1e6, -0.5],
      town: ["Ulm", "Kiel", "never seen", "Rom"],
      size: ["medium", null, "never seen", "large"],
      channel: ["mail", null, "never seen", "shop"],
    }),
  rowCount: 4,
  take: rowsAt,
  predict: (model, rows) => model.apply(rows),
  answers: ({ values, rowCount }) => answersFrom(rowCount, values),
  options: [
    entry({ column: "tenure", as: "number" }, PLAIN_OPTIONS),
    entry({ column: "paperless", as: "boolean" }, PLAIN_OPTIONS),
    entry({ column: "spend", as: "log1p" }, PLAIN_OPTIONS),
    entry({ column: "region", as: "oneHot" }, ONE_HOT_OPTIONS),
    entry({ column: "region", as: "ordinal", order: ["north", "south"] }, ORDINAL_OPTIONS),
    entry({ column: "region", as: "target" }, TARGET_OPTIONS),
    {
      name: "fitEncoder, options",
      caller: "fitEncoder",
      table: ENCODER_OPTIONS,
      accepted: {},
      call: (options) => fitEncoder(customers(8), [{ column: "tenure", as: "number" }], untyped(options)),
    },
  ],
  doors: {
    fitEncoder: (table: never) => fitEncoder(table, ENCODING),
    apply: (table: never) => encoderOf({ column: "tenure", as: "number" }).apply(table),
    invert: (matrix: never) => encoderOf({ column: "tenure", as: "number" }).invert(matrix),
  },
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
    "fit: one row": { accepted: "one level", run: () => fitEncoder(customers(1), ENCODING.filter(({ as }) => as !== "target")) },
    "fit: constant column": { accepted: "one level, or none where the first is dropped", run: () => fitEncoder(tableFromColumns({ a: ["x", "x"] }), [{ column: "a", as: "oneHot", drop: "first" }]) },
    "fit: lengths differ": { refused: "lengthMismatch", run: () => fitEncoder(customers(8), ENCODING, { labels: labels(7) }) },
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
