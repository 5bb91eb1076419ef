import { describeOption } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import { readOptions } from "../errors/options";
import { cellAt, isMissingAt, type Column, type ColumnType } from "./column";
import { checkTable, columnOf, type Table } from "./table";

/** Options of {@link labelsFromTable}. */
export interface LabelsOptions {
  /** The value that counts as 1; every other value counts as 0. */
  readonly positive: string | number | boolean;
}

const LABELS_OPTIONS = { positive: { kind: "custom", required: true } } as const;

/**
 * Reads a column as labels for a two-class model: 1 where it has the positive value, 0 elsewhere.
 *
 * @throws ClienteleError `invalidInput` for a row without a label, or with a blank text for one (it is never taken for 0),
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
  checkTable(caller, "table", table);
  const { positive } = readOptions(caller, options, LABELS_OPTIONS);
  checkPositive(caller, positive);
  const cells = columnOf(caller, table, column);
  const isBlank = cells.type === "category" ? cells.categories.map((text) => text.trim() === "") : [];
  const labels = new Uint8Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (isMissingAt(cells, row)) throw noLabel(caller, column, row, "missing");
    if (cells.type === "category" && isBlank[cells.codes[row]!] === true) throw noLabel(caller, column, row, "blank");
    if (cellAt(cells, row) === positive) {
      labels[row] = 1;
      count++;
    }
  }
  if (count === 0 || count === table.rowCount) {
    const found = count === 0 ? "no row has" : "every row has";
    const message = `${found} the positive value ${describeOption(positive)} in column ${JSON.stringify(column)}${typeHint(cells, positive)}`;
    throw new ClienteleError("constantLabels", message, { caller, parameter: "positive", column, rule: "rows of both classes", value: positive });
  }
  return labels;
}

type Positive = LabelsOptions["positive"];

function checkPositive(caller: string, positive: unknown): void {
  if (typeof positive === "string" || typeof positive === "boolean" || (typeof positive === "number" && Number.isFinite(positive))) return;
  const rule = "a text, a finite number, true or false";
  throw new ClienteleError("invalidOption", `positive must be ${rule}; got ${describeOption(positive)}`, { caller, parameter: "positive", rule });
}

function noLabel(caller: string, column: string, row: number, state: "missing" | "blank"): ClienteleError {
  return new ClienteleError("invalidInput", `row ${row} has no label: column ${JSON.stringify(column)} is ${state} there; remove such rows first`, {
    caller,
    column,
    row,
    rule: "a label in each row",
  });
}

/** The cells of each type of column, as a caller writes them. */
const CELLS = {
  number: { type: "number", words: "numbers" },
  timestamp: { type: "number", words: "points in time (milliseconds)" },
  category: { type: "string", words: "texts" },
  boolean: { type: "boolean", words: "true and false" },
} as const satisfies Record<ColumnType, { readonly type: string; readonly words: string }>;

/** Why no row can have the positive value, where it is of another type than the cells. */
function typeHint({ type }: Column, positive: Positive): string {
  const cells = CELLS[type];
  if (typeof positive === cells.type) return "";
  return `; the column holds ${cells.words}; positive is ${typeof positive === "string" ? "a text" : typeof positive === "number" ? "a number" : "true or false"}`;
}
