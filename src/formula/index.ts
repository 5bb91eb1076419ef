/**
 * Formulas that a person writes as text, for derived columns, rules and decisions: checked, saved as plain JSON,
 * evaluated over whole columns, printed back. No code is ever made from a text.
 *
 * Only `compileFormula` needs the parser (mathjs): a bundle that reads saved formulas and evaluates them does not hold it.
 *
 * @module formula
 */
export { compileFormula, type FormulaOptions } from "./compile/compile";
export type { FormulaProblem } from "./compile/problem";
export type { FormulaColumn, FormulaColumns } from "./evaluate/columns";
export { deriveColumn } from "./evaluate/derive-column";
export { evaluateFormula } from "./evaluate/evaluate";
export { type Formula, type FormulaSpec } from "./evaluate/formula";
export { formulaFromSpec } from "./evaluate/spec";
export type { FormulaNode, FormulaResultType, FormulaVariable, OperationName, VariableType } from "./evaluate/tree";
export { formatFormula } from "./print/format";
export { formatLatex } from "./print/latex";
