import { cellAt, type CellValue } from "../data/column";
import type { Table } from "../data/table";
import { describeValue } from "../errors/describe";
import { ClienteleError } from "../errors/error";
import type { ChurnInput } from "./input";

/** Which customers left. */
export interface ChurnLabels {
  /** For each row 1 (left), 0 (stayed), or NaN without a label. */
  readonly values: Float64Array;
  readonly positiveCount: number;
  readonly unlabelledCount: number;
  /** Different values that count as staying: more than one may hide a misspelt label. */
  readonly stayingValueCount: number;
}

/** Reads the label column; values are compared as trimmed text, because a file knows no other. */
export function readChurnLabels(table: Table, { label, positive }: ChurnInput): ChurnLabels {
  const caller = "analyzeCustomers";
  if (!["string", "number", "boolean"].includes(typeof positive)) {
    const rule = "a text, a number, true or false";
    throw new ClienteleError("invalidOption", `churn.positive must be ${rule}; got ${describeValue(positive)}`, { caller, parameter: "churn.positive", rule });
  }
  const column = table.columns.get(label)!;
  const wanted = String(positive).trim();
  const staying = new Set<string>();
  let positiveCount = 0;
  let unlabelledCount = 0;
  const values = Float64Array.from({ length: table.rowCount }, (_, row) => {
    const text = labelText(cellAt(column, row));
    if (text === "") {
      unlabelledCount++;
      return NaN;
    }
    if (text === wanted) {
      positiveCount++;
      return 1;
    }
    staying.add(text);
    return 0;
  });
  if (positiveCount === 0 && staying.size > 0) {
    const rule = `a value of ${JSON.stringify(label)}`;
    throw new ClienteleError(
      "invalidOption",
      `churn.positive must be ${rule}; none of its ${staying.size} different values (column of type ${column.type}) is ${JSON.stringify(positive)}`,
      { caller, parameter: "churn.positive", column: label, rule, value: positive },
    );
  }
  return { values, positiveCount, unlabelledCount, stayingValueCount: staying.size };
}

/** A blank is no label. */
function labelText(cell: CellValue): string {
  return cell === null ? "" : String(cell).trim();
}
