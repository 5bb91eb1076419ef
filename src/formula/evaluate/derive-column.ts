import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { MISSING_BOOLEAN, type Column } from "../../data/column";
import { checkTable, withColumns, type Table } from "../../data/table";
import { bindColumns } from "./columns";
import { checkFormula, type Formula } from "./formula";
import { buildProgram, runProgram } from "./program";

const CALLER = "deriveColumn";

/**
 * The table with one more column, at its end: the values of the formula. The column is of type number or boolean, as the formula is.
 *
 * @throws ClienteleError with code `duplicateKey` if the table has a column of that name, and as `evaluateFormula`.
 * @example
 * ```ts
 * import { tableFromColumns } from "clientele/data";
 * import { compileFormula, deriveColumn } from "clientele/formula";
 *
 * const table = tableFromColumns({ spend: [300, 90], orders: [3, 2] });
 * const formula = compileFormula("spend / orders", { variables: table });
 * const derived = deriveColumn(table, "perOrder", formula);
 * console.log([...derived.columns.keys()]); // ["spend", "orders", "perOrder"]
 * ```
 */
export function deriveColumn(table: Table, name: string, formula: Formula): Table {
  checkTable(CALLER, "table", table);
  checkOption(CALLER, "name", name, { kind: "text" });
  checkFormula(CALLER, formula);
  if (table.columns.has(name)) {
    throw new ClienteleError("duplicateKey", `the table has a column ${JSON.stringify(name)} already`, {
      caller: CALLER,
      parameter: "name",
      column: name,
      rule: "a new name",
    });
  }
  return withColumns(table, [[name, computeColumn(CALLER, formula, table)]]);
}

/** The values of a formula over a table as a column of type number or boolean. */
export function computeColumn(caller: string, formula: Formula, table: Table): Column {
  const values = runProgram(buildProgram(formula.tree, bindColumns(caller, formula, table)));
  return formula.resultType === "number" ? { type: "number", values } : { type: "boolean", values: toTruthBytes(values) };
}

function toTruthBytes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) bytes[row] = Number.isNaN(values[row]) ? MISSING_BOOLEAN : values[row]!;
  return bytes;
}
