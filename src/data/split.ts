import { checkRowCount } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { readOptions, SEED } from "../errors/options";
import { RandomStream, shuffle } from "../numeric/random/random-stream";
import { cellAt, type CellValue } from "./column";
import { checkTable, columnOf, rowsAt, type Table } from "./table";

/** Options of {@link splitTable}. */
export interface SplitOptions {
  /** Share of the rows that goes to the test part, between 0 and 1. @defaultValue 0.25 */
  readonly testShare?: number | undefined;
  /** A column whose values keep their shares in both parts, such as the label. @defaultValue none */
  readonly stratify?: string | undefined;
  /** @defaultValue 1 */
  readonly seed?: number | undefined;
}

const SPLIT_OPTIONS = {
  testShare: { kind: "number", min: 0, max: 1, open: "both", default: 0.25 },
  stratify: { kind: "text" },
  seed: SEED,
} as const;

/**
 * Divides the rows at random into a part to fit on and a part to test on; both keep the order of the rows.
 *
 * The test part has `testShare` of the rows, rounded; with `stratify`, of the rows of each value
 * (missing counts as a value), rounded so that the whole comes as near as it can.
 *
 * @throws ClienteleError `tooFewRows` when a part would be empty.
 * @example
 * ```ts
 * import { splitTable, tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ x: [1, 2, 3, 4, 5, 6, 7, 8] });
 * const { train, test } = splitTable(table, { testShare: 0.25 });
 * console.log(train.rowCount, test.rowCount); // 6 2
 * ```
 */
export function splitTable(table: Table, options?: SplitOptions): { readonly train: Table; readonly test: Table } {
  const caller = "splitTable";
  const { testShare, stratify, seed } = readOptions(caller, options, SPLIT_OPTIONS);
  checkTable(caller, "table", table);
  checkRowCount(caller, "table", table.rowCount, 2);
  const random = new RandomStream(seed);
  const isTest = new Uint8Array(table.rowCount);
  let seen = 0;
  let taken = 0;
  for (const rows of strata(caller, table, stratify)) {
    shuffle(rows, random);
    seen += rows.length;
    // Cumulative rounding: small groups do not all round the same way.
    const count = Math.round(seen * testShare) - taken;
    taken += count;
    for (let i = 0; i < count; i++) isTest[rows[i]!] = 1;
  }
  if (taken === 0 || taken === table.rowCount) {
    throw new ClienteleError("tooFewRows", `testShare ${testShare} of ${table.rowCount} rows leaves one part empty`, {
      caller,
      parameter: "testShare",
      rule: "at least one row in each part",
      value: testShare,
    });
  }
  const train: number[] = [];
  const test: number[] = [];
  for (let row = 0; row < table.rowCount; row++) (isTest[row] === 1 ? test : train).push(row);
  return { train: rowsAt(table, train), test: rowsAt(table, test) };
}

/** Rows by value of a column, in the order of first appearance; all in one where none is named. */
function strata(caller: string, table: Table, name: string | undefined): Iterable<Int32Array> {
  if (name === undefined) return [Int32Array.from({ length: table.rowCount }, (_, row) => row)];
  const column = columnOf(caller, table, name, "stratify");
  const rowsOf = new Map<CellValue, number[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const value = cellAt(column, row);
    const rows = rowsOf.get(value);
    if (rows === undefined) rowsOf.set(value, [row]);
    else rows.push(row);
  }
  return Array.from(rowsOf.values(), (rows) => Int32Array.from(rows));
}
