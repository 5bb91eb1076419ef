import { bindColumns, type FormulaColumns } from "./columns";
import { checkFormula, type Formula } from "./formula";
import { buildProgram, runProgram } from "./program";

/**
 * The value of a formula for every row: numbers, or 1 (true), 0 (false), and NaN where it is missing.
 *
 * Missing values: arithmetic and comparisons with a missing operand are missing; `and`, `or` and `not` follow Kleene's
 * logic (false and missing is false); a condition that is missing gives missing; `isMissing` and `coalesce` ask and fill.
 * A result that is no finite number (division by zero, the logarithm of 0, overflow) is missing, at every step.
 *
 * Time is linear in rows × operations; nothing of the data is kept.
 *
 * @throws ClienteleError with code `unknownColumn` for a variable without column, `invalidInput` for a column of another
 * type, `lengthMismatch` for columns of different lengths.
 * @example
 * ```ts
 * import { compileFormula, evaluateFormula } from "clientele/formula";
 *
 * const formula = compileFormula("spend / orders > 50", { variables: ["spend", "orders"] });
 * const isValuable = evaluateFormula(formula, {
 *   spend: Float64Array.of(300, 90, 0, NaN),
 *   orders: Float64Array.of(3, 3, 0, 1),
 * });
 * console.log(isValuable); // Float64Array [1, 0, NaN, NaN]
 * ```
 */
export function evaluateFormula(formula: Formula, columns: FormulaColumns): Float64Array {
  const caller = "evaluateFormula";
  checkFormula(caller, formula);
  return runProgram(buildProgram(formula.tree, bindColumns(caller, formula, columns)));
}
