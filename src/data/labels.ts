import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { cellAt, isMissingAt } from "./column";
import { columnOf, type Table } from "./table";

/** Options of {@link labelsFromTable}. */
export interface LabelsOptions {
  /** The value that counts as 1; every other value counts as 0. */
  readonly positive: string | number | boolean;
}

const LABELS_OPTIONS = { positive: { kind: "custom", required: true } } as const;

/**
 * Reads a column as labels for a two-class model: 1 where it has the positive value, 0 elsewhere.
 *
 * @throws ClienteleError `invalidInput` for a row without a label (it is never taken for 0),
 * `constantLabels` when no row, or every row, has the positive value.
 * @example
 * ```ts
 * import { labelsFromTable, tableFromColumns } from "clientele/data";
 *
 * const table = tableFromColumns({ Churn: ["Yes", "No", "No"] });
 * console.log(labelsFromTable(table, "Churn", { positive: "Yes" })); // Uint8Array [1, 0, 0]
 * ```
 */
export function labelsFromTable(table: Table, column: string, options: LabelsOptions): Uint8Array {
  const caller = "labelsFromTable";
  const { positive } = readOptions(caller, options, LABELS_OPTIONS);
  const cells = columnOf(caller, table, column);
  const labels = new Uint8Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (isMissingAt(cells, row)) {
      throw new ClienteleError("invalidInput", `row ${row} has no label: column ${JSON.stringify(column)} is missing there; remove such rows first`, {
        caller,
        column,
        row,
        rule: "a label in each row",
      });
    }
    if (cellAt(cells, row) === positive) {
      labels[row] = 1;
      count++;
    }
  }
  if (count === 0 || count === table.rowCount) {
    const found = count === 0 ? "no row has" : "every row has";
    throw new ClienteleError("constantLabels", `${found} the positive value ${JSON.stringify(positive)} in column ${JSON.stringify(column)}`, {
      caller,
      parameter: "positive",
      column,
      rule: "rows of both classes",
      value: positive,
    });
  }
  return labels;
}
